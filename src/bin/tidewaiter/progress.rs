//! One line on a terminal about a run that takes long.
//!
//! `indicatif` was looked at: it draws bars, keeps threads and brings five crates for them. One
//! line that is written over needs none.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tidewaiter::report::Sums;

/// How often the line is written.
const EVERY: Duration = Duration::from_millis(250);

/// Progress of a run, shown on standard error.
pub struct Progress {
    begun: Instant,
    drawn: Option<Instant>,
    /// Rows that were done when this run began.
    rows_before: Option<u64>,
    /// Bytes of all manifests, where they are known.
    total: Option<u64>,
    /// Bytes of the manifests before this one.
    before: u64,
}

impl Progress {
    /// Where standard error is a terminal, and the report isn't written to one.
    pub fn on_terminal(manifests: &[PathBuf], report_on_terminal: bool) -> Option<Progress> {
        let sizes = manifests.iter().map(|path| size(path));
        let wanted = std::io::stderr().is_terminal() && !report_on_terminal;
        wanted.then(|| Progress {
            begun: Instant::now(),
            drawn: None,
            rows_before: None,
            total: sizes.sum(),
            before: 0,
        })
    }

    /// A manifest was read.
    pub fn read(&mut self, manifest: &Path) {
        self.before += size(manifest).unwrap_or(0);
    }

    /// Writes the line when it is time for it.
    pub fn show(&mut self, sums: &Sums, bytes: u64) {
        let rows_before = *self.rows_before.get_or_insert(sums.rows.saturating_sub(1));
        let now = Instant::now();
        if now.duration_since(self.drawn.unwrap_or(self.begun)) < EVERY {
            return;
        }
        self.drawn = Some(now);
        let seconds = now.duration_since(self.begun).as_secs_f64();
        let line = line(
            sums.rows,
            (sums.rows - rows_before) as f64 / seconds,
            sums.findings,
            self.total.map(|total| (self.before + bytes, total)),
            seconds,
        );
        // Whether anybody can read it changes nothing.
        let _ = write!(std::io::stderr(), "\r{line}\x1b[K");
    }

    /// Takes the line away.
    pub fn end(&self) {
        if self.drawn.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn size(path: &Path) -> Option<u64> {
    let found = path.metadata().ok()?;
    found.is_file().then_some(found.len())
}

fn line(rows: u64, rate: f64, findings: u64, read: Option<(u64, u64)>, seconds: f64) -> String {
    let mut line = format!(
        "{} lines, {} a second, {} findings",
        grouped(rows),
        grouped(rate as u64),
        grouped(findings)
    );
    if let Some((read, total)) = read
        && read > 0
        && total > 0
    {
        let share = (read as f64 / total as f64).min(1.0);
        let left = seconds * (1.0 - share) / share;
        let _ = write!(line, ", {:.0} %, {} left", share * 100.0, duration(left));
    }
    line
}

fn duration(seconds: f64) -> String {
    match seconds as u64 {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        seconds => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_line_says_how_much_how_fast_and_how_long() {
        assert_eq!(
            line(1_234_567, 45_000.4, 89, Some((25, 100)), 60.0),
            "1 234 567 lines, 45 000 a second, 89 findings, 25 %, 3 min 0 s left"
        );
        assert_eq!(
            line(0, 0.0, 0, None, 1.0),
            "0 lines, 0 a second, 0 findings"
        );
        assert!(line(1, 1.0, 0, Some((1, 10_000)), 1.0).ends_with("2 h 46 min left"));
    }
}
