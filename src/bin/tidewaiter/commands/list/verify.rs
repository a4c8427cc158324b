//! `list verify`: whether a sealed list is whole, and whose it is.

use std::io::{Result as Written, Write};

use tidewaiter::Result;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::pack::{Permission, Seal, Sealed};
use tidewaiter::list::{ControlList, Trust};

use crate::args::lists::Verify;
use crate::commands::lists;
use crate::output::{EXIT_CLEAN, EXIT_FINDINGS, Sink, written};

pub fn run(args: &Verify) -> Result<u8> {
    let keys = lists::trusted_keys(&args.keys)?;
    let contents = lists::contents(&args.path)?;
    let sealed = contents.check(&keys)?;
    let trusted = sealed.trust(Permission::default());
    // A list that is what was sealed must load as well; an altered one may be anything.
    let list = match sealed.altered().is_empty() {
        true => Some(contents.load(Lexicon::embedded(), Trust::default())?),
        false => None,
    };
    let mut sink = Sink::open(None)?;
    written(write(&mut sink, &sealed, list.as_ref()))?;
    let code = match trusted {
        Ok(_) => {
            written(writeln!(sink, "unaltered, and signed with a trusted key"))?;
            EXIT_CLEAN
        }
        Err(error) => {
            written(writeln!(sink, "refused: {}", error.message()))?;
            EXIT_FINDINGS
        }
    };
    sink.finish()?;
    Ok(code)
}

fn write(out: &mut impl Write, sealed: &Sealed, list: Option<&ControlList>) -> Written<()> {
    match list {
        Some(list) => writeln!(
            out,
            "{}: {}, edition {}, {} entries",
            sealed.name,
            list.head.id,
            list.head.edition,
            list.entries.len()
        )?,
        None => writeln!(out, "{}:", sealed.name)?,
    }
    for (name, state) in &sealed.files {
        writeln!(out, "  {name} {}", state.in_words())?;
    }
    match &sealed.seal {
        Seal::Unsigned => writeln!(out, "  no signature"),
        Seal::Signed { key, comment } => {
            writeln!(out, "  signed by key {key}: {}", comment.escape_debug())
        }
        Seal::UnknownKey { key } => {
            writeln!(out, "  signed by key {key}, which isn't known here")
        }
        Seal::Wrong { key } => writeln!(out, "  the signature isn't one by key {key}"),
    }
}
