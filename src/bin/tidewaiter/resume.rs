//! A report in the format `jsonl` that goes on after the run was killed.
//!
//! It is written to `FILE.partial` and becomes `FILE` when it is whole. Beside it `FILE.resume`
//! says, every two seconds at most, how much of it is sound and what was counted until there:
//! the last record alone couldn't tell how many clear lines, which aren't written, came before
//! it. To go on, the report is cut there, and the manifest is read again from its beginning,
//! without being screened, to the row that was done. Its beginning must have the same hash and the
//! report the same header: the same program, lists, date and options.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tidewaiter::report::{Checkpoint, Header, ReportLine};
use tidewaiter::{Error, ErrorKind, Location, Result};

use crate::output::Sink;

/// When the first note is taken, and the longest time between two.
const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

/// What else must be the same to go on with a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The manifests, as they are named.
    pub manifests: Vec<String>,
    /// Whether clear lines are written.
    pub all: bool,
}

#[derive(Serialize, Deserialize)]
struct Note {
    run: Run,
    /// Length of the report up to the checkpoint, in bytes.
    length: u64,
    checkpoint: Checkpoint,
}

/// Takes notes of how far a report is.
pub struct Notes {
    path: PathBuf,
    report: File,
    run: Run,
    last: Instant,
    wait: Duration,
}

/// Where a report is written, and where it goes on if it does.
pub struct Begun {
    pub sink: Sink,
    pub notes: Notes,
    pub at: Option<Checkpoint>,
}

/// Begins a report that can be resumed, or resumes it.
pub fn begin(target: &Path, run: Run, header: &Header, resume: bool) -> Result<Begun> {
    let (partial, path) = (beside(target, "partial"), beside(target, "resume"));
    let failed = |e| Error::io(partial.display().to_string(), "creating the report", e);
    if !path.exists() {
        let file = File::create(&partial).map_err(failed)?;
        return begun(file, (partial, target), path, run, None);
    }
    if !resume {
        let message = format!(
            "a run to {} was killed or stopped; go on with it by --resume, or delete this file to \
             begin anew",
            target.display()
        );
        return Err(Error::new(ErrorKind::Option, message).at(place(&path)));
    }
    let note = std::fs::read(&path).map_err(|e| reading(&path, e))?;
    let note: Note = serde_json::from_slice(&note).map_err(|e| {
        let message = format!("can't be read ({e}); delete it to begin anew");
        Error::new(ErrorKind::Report, message).at(place(&path))
    })?;
    if note.run != run {
        let message = "the run was begun with other manifests or another --all; give the same, or \
                       delete this file to begin anew";
        return Err(Error::new(ErrorKind::Option, message).at(place(&path)));
    }
    // A run that was stopped has left a report that says so.
    if !partial.exists() && target.exists() {
        std::fs::rename(target, &partial).map_err(failed)?;
    }
    let mut file = File::options()
        .read(true)
        .write(true)
        .open(&partial)
        .map_err(failed)?;
    same_header(&mut file, &partial, header)?;
    let length = file.metadata().map_err(failed)?.len();
    if length < note.length {
        let message = "is shorter than it was; begin anew";
        return Err(Error::new(ErrorKind::Report, message).at(place(&partial)));
    }
    same_manifests(&note.checkpoint, &run.manifests)?;
    file.set_len(note.length).map_err(failed)?;
    file.seek(SeekFrom::End(0)).map_err(failed)?;
    begun(file, (partial, target), path, run, Some(note.checkpoint))
}

fn begun(
    file: File,
    (partial, target): (PathBuf, &Path),
    path: PathBuf,
    run: Run,
    at: Option<Checkpoint>,
) -> Result<Begun> {
    let report = file.try_clone().map_err(|e| reading(&partial, e))?;
    Ok(Begun {
        sink: Sink::Partial(BufWriter::new(file), partial, target.to_owned()),
        notes: Notes {
            path,
            report,
            run,
            last: Instant::now(),
            wait: FIRST,
        },
        at,
    })
}

impl Notes {
    /// Whether it is time for a note.
    pub fn due(&self) -> bool {
        self.last.elapsed() >= self.wait
    }

    /// Takes a note: first the report is safe, then the note replaces the last one whole.
    pub fn take(&mut self, checkpoint: &Checkpoint) -> std::io::Result<()> {
        self.report.sync_data()?;
        let note = Note {
            run: self.run.clone(),
            length: self.report.metadata()?.len(),
            checkpoint: checkpoint.clone(),
        };
        let new = beside(&self.path, "new");
        let mut file = File::create(&new)?;
        serde_json::to_writer(&mut file, &note)?;
        file.flush()?;
        file.sync_data()?;
        std::fs::rename(&new, &self.path)?;
        self.last = Instant::now();
        self.wait = (self.wait * 2).min(LONGEST);
        Ok(())
    }

    /// Nothing is left to go on with.
    pub fn end(self) -> Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(
                self.path.display().to_string(),
                "deleting the notes of the run",
                e,
            )),
            _ => Ok(()),
        }
    }
}

/// Whether the report was begun by the same program with the same lists and options.
fn same_header(file: &mut File, path: &Path, header: &Header) -> Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(&mut *file);
    reader.read_line(&mut line).map_err(|e| reading(path, e))?;
    let now = serde_json::to_value(ReportLine::Header(header)).unwrap_or_default();
    let then: Value = serde_json::from_str(&line).unwrap_or_default();
    if now == then {
        return Ok(());
    }
    let differs = differing(&then, &now);
    let message = format!(
        "the report was begun otherwise ({}); give the same options to the same program, or begin \
         anew",
        differs.join("; ")
    );
    Err(Error::new(ErrorKind::Option, message).at(place(path)))
}

/// What differs between two headers, in the words of their fields.
fn differing(then: &Value, now: &Value) -> Vec<String> {
    let (Some(then), Some(now)) = (then.as_object(), now.as_object()) else {
        return vec!["its header can't be read".to_owned()];
    };
    let keys = now
        .keys()
        .chain(then.keys().filter(|key| !now.contains_key(*key)));
    let differing = keys.filter(|key| then.get(*key) != now.get(*key));
    let told = differing.flat_map(|key| match (then.get(key), now.get(key)) {
        (Some(then @ Value::Object(_)), Some(now @ Value::Object(_))) => {
            differing_in(key, then, now)
        }
        (Some(then), Some(now)) if !then.is_array() => vec![format!("{key} was {then}, is {now}")],
        _ => vec![format!("{key} differs")],
    });
    told.collect()
}

fn differing_in(key: &str, then: &Value, now: &Value) -> Vec<String> {
    let told = differing(then, now).into_iter();
    told.map(|what| format!("{key}.{what}")).collect()
}

/// Whether the manifests are those that were screened, as far as they were.
fn same_manifests(at: &Checkpoint, names: &[String]) -> Result<()> {
    let whole = at.summary.manifests.iter();
    let whole = whole.map(|manifest| (u64::MAX, manifest.sha256.as_deref()));
    let begun = std::iter::once((at.bytes, Some(at.sha256.as_str())));
    for (name, (length, sha256)) in names.iter().zip(whole.chain(begun)) {
        let found = hash(Path::new(name), length)?;
        if sha256 != Some(found.as_str()) {
            let message = "isn't the manifest that was screened: what was read of it has another \
                           SHA-256; begin anew";
            return Err(Error::new(ErrorKind::Manifest, message).at(Location::new(name.clone())));
        }
    }
    Ok(())
}

/// The SHA-256 of the beginning of a file.
fn hash(path: &Path, length: u64) -> Result<String> {
    let failed = |e| Error::io(path.display().to_string(), "reading the manifest", e);
    let mut file = File::open(path).map_err(failed)?.take(length);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    let digest = hasher.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn place(path: &Path) -> Location {
    Location::new(path.display().to_string())
}

fn reading(path: &Path, error: std::io::Error) -> Error {
    Error::io(
        path.display().to_string(),
        "reading the notes of the run",
        error,
    )
}
