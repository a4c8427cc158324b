//! `rescreen`: the goods of a stored report, under other lists or on another date.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};
use tidewaiter::report::{Against, BaselineUsed, ReportWriter};
use tidewaiter::{Error, Result};

use super::check::open_report;
use super::screening::{self, Inherited, Screening};
use crate::args::Rescreen;
use crate::output::{Sink, written};

pub fn run(args: &Rescreen) -> Result<u8> {
    let config = screening::config(&args.screening, Some(&args.report))?;
    screening::keeps(
        &[("report", &args.report)],
        args.screening.output.as_deref(),
    )?;
    let mut stored = open_report(&args.report)?;
    stored.check_goods()?;
    // The header comes first and names the hash of what is read, so it is read twice.
    let sha256 = sha256(&args.report)?;
    let options = &stored.header().options;
    let inherited = Inherited {
        map: options.map.clone(),
        encoding: options.encoding.clone(),
        destination: options.destination,
        exporter: options.exporter,
        jurisdictions: options.jurisdictions.clone(),
    };
    let mut run = Screening::prepare(&args.screening, config, inherited, args.fail_on_new)?;
    // What was shipped then is asked about under the law of one day.
    run.header.options.as_of = Some(run.known.as_of);
    run.header.baseline = Some(BaselineUsed::new(&stored, &sha256, true));
    // A report that isn't whole shows at its end only; until then nothing gets out.
    let mut sink = Sink::held(args.screening.output.as_deref())?;
    let render = run.render.with_colour(sink.colour());
    let against = Against {
        baseline: None,
        waivers: run.waivers,
    };
    let mut writer = written(ReportWriter::begin_against(
        &mut sink, render, run.header, against,
    ))?;
    writer.rescreen(&mut stored, &run.rules, &run.known)?;
    let summary = written(writer.end())?;
    sink.finish()?;
    Ok(screening::exit_code(
        &summary,
        run.fail_on,
        args.fail_on_new,
    ))
}

fn sha256(path: &Path) -> Result<String> {
    let name = || path.display().to_string();
    let failed = |e| Error::io(name(), "reading the report", e);
    let mut file = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    let digest = hash.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
