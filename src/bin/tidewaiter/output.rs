//! Where the report goes, and what the exit code says.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};

use tidewaiter::vocab::Day;
use tidewaiter::{Error, ErrorKind, Location, Result};

pub const EXIT_CLEAN: u8 = 0;
pub const EXIT_FINDINGS: u8 = 1;
pub const EXIT_FAILED: u8 = 2;
pub const EXIT_NOT_SCREENABLE: u8 = 3;
pub const EXIT_NOTHING: u8 = 4;
pub const EXIT_STOPPED: u8 = 5;

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

/// Today, in UTC.
pub fn today() -> Day {
    let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now());
    now.date().into()
}

/// What `--output` names.
pub enum Target {
    /// A file that is there or may be.
    File(PathBuf),
    /// What is no plain file: a pipe, /dev/null.
    Device(PathBuf),
}

impl Target {
    pub fn of(path: &Path) -> Result<Target> {
        // A link stays one: what it leads to is replaced.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        match target.metadata() {
            Ok(found) if found.is_dir() => {
                let message = "this is a folder; name a file for the report";
                let place = Location::new(path.display().to_string());
                return Err(Error::new(ErrorKind::Option, message).at(place));
            }
            Ok(found) if !found.is_file() => return Ok(Target::Device(target)),
            _ => {}
        }
        let folder = folder_of(&target);
        if !folder.is_dir() {
            let message = format!("there is no folder {}; create it first", folder.display());
            let place = Location::new(path.display().to_string());
            return Err(Error::new(ErrorKind::Option, message).at(place));
        }
        Ok(Target::File(target))
    }
}

fn folder_of(target: &Path) -> &Path {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Standard output, or a file that appears whole or not at all.
pub enum Sink {
    Stdout(BufWriter<std::io::Stdout>),
    /// What is no plain file (a pipe, /dev/null) can't be replaced; it is written to.
    Direct(BufWriter<File>, PathBuf),
    File(BufWriter<tempfile::NamedTempFile>, PathBuf),
    /// A file beside the one that is to be, where a killed run can go on; and the one to be.
    Partial(BufWriter<File>, PathBuf, PathBuf),
    /// For standard output, which sees nothing before all is known to be well.
    Held(tempfile::SpooledTempFile),
}

/// What is held in memory of a report before it goes to a temporary file.
const HELD: usize = 8 << 20;

impl Sink {
    /// One that shows nothing until it is finished, since the run may be refused at its end.
    pub fn held(path: Option<&Path>) -> Result<Sink> {
        match path {
            Some(_) => Sink::open(path),
            None => Ok(Sink::Held(tempfile::spooled_tempfile(HELD))),
        }
    }

    pub fn open(path: Option<&Path>) -> Result<Sink> {
        let Some(path) = path else {
            return Ok(Sink::Stdout(BufWriter::new(std::io::stdout())));
        };
        let failed = |e| Error::io(path.display().to_string(), "creating the report", e);
        let target = match Target::of(path)? {
            Target::Device(target) => {
                let file = File::options().write(true).open(&target).map_err(failed)?;
                return Ok(Sink::Direct(BufWriter::new(file), target));
            }
            Target::File(target) => target,
        };
        let file = as_others(&mut tempfile::Builder::new())
            .tempfile_in(folder_of(&target))
            .map_err(failed)?;
        Ok(Sink::File(BufWriter::new(file), target))
    }

    /// Whether the report is shown on a terminal.
    pub fn on_terminal(&self) -> bool {
        matches!(self, Sink::Stdout(_) | Sink::Held(_)) && std::io::stdout().is_terminal()
    }

    pub fn colour(&self) -> bool {
        self.on_terminal()
            && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
    }

    pub fn finish(self) -> Result<()> {
        let failed = |path: &Path, e: std::io::Error| {
            Error::io(path.display().to_string(), "writing the report", e)
        };
        match self {
            Sink::Stdout(mut out) => written(out.flush()),
            Sink::Held(mut held) => {
                let mut out = std::io::stdout().lock();
                let copied = held
                    .rewind()
                    .and_then(|()| std::io::copy(&mut held, &mut out));
                written(copied.and_then(|_| out.flush()))
            }
            Sink::Partial(out, partial, path) => {
                let file = out
                    .into_inner()
                    .map_err(|e| failed(&partial, e.into_error()))?;
                file.sync_all().map_err(|e| failed(&partial, e))?;
                std::fs::rename(&partial, &path).map_err(|e| failed(&path, e))
            }
            Sink::Direct(mut out, path) => out.flush().map_err(|e| failed(&path, e)),
            Sink::File(out, path) => {
                let file = out
                    .into_inner()
                    .map_err(|e| failed(&path, e.into_error()))?;
                file.persist(&path).map_err(|e| failed(&path, e.error))?;
                Ok(())
            }
        }
    }
}

/// A temporary file is its owner's alone; a report has the rights that files have here.
#[cfg(unix)]
fn as_others<'b>(
    builder: &'b mut tempfile::Builder<'static, 'static>,
) -> &'b mut tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn as_others<'b>(
    builder: &'b mut tempfile::Builder<'static, 'static>,
) -> &'b mut tempfile::Builder<'static, 'static> {
    builder
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Sink::Stdout(out) => out.write(bytes),
            Sink::Direct(out, _) => out.write(bytes),
            Sink::File(out, _) => out.write(bytes),
            Sink::Partial(out, ..) => out.write(bytes),
            Sink::Held(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Sink::Stdout(out) => out.flush(),
            Sink::Direct(out, _) => out.flush(),
            Sink::File(out, _) => out.flush(),
            Sink::Partial(out, ..) => out.flush(),
            Sink::Held(out) => out.flush(),
        }
    }
}
