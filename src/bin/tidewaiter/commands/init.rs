//! `init`: a configuration file with every setting explained.

use std::fs::File;
use std::io::Write;

use tidewaiter::config::{FILE_NAME, TEMPLATE};
use tidewaiter::{Error, ErrorKind, Result};

use super::screening::at;
use crate::args::Init;

pub fn run(args: &Init) -> Result<u8> {
    let path = args.folder.join(FILE_NAME);
    let name = path.display().to_string();
    let file = File::options().write(true).create_new(true).open(&path);
    let mut file = match file {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let message = "this file is there already; it is left as it is";
            return Err(at(&path, ErrorKind::Config, message));
        }
        other => other.map_err(|e| Error::io(name.clone(), "writing the configuration", e))?,
    };
    file.write_all(TEMPLATE.as_bytes())
        .map_err(|e| Error::io(name.clone(), "writing the configuration", e))?;
    anstream::println!("written: {name}");
    Ok(0)
}
