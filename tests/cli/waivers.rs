//! Configuration and waivers that are not sound: each is told with its place, and none covers.

use crate::lifecycle::Folder;
use crate::settings;

const MANIFEST: &str = "No,SKU,Goods,Destination\n1,W-1,MIG WELDER 350 A DC,KP\n";

const SOUND: &str = "\
[[waiver]]
list = \"s-2017-822\"
entry = \"VIII.A2.005\"
sku = \"W-1\"
reason = \"seen on board\"
approver = \"A. Officer\"
issued = \"2024-01-01\"
expires = \"2024-12-31\"
";

fn check(config: &str, args: &[&str]) -> (i32, String, String) {
    let folder = Folder::new(&[("m.csv", MANIFEST), ("tidewaiter.toml", config)]);
    let mut all = vec!["check", "m.csv", "--as-of", "2024-06-30"];
    all.extend(args);
    folder.run(&all)
}

#[test]
fn a_sound_waiver_covers() {
    let (code, text, _) = check(SOUND, &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("= 0 open + 1 waived"), "{text}");
    let (code, text, _) = check(SOUND, &["--no-config"]);
    assert_eq!(code, 1, "{text}");
    // As TOML's own dates, and in an input with a byte order mark.
    let dates = SOUND.replace("\"2024-01-01\"", "2024-01-01");
    assert_eq!(check(&format!("\u{feff}{dates}"), &[]).0, 0);
}

#[test]
fn an_unsound_waiver_covers_nothing_and_says_where() {
    let mut told = String::new();
    for (name, from, to) in [
        ("no reason", "reason = \"seen on board\"\n", ""),
        ("empty reason", "\"seen on board\"", "\" \""),
        ("no approver", "approver = \"A. Officer\"\n", ""),
        ("no goods", "sku = \"W-1\"\n", ""),
        ("all goods", "\"W-1\"", "\"*\""),
        ("expired", "2024-12-31", "2024-06-29"),
        ("not yet issued", "2024-01-01", "2024-07-01"),
        ("wrong date", "2024-12-31", "31.12.2024"),
        ("no such day", "\"2024-12-31\"", "\"2024-02-30\""),
        ("ends before it begins", "2024-12-31", "2023-12-31"),
        ("no end", "expires = \"2024-12-31\"\n", ""),
        ("unknown entry", "VIII.A2.005", "VIII.A2.05"),
        ("no text", "\"A. Officer\"", "7"),
        (
            "short fingerprint",
            "sku = \"W-1\"",
            "fingerprint = \"99a71d92\"",
        ),
        ("no country", "reason", "destination = \"Atlantis\"\nreason"),
        ("other goods", "\"W-1\"", "\"W-2\""),
        (
            "other destination",
            "reason",
            "destination = \"VN\"\nreason",
        ),
        (
            "no consignee there",
            "reason",
            "consignee = \"Yard\"\nreason",
        ),
        ("other list", "s-2017-822", "s-2017-999"),
    ] {
        let config = SOUND.replace(from, to);
        assert_ne!(config, SOUND, "{name}");
        let (code, text, _) = check(&config, &["--format", "jsonl"]);
        assert_eq!(code, 1, "{name}: {text}");
        let records = text.lines().map(|l| serde_json::from_str(l).expect("JSON"));
        let issues: Vec<serde_json::Value> = records
            .filter(|r: &serde_json::Value| r["record"] == "issue")
            .collect();
        let [issue] = &issues[..] else {
            panic!("{name}: {text}");
        };
        let place = &issue["location"];
        told.push_str(&format!(
            "{name}\n  {}:{}:{} {} {}\n  {}\n",
            place["file"].as_str().expect("a file"),
            place["line"],
            place["column"],
            issue["severity"].as_str().expect("a word"),
            issue["code"].as_str().expect("a code"),
            issue["message"].as_str().expect("a message")
        ));
    }
    settings("waivers").bind(|| insta::assert_snapshot!("unsound", told));
}

#[test]
fn a_configuration_that_is_wrong_stops_the_run() {
    let mut told = String::new();
    for (name, config) in [
        ("broken TOML", "[options\nall = true\n"),
        ("unknown table", "[option]\nall = true\n"),
        ("unknown option", "[options]\nfail_on = \"hit\"\n"),
        ("a date", "[options]\nas-of = \"2024-01-01\"\n"),
        ("wrong type", "[options]\nall = \"yes\"\n"),
        ("wrong format", "[options]\nformat = \"xml\"\n"),
        ("wrong verdict", "[options]\nfail-on = \"cleared\"\n"),
        ("wrong country", "[options]\nexporter = \"Atlantis\"\n"),
        ("wrong lists", "[options]\nlists = \"s-2017-822\"\n"),
        ("unknown field", "[columns]\ncolour = 3\n"),
        ("column 0", "[columns]\nhs = 0\n"),
        ("column of no kind", "[columns]\nhs = true\n"),
        ("options that are no table", "options = 3\n"),
        ("waiver that is no array", "[waiver]\nlist = \"x\"\n"),
        (
            "unknown key of a waiver",
            &SOUND.replace("reason =", "destinaton = \"KP\"\nreason ="),
        ),
    ] {
        let (code, text, error) = check(config, &[]);
        assert_eq!((code, text.as_str()), (2, ""), "{name}");
        told.push_str(&format!("{name}\n  {error}"));
    }
    settings("waivers").bind(|| insta::assert_snapshot!("wrong-config", told));
    let (code, _, error) = check("[options]\nlists = [\"s-2017-999\"]\n", &[]);
    assert_eq!(code, 2);
    assert!(error.contains("there is no list \"s-2017-999\""), "{error}");
}

#[test]
fn defaults_count_until_the_command_line_says_otherwise() {
    let config = "[options]\nformat = \"jsonl\"\nfail-on = \"never\"\ndestination = \"VN\"\n\
                  exporter = \"CN\"\nkeep-goods = true\n[columns]\ndescription = \"Goods\"\n";
    let (code, text, _) = check(config, &[]);
    assert_eq!(code, 0, "{text}");
    let header: serde_json::Value =
        serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    let options = &header["options"];
    assert_eq!(options["exporter"], "CN");
    assert_eq!(options["fail_on"], "never");
    assert_eq!(options["map"][0], "description=Goods");
    assert_eq!(header["config"]["name"], "tidewaiter.toml");
    assert_eq!(header["goods_kept"], true);
    let args = [
        "--format",
        "text",
        "--fail-on",
        "hit",
        "--map",
        "description=3",
    ];
    let (code, text, _) = check(config, &args);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("description=3"), "{text}");
    assert!(!text.contains("description=Goods"), "{text}");
}

#[test]
fn what_init_writes_can_be_read_and_is_written_once() {
    let folder = Folder::new(&[("m.csv", MANIFEST)]);
    assert_eq!(folder.run(&["init"]).0, 0);
    let text = folder.read("tidewaiter.toml");
    assert_eq!(folder.run(&["init"]).0, 2);
    assert_eq!(folder.run(&["check", "m.csv"]).0, 1);
    // With every comment that is a setting taken for one.
    let bare: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with("[[") || rest.contains(" = ") => format!("{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let config = tidewaiter::config::Config::read("c", &bare).expect("a configuration");
    assert_eq!(config.waivers.sound().len(), 1);
    assert_eq!(config.columns.len(), 3);
    assert_eq!(config.lists_dir.as_deref(), Some("lists"));
    assert!(config.all && config.show_waived && config.keep_goods);
}

#[test]
fn a_waiver_is_written_for_a_finding_that_is_there_and_open() {
    let manifest = format!("{MANIFEST}2,W-2,MIG WELDER 140 A DC,KP\n3,,MIG WELDER 400 A DC,KP\n");
    let folder = Folder::new(&[("m.csv", &manifest)]);
    folder.run(&["check", "m.csv", "--format", "json", "-o", "r.json"]);
    folder.run(&["check", "m.csv", "--format", "jsonl", "-o", "r.jsonl"]);
    let new = |digits: &str, rest: &[&str]| {
        let mut args = vec!["waiver", "new", "r.json", digits, "--reason", "r"];
        args.extend(["--approver", "a", "--issued", "2024-01-01"]);
        args.extend(rest);
        if !rest.contains(&"--expires") {
            args.extend(["--expires", "2024-12-31"]);
        }
        folder.run(&args)
    };
    let one = folder.fingerprint("r.jsonl", "1");
    let cleared = folder.fingerprint("r.jsonl", "2");
    let three = folder.fingerprint("r.jsonl", "3");
    let (code, text, _) = new(&one, &["--by", "description", "--destination", "KP"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("\ndescription = \"MIG WELDER 350 A DC\"\ndestination = \"KP\"\n"));
    assert_eq!(new(&one, &["--append", "new.toml"]).0, 0);
    for (digits, rest, words) in [
        ("99", &[][..], "at least 8"),
        ("00000000", &[], "no finding of this report"),
        (&cleared, &[], "nothing to waive"),
        (&three, &["--by", "sku"], "has no SKU"),
        (&one, &["--expires", "soon"], "--expires"),
        (&one, &["--expires", "2023-12-31"], "before it is issued"),
        (&one, &["--reason", ""], "\"reason\" is empty"),
        (&one, &["--append", "new.toml"], "with this scope already"),
        (&one, &["--append", "m.csv"], "no TOML"),
    ] {
        if rest.contains(&"--reason") {
            let args = [
                "waiver",
                "new",
                "r.json",
                digits,
                "--reason",
                "",
                "--approver",
                "a",
            ];
            let mut args = args.to_vec();
            args.extend(["--expires", "2027-01-01"]);
            let (code, _, error) = folder.run(&args);
            assert_eq!(code, 2, "{words}");
            assert!(error.contains(words), "{error}");
            continue;
        }
        let (code, text, error) = new(digits, rest);
        assert_eq!((code, text.as_str()), (2, ""), "{words}");
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(folder.read("m.csv"), manifest);
}
