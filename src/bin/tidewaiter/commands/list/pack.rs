//! `list pack`: a list sealed into one file, and signed.

use std::io::Write;
use std::path::Path;

use minisign::{SecretKey, SecretKeyBox};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::pack::Contents;
use tidewaiter::list::{ControlList, Trust};
use tidewaiter::{Error, ErrorKind, Location, Result};

use crate::args::lists::Pack;
use crate::commands::lists;
use crate::output::{Sink, written};

/// The password of the secret key, where nobody sits at the terminal.
const PASSWORD: &str = "TIDEWAITER_KEY_PASSWORD";
/// Most bytes of the file of a secret key: two short lines.
const MOST_BYTES_OF_A_KEY: usize = 4096;

pub fn run(args: &Pack) -> Result<u8> {
    stays_outside(args)?;
    let contents = lists::contents(&args.folder)?;
    // What can't be loaded isn't sent out.
    let list = contents.load(Lexicon::embedded(), Trust::Folder)?;
    let signed = contents.has_signature();
    let mut contents = contents.sealed();
    if let Some(key) = &args.key {
        let signature = sign(&contents, &list, key)?;
        contents = contents.with_signature(signature);
    } else if signed && !contents.has_signature() {
        let message = "the signature in it is of another state of its files; sign it anew with \
                       --key, or remove MANIFEST.sha256.minisig";
        let place = Location::new(args.folder.display().to_string());
        return Err(Error::new(ErrorKind::List, message).at(place));
    }
    let bytes = contents.to_pack()?;
    let mut pack = Sink::open(Some(&args.output))?;
    written(pack.write_all(&bytes))?;
    pack.finish()?;
    let mut sink = Sink::open(None)?;
    let (id, edition) = (&list.head.id, &list.head.edition);
    let count = list.entries.len();
    let output = args.output.display();
    written(writeln!(
        sink,
        "{output}: {id}, edition {edition}, {count} entries, {} bytes",
        bytes.len()
    ))?;
    let key = contents.signing_key();
    written(match key {
        Some(key) => writeln!(sink, "signed by key {key}"),
        None => writeln!(
            sink,
            "not signed: it is refused unless --allow-unsigned is given; sign it with --key"
        ),
    })?;
    sink.finish()?;
    Ok(0)
}

/// A pack must not take the place of a file that it packs.
fn stays_outside(args: &Pack) -> Result<()> {
    let parent = args.output.parent().filter(|p| !p.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new(".")).canonicalize();
    match (parent, args.folder.canonicalize()) {
        (Ok(parent), Ok(folder)) if parent == folder => {
            let message = "this is in the list's own folder; write the pack somewhere else";
            let place = Location::new(args.output.display().to_string());
            Err(Error::new(ErrorKind::Option, message).at(place))
        }
        _ => Ok(()),
    }
}

fn sign(contents: &Contents, list: &ControlList, path: &Path) -> Result<String> {
    let name = path.display().to_string();
    let wrong =
        |message: String| Error::new(ErrorKind::Option, message).at(Location::new(name.clone()));
    let text = lists::read_bounded(path, MOST_BYTES_OF_A_KEY, "reading the secret key")?;
    let text = String::from_utf8(text).map_err(|_| wrong("this is no secret key".to_owned()))?;
    let key = secret_key(&text).map_err(&wrong)?;
    let comment = format!(
        "tidewaiter list {} edition {}",
        list.head.id, list.head.edition
    );
    let manifest = contents.manifest().unwrap_or_default().as_bytes();
    let signature = minisign::sign(
        None,
        &key,
        manifest,
        Some(&comment),
        Some("signature of MANIFEST.sha256"),
    )
    .map_err(|e| wrong(format!("signing: {e}")))?;
    Ok(signature.into_string())
}

/// The key, decrypted if need be; or why not.
fn secret_key(text: &str) -> std::result::Result<SecretKey, String> {
    let boxed = || SecretKeyBox::from_string(text).map_err(|e| e.to_string());
    if let Ok(key) = boxed()?.into_unencrypted_secret_key() {
        return Ok(key);
    }
    let password = match std::env::var(PASSWORD) {
        Ok(password) => password,
        Err(_) => rpassword::prompt_password("Password of the secret key: ").map_err(|e| {
            format!("asking for the password: {e}; without a terminal, set {PASSWORD}")
        })?,
    };
    boxed()?.into_secret_key(Some(password)).map_err(|e| {
        format!("{e}; it must be a minisign secret key, as minisign -G makes it, and its password")
    })
}
