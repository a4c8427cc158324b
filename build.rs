//! Turns the TOML files of `data` into JSON that the library reads in a tenth of the time.
//!
//! TOML is what people write and review; it takes its reader longer than everything else of a
//! start. The library embeds both: the JSON to load, the TOML to lint, to hash and to point into.

#![allow(
    clippy::disallowed_methods,
    reason = "cargo tells a build script everything by variables"
)]

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Tables of another form than the lexicon's files: they're read where they're used.
const TABLES: [&str; 4] = ["columns", "countries", "months", "places"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut code = String::new();
    let lexicon = Path::new("data/lexicon");
    let mut words = toml_files(lexicon)?;
    words.retain(|path| {
        !TABLES
            .iter()
            .any(|table| path.ends_with(format!("{table}.toml")))
    });
    words.extend(toml_files(&lexicon.join("terms"))?);
    writeln!(code, "pub(crate) const LEXICON: &[EmbeddedFile] = &[")?;
    embed(&mut code, &out, &words)?;
    writeln!(code, "];\npub(crate) const LISTS: &[&[EmbeddedFile]] = &[")?;
    embed_lists(&mut code, &out, Path::new("data/lists"))?;
    writeln!(
        code,
        "];\npub(crate) const CODE_LISTS: &[&[EmbeddedFile]] = &["
    )?;
    embed_lists(&mut code, &out, Path::new("data/code-lists"))?;
    writeln!(code, "];")?;
    for table in TABLES {
        let file = lexicon.join(format!("{table}.toml"));
        writeln!(
            code,
            "pub(crate) const {}: EmbeddedFile =",
            table.to_uppercase()
        )?;
        embed(&mut code, &out, &[file])?;
        code.truncate(code.trim_end().trim_end_matches(',').len());
        writeln!(code, ";")?;
    }
    fs::write(out.join("embedded.rs"), code)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=data");
    Ok(())
}

/// Writes an element for each folder of files.
fn embed_lists(code: &mut String, out: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    for list in sorted(folder)? {
        writeln!(code, "&[")?;
        embed(code, out, &toml_files(&list)?)?;
        writeln!(code, "],")?;
    }
    Ok(())
}

/// Writes an element for each file, and its JSON beside the code.
fn embed(code: &mut String, out: &Path, files: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    let root = std::env::var("CARGO_MANIFEST_DIR")?;
    for file in files {
        let name = file
            .to_str()
            .ok_or("a file name that isn't UTF-8")?
            .replace('\\', "/");
        let value: serde_json::Value =
            toml::from_str(&fs::read_to_string(file)?).map_err(|e| format!("{name}: {e}"))?;
        let json = out.join(format!("{}.json", name.replace('/', "-")));
        fs::write(&json, value.to_string())?;
        let toml = Path::new(&root).join(file);
        writeln!(
            code,
            "EmbeddedFile {{ name: {name:?}, toml: include_str!({toml:?}), json: include_str!({json:?}) }},"
        )?;
    }
    Ok(())
}

fn toml_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = sorted(folder)?;
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    Ok(files)
}

fn sorted(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let found: std::io::Result<Vec<PathBuf>> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut found = found?;
    found.sort();
    Ok(found)
}
