//! What `check` and `rescreen` share: options over defaults, lists, waivers, exit code.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use tidewaiter::compile::Rulebook;
use tidewaiter::config::{Config, FILE_NAME};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{InForce, MaxAge, Register};
use tidewaiter::report::{Format, Header, Options, RenderOptions, Summary};
use tidewaiter::screen::Circumstances;
use tidewaiter::vocab::{Day, Jurisdiction};
use tidewaiter::waiver::WaiversInForce;
use tidewaiter::{Country, Error, ErrorKind, Location, Result, Ruleset};

use crate::args::lists::Freshness;
use crate::args::{self, FailOn, Format as Chosen};
use crate::output;

/// What comes from what is read: columns and encoding, of a stored report its countries too.
#[derive(Default)]
pub struct Inherited {
    pub map: Vec<String>,
    pub encoding: Option<String>,
    pub destination: Option<Country>,
    pub exporter: Option<Country>,
    pub jurisdictions: Vec<Jurisdiction>,
}

/// A screening that is ready to begin.
pub struct Screening {
    pub known: Circumstances,
    /// The date that was named for all goods.
    pub named: Option<Day>,
    /// The rules of the decisive date.
    pub rules: Arc<Ruleset>,
    /// The rules of other days.
    pub rulebook: Rulebook<'static>,
    pub header: Header,
    pub render: RenderOptions,
    pub waivers: Option<WaiversInForce>,
    pub fail_on: FailOn,
}

impl Screening {
    /// The command line goes before the file, the file before what is inherited.
    pub fn prepare(
        args: &args::Screening,
        config: Option<Config>,
        inherited: Inherited,
        fail_on_new: bool,
    ) -> Result<Screening> {
        let file = config.as_ref();
        let given = country("--destination", args.destination.as_deref())?;
        let destination = given.or(file.and_then(|c| c.destination));
        let given = country("--exporter", args.exporter.as_deref())?;
        let exporter = given.or(file.and_then(|c| c.exporter));
        let named = args.as_of.as_deref();
        let named = named.map(|_| decisive_date("--as-of", named)).transpose()?;
        let jurisdictions = match args.jurisdictions.as_slice() {
            [] => inherited.jurisdictions,
            codes => super::lists::jurisdictions(codes)?,
        };
        let known = Circumstances {
            as_of: named.map_or_else(|| decisive_date("--as-of", None), Ok)?,
            jurisdictions,
            destination: destination.or(inherited.destination),
            exporter: exporter.or(inherited.exporter),
        };
        let format = args.format.map(format).or(file.and_then(|c| c.format));
        let format = format.unwrap_or(Format::Text);
        let goods_kept = args.keep_goods || file.is_some_and(|c| c.keep_goods);
        let keeps = matches!(format, Format::Json | Format::Jsonl);
        if args.keep_goods && !keeps {
            let message = "--keep-goods: only the formats json and jsonl can keep goods; add \
                           --format jsonl";
            return Err(Error::new(ErrorKind::Option, message));
        }
        let words = file.and_then(|c| c.fail_on.as_deref());
        let words = words.and_then(|words| FailOn::from_str(words, false).ok());
        let fail_on = args.fail_on.or(words).unwrap_or(FailOn::Review);
        let lists = match file {
            Some(config) if args.lists.is_empty() => config.lists.clone(),
            _ => args.lists.clone(),
        };
        let mut sources = args.sources.clone();
        sources.lists_dir = sources.lists_dir.or_else(|| lists_dir(file?));
        let (code_lists, ids) = super::code_lists::select(&lists, sources.lists_dir.as_deref())?;
        let whose = known.jurisdictions.as_slice();
        let (register, found) = if ids.is_empty() && !lists.is_empty() {
            // Only lists of bans by code were asked for.
            (Register::default(), InForce::default())
        } else {
            let register = super::lists::register_of(&ids, &sources)?;
            let found = register.in_force_on(known.as_of, whose)?;
            (register, found)
        };
        let max_age = max_age(&args.freshness)?;
        if let Some(age) = max_age {
            super::lists::fresh(&found.lists, age, known.as_of, args.freshness.stale_lists)?;
        }
        let mut rulebook = Rulebook::new(register, Lexicon::embedded(), whose.to_vec())
            .with_code_lists(code_lists);
        let rules = rulebook.on(known.as_of)?;
        let options = Options {
            as_of: named,
            jurisdictions: known.jurisdictions.clone(),
            lists,
            map: inherited.map,
            encoding: inherited.encoding,
            destination: known.destination,
            exporter: known.exporter,
            fail_on: fail_on.to_possible_value().map(|v| v.get_name().to_owned()),
            fail_on_new,
        };
        let mut header = Header::new(&rules, &found.left_out, &known, options);
        if let Some(age) = max_age {
            header = header.with_max_age(&rules, age);
        }
        header.goods_kept = goods_kept && keeps;
        header.config = file.map(|config| config.used.clone());
        let render = RenderOptions::new(format)
            .with_all(args.all || file.is_some_and(|c| c.all))
            .with_waived(args.show_waived || file.is_some_and(|c| c.show_waived));
        let waivers = config.map(|config| config.waivers);
        let waivers = waivers.filter(|waivers| !waivers.is_empty());
        Ok(Screening {
            waivers: waivers.map(|waivers| waivers.on(known.as_of, &rules)),
            known,
            named,
            rules,
            rulebook,
            header,
            render,
            fail_on,
        })
    }
}

/// The file that is named, or the one beside what is read first.
pub fn config(args: &args::Screening, first: Option<&Path>) -> Result<Option<Config>> {
    let beside = || {
        let first = first.filter(|path| path.as_os_str() != "-")?;
        let folder = first.parent().unwrap_or(Path::new(""));
        Some(folder.join(FILE_NAME)).filter(|path| path.is_file())
    };
    let path = match &args.config {
        Some(path) => path.clone(),
        None if args.no_config => return Ok(None),
        None => match beside() {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    read_config(&path).map(Some)
}

pub fn read_config(path: &Path) -> Result<Config> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|e| Error::io(name.clone(), "reading the configuration", e))?;
    Config::read(&name, &text)
}

fn max_age(freshness: &Freshness) -> Result<Option<MaxAge>> {
    let text = freshness.max_list_age.as_deref();
    let read = text.map(|text| {
        text.parse().map_err(|e: Error| {
            Error::new(
                ErrorKind::Option,
                format!("--max-list-age: {}", e.message()),
            )
        })
    });
    read.transpose()
}

/// The folder of further lists; its path begins at the file.
fn lists_dir(config: &Config) -> Option<PathBuf> {
    let folder = Path::new(&config.used.name).parent()?;
    Some(folder.join(config.lists_dir.as_deref()?))
}

/// A report must not take the place of what it is made from.
pub fn keeps(inputs: &[(&str, &Path)], output: Option<&Path>) -> Result<()> {
    let Some(output) = output else {
        return Ok(());
    };
    let same = |path: &Path| match (path.canonicalize(), output.canonicalize()) {
        (Ok(input), Ok(output)) => input == output,
        _ => false,
    };
    match inputs.iter().find(|(_, path)| same(path)) {
        Some((what, path)) => {
            let message = format!(
                "--output names the {what} {} itself; give the report a name of its own",
                path.display()
            );
            Err(Error::new(ErrorKind::Option, message))
        }
        None => Ok(()),
    }
}

fn format(chosen: Chosen) -> Format {
    match chosen {
        Chosen::Text => Format::Text,
        Chosen::Json => Format::Json,
        Chosen::Jsonl => Format::Jsonl,
        Chosen::Csv => Format::Csv,
    }
}

/// A date, or today.
pub fn decisive_date(option: &str, text: Option<&str>) -> Result<Day> {
    match text {
        Some(text) => text.parse().map_err(|e: Error| {
            Error::new(ErrorKind::Option, format!("{option}: {}", e.message()))
        }),
        None => Ok(output::today()),
    }
}

pub fn country(option: &str, text: Option<&str>) -> Result<Option<Country>> {
    let Some(text) = text else { return Ok(None) };
    match text.parse().ok().or_else(|| Country::recognise(text)) {
        Some(country) => Ok(Some(country)),
        None => {
            let message =
                format!("{option}: {text:?} names no country; give its ISO 3166-1 code: KP");
            Err(Error::new(ErrorKind::Option, message))
        }
    }
}

/// Open findings and bans by code count; what a waiver covers doesn't.
pub fn exit_code(summary: &Summary, fail_on: FailOn, only_new: bool) -> u8 {
    let sums = &summary.sums;
    let (hits, reviews) = match summary.since_baseline {
        Some(since) if only_new => (
            since.fresh_hits + since.fresh_bans,
            since.fresh_reviews + since.fresh_open_bans,
        ),
        _ => {
            let sectoral = summary.sectoral.as_ref();
            let (applies, may) = sectoral.map_or((0, 0), |bans| (bans.applies, bans.may_apply));
            (
                sums.open_hit_findings + applies,
                sums.open_review_findings + may,
            )
        }
    };
    let found = match fail_on {
        FailOn::Hit => hits,
        FailOn::Review => hits + reviews,
        FailOn::Never => 0,
    };
    if sums.screened + sums.not_screenable + sums.unreadable == 0 {
        output::EXIT_NOTHING
    } else if found > 0 {
        output::EXIT_FINDINGS
    } else if sums.not_screenable + sums.unreadable > 0 {
        output::EXIT_NOT_SCREENABLE
    } else {
        output::EXIT_CLEAN
    }
}

/// An error in a file that is no input of its own.
pub fn at(path: &Path, kind: ErrorKind, message: impl Into<String>) -> Error {
    Error::new(kind, message).at(Location::new(path.display().to_string()))
}
