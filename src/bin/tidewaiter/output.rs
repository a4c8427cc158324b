//! Where the report goes, and what the exit code says.

use std::io::{IsTerminal, Write};
use std::path::Path;

use tidewaiter::{Error, ErrorKind, Result};

pub const EXIT_CLEAN: u8 = 0;
pub const EXIT_FINDINGS: u8 = 1;
pub const EXIT_FAILED: u8 = 2;
pub const EXIT_NOT_SCREENABLE: u8 = 3;
pub const EXIT_NOTHING: u8 = 4;

/// Whether an error is only that nobody reads the output any more.
pub fn is_broken_pipe(error: &Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::BrokenPipe;
        }
        source = inner.source();
    }
    false
}

pub fn written<T>(result: std::io::Result<T>) -> Result<T> {
    result.map_err(|e| Error::new(ErrorKind::Io, format!("writing the report: {e}")).caused_by(e))
}

/// Standard output, or a file that appears whole or not at all.
pub enum Sink {
    Stdout(std::io::BufWriter<std::io::Stdout>),
    File(
        std::io::BufWriter<tempfile::NamedTempFile>,
        std::path::PathBuf,
    ),
}

impl Sink {
    pub fn open(path: Option<&Path>) -> Result<Sink> {
        let Some(path) = path else {
            return Ok(Sink::Stdout(std::io::BufWriter::new(std::io::stdout())));
        };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
            .map_err(|e| Error::io(path.display().to_string(), "creating the report", e))?;
        Ok(Sink::File(std::io::BufWriter::new(file), path.to_owned()))
    }

    pub fn colour(&self) -> bool {
        matches!(self, Sink::Stdout(_))
            && std::io::stdout().is_terminal()
            && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
    }

    pub fn finish(self) -> Result<()> {
        match self {
            Sink::Stdout(mut out) => written(out.flush()),
            Sink::File(out, path) => {
                let failed = |e: std::io::Error| {
                    Error::io(path.display().to_string(), "writing the report", e)
                };
                let file = out.into_inner().map_err(|e| failed(e.into_error()))?;
                file.persist(&path).map_err(|e| failed(e.error))?;
                Ok(())
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Sink::Stdout(out) => out.write(bytes),
            Sink::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Sink::Stdout(out) => out.flush(),
            Sink::File(out, _) => out.flush(),
        }
    }
}
