//! `list new`: the folder of a list to begin with.

use std::fs;
use std::io::Write;

use tidewaiter::list::scaffold;
use tidewaiter::{Error, ErrorKind, Location, Result};

use crate::args::lists::New;
use crate::output::{Sink, today, written};

pub fn run(args: &New) -> Result<u8> {
    let text = scaffold(&args.id, today())?;
    let folder = args.dir.join(&args.id);
    let name = folder.display().to_string();
    let failed = |e| Error::io(name.clone(), "making the list", e);
    if folder.exists() {
        let message = "this is there already; nothing was written";
        return Err(Error::new(ErrorKind::Option, message).at(Location::new(name)));
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    fs::write(folder.join("list.toml"), text).map_err(failed)?;
    let mut sink = Sink::open(None)?;
    let dir = args.dir.display();
    written(writeln!(
        sink,
        "{name}/list.toml is written. Change it, and look at it with\n\
         \x20 tidewaiter list lint {name}\n\
         \x20 tidewaiter list test {name}\n\
         \x20 tidewaiter check MANIFEST --lists-dir {dir}"
    ))?;
    sink.finish()?;
    Ok(0)
}
