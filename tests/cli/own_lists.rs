//! Making a list of one's own: `list new`, `list test`, `list pack`, `list verify`; who vouches for
//! it, and how old it may be.

use std::fs;
use std::path::Path;

use minisign::KeyPair;

use crate::{settings, tidewaiter};

const HOUSE: &str = "tests/lists/own/house";

/// Exit code, standard output, standard error.
fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let output = tidewaiter(args)
        .write_stdin("goods\nGYRO GAUGE, OUTPUT POWER 6 KW\n")
        .output()
        .expect("runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A folder with the house list packed and signed, and the keys.
struct Packed {
    folder: tempfile::TempDir,
    id: String,
}

impl Packed {
    fn new() -> Packed {
        let folder = tempfile::tempdir().expect("a folder");
        let pair = KeyPair::generate_unencrypted_keypair().expect("a key pair");
        let id: [u8; 8] = pair.pk.keynum().try_into().expect("eight bytes");
        let packed = Packed {
            folder,
            id: format!("{:016X}", u64::from_le_bytes(id)),
        };
        let secret = pair.sk.to_box(None).expect("a key").to_string();
        fs::write(packed.path("house.key"), secret).expect("written");
        let public = pair.pk.to_box().expect("a key").to_string();
        fs::write(packed.path("house.pub"), public).expect("written");
        let other = KeyPair::generate_unencrypted_keypair().expect("a key pair");
        let other = other.pk.to_box().expect("a key").to_string();
        fs::write(packed.path("other.pub"), other).expect("written");
        let (pack, key) = (packed.path("house.tar"), packed.path("house.key"));
        let (code, text, error) = run(&["list", "pack", HOUSE, "-o", &pack, "--key", &key]);
        assert_eq!(code, Some(0), "{error}");
        assert!(
            text.ends_with(&format!("signed by key {}\n", packed.id)),
            "{text}"
        );
        packed
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// What was printed, without what is new in every run.
    fn plain(&self, text: &str) -> String {
        let folder = self.folder.path().display().to_string();
        text.replace(&folder, "FOLDER").replace(&self.id, "KEY-ID")
    }
}

#[test]
fn a_new_list_is_sound_as_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().display().to_string();
    let (code, text, error) = run(&["list", "new", "my-list", "--dir", &dir]);
    assert_eq!(code, Some(0), "{error}");
    settings("lists").bind(|| {
        insta::assert_snapshot!("new", text.replace(&dir, "FOLDER"));
    });
    let list = format!("{dir}/my-list");
    let (code, text, _) = run(&["list", "lint", &list]);
    assert_eq!((code, &*text), (Some(0), "my-list: 1 entries, no errors\n"));
    let (code, text, _) = run(&["list", "test", &list]);
    let sound = "my-list: 1 entries, 6 examples, each as it says\n";
    assert_eq!((code, &*text), (Some(0), sound));
    // Two of them stand side by side.
    assert_eq!(run(&["list", "new", "second", "--dir", &dir]).0, Some(0));
    assert_eq!(run(&["check", "-", "--lists-dir", &dir]).0, Some(0));
    // What is there is not written over.
    let before = fs::read(format!("{list}/list.toml")).expect("a file");
    let (code, _, error) = run(&["list", "new", "my-list", "--dir", &dir]);
    assert_eq!(code, Some(2));
    assert!(
        error.contains("is there already; nothing was written"),
        "{error}"
    );
    assert_eq!(
        fs::read(format!("{list}/list.toml")).expect("a file"),
        before
    );
    for id in ["My-List", "../x", "", "a--b", "-a", "a/b", "9a", "список"] {
        let (code, _, error) = run(&["list", "new", "--dir", &dir, "--", id]);
        assert_eq!(code, Some(2), "{id}");
        assert!(error.contains("is no id for a list"), "{error}");
    }
}

#[test]
fn examples_that_are_wrong_or_missing_have_their_place() {
    let (code, text, _) = run(&["list", "test", "tests/lists/wrong-examples/wrong"]);
    assert_eq!(code, Some(1));
    settings("lists").bind(|| insta::assert_snapshot!("test-wrong", text));
    let (code, text, _) = run(&["list", "test", HOUSE]);
    let sound = "house: 2 entries, 7 examples, each as it says\n";
    assert_eq!((code, &*text), (Some(0), sound));
    let (_, text, _) = run(&["list", "test"]);
    for list in tidewaiter::list::embedded() {
        assert!(text.contains(&format!("{}: ", list.head.id)), "{text}");
    }
    let (code, _, error) = run(&["list", "test", "tests/bad/load"]);
    assert_eq!(code, Some(2));
    assert!(error.starts_with("error: tests/bad/load/"), "{error}");
}

#[test]
fn a_pack_is_verified_and_screened_with() {
    let packed = Packed::new();
    let (pack, key) = (packed.path("house.tar"), packed.path("house.pub"));
    let (code, text, _) = run(&["list", "verify", &pack, "--trusted-key", &key]);
    assert_eq!(code, Some(0));
    settings("lists").bind(|| insta::assert_snapshot!("verify", packed.plain(&text)));
    let trusted = ["--pack", &*pack, "--trusted-key", &*key];
    let (code, text, _) = run(&[&["check", "-", "--format", "json"][..], &trusted].concat());
    assert_eq!(code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let lists = report["header"]["lists"].as_array().expect("lists");
    let of = |id: &str| lists.iter().find(|l| l["id"] == id).expect("used")["trust"].clone();
    assert_eq!(of("s-2017-822")["kind"], "embedded");
    assert_eq!(of("house")["kind"], "signed");
    assert_eq!(of("house")["key"], *packed.id);
    let (_, text, _) = run(&[&["check", "-"][..], &trusted].concat());
    assert!(
        text.contains(&format!("signed by key {}", packed.id)),
        "{text}"
    );
    // The key itself in place of its file.
    let key = fs::read_to_string(packed.path("house.pub")).expect("a key");
    let word = key.lines().nth(1).expect("the key");
    assert_eq!(
        run(&["list", "verify", &pack, "--trusted-key", word]).0,
        Some(0)
    );
}

#[test]
fn a_pack_that_nobody_vouches_for_is_refused() {
    let packed = Packed::new();
    let (pack, other) = (packed.path("house.tar"), packed.path("other.pub"));
    let unsigned = packed.path("unsigned.tar");
    assert_eq!(run(&["list", "pack", HOUSE, "-o", &unsigned]).0, Some(0));
    let altered = packed.path("altered.tar");
    let mut bytes = fs::read(&pack).expect("a pack");
    let limit = bytes
        .windows(4)
        .position(|w| w == b"5 kW")
        .expect("the limit");
    bytes[limit] = b'9';
    fs::write(&altered, bytes).expect("written");
    let key = packed.path("house.pub");
    let mut all = String::new();
    for (name, args) in [
        ("unsigned", &[&*unsigned][..]),
        ("signed, without any key", &[&*pack]),
        ("signed by another key", &[&*pack, "--trusted-key", &other]),
        ("altered", &[&*altered, "--trusted-key", &key]),
        ("altered, without any key", &[&*altered]),
    ] {
        let (code, text, error) = run(&[&["list", "verify"], args].concat());
        assert_eq!((code, &*error), (Some(1), ""), "{name}");
        let (code, checked, error) = run(&[&["check", "-", "--pack"], args].concat());
        assert_eq!((code, &*checked), (Some(2), ""), "{name}");
        all.push_str(&format!(
            "# {name}\n{}{}\n",
            packed.plain(&text),
            packed.plain(&error)
        ));
    }
    settings("lists").bind(|| insta::assert_snapshot!("refused-packs", all));
    for (args, trust) in [
        (
            &[&*unsigned, "--allow-unsigned"][..],
            "unsigned, taken by permission",
        ),
        (&[&*pack, "--allow-unsigned"], "signed by the unknown key"),
        (
            &[&*altered, "--allow-altered"],
            "altered (list.toml), taken by",
        ),
    ] {
        let (code, text, error) = run(&[&["check", "-", "--all", "--pack"], args].concat());
        assert!(matches!(code, Some(0 | 1)), "{error}");
        assert!(text.contains(trust), "{text}");
    }
}

#[test]
fn a_sealed_folder_must_be_whole() {
    let packed = Packed::new();
    let folder = packed.folder.path().join("lists/house");
    fs::create_dir_all(&folder).expect("a folder");
    let mut archive = fs::read(packed.path("house.tar")).expect("a pack");
    unpack(&mut archive, &folder);
    let lists = packed.path("lists");
    let key = packed.path("house.pub");
    let status = [
        "list",
        "status",
        "--as-of",
        "2024-01-11",
        "--lists-dir",
        &lists,
    ];
    let trusted = [&status[..], &["--trusted-key", &key]].concat();
    let (code, text, _) = run(&trusted);
    assert_eq!(code, Some(0));
    settings("lists").bind(|| insta::assert_snapshot!("status", packed.plain(&text)));
    let house = folder.display().to_string();
    assert_eq!(
        run(&["list", "verify", &house, "--trusted-key", &key]).0,
        Some(0)
    );
    // Packed again as it is, it is the same pack.
    let again = packed.path("again.tar");
    assert_eq!(run(&["list", "pack", &house, "-o", &again]).0, Some(0));
    assert_eq!(fs::read(again).expect("a pack"), archive);
    // Its signature isn't checked away by leaving out the key.
    let (code, _, error) = run(&status);
    assert_eq!(code, Some(2));
    assert!(error.contains("none of the trusted keys"), "{error}");
    fs::write(folder.join("words.toml"), "").expect("written");
    let (code, _, error) = run(&trusted);
    assert_eq!(code, Some(2));
    assert!(
        error.contains("words.toml differs from the manifest"),
        "{error}"
    );
    let (code, _, error) = run(&["list", "pack", &house, "-o", &packed.path("x.tar")]);
    assert_eq!(code, Some(2), "{error}");
}

fn unpack(archive: &mut [u8], folder: &Path) {
    for entry in tar::Archive::new(&*archive).entries().expect("a tar file") {
        let mut entry = entry.expect("an entry");
        let path = folder.join(entry.path().expect("a name"));
        entry.unpack(path).expect("written");
    }
}

#[test]
fn a_stale_list_is_an_error_or_a_warning() {
    let house = [
        "check",
        "-",
        "--list",
        "house",
        "--lists-dir",
        "tests/lists/own",
    ];
    let age = |days: &str, day: &str, more: &[&str]| {
        run(&[&house[..], &["--max-list-age", days, "--as-of", day], more].concat())
    };
    assert_eq!(age("400d", "2025-02-04", &[]).0, Some(1), "400 days");
    let (code, text, error) = age("400d", "2025-02-05", &[]);
    assert_eq!((code, &*text), (Some(2), ""));
    assert_eq!(
        error,
        "error: stale lists, so nothing was screened (--stale-lists warn screens with them): \
         house: last checked against its source on 2024-01-01, 401 days before 2025-02-05; 400 \
         are allowed\n"
    );
    let (code, text, error) = age("400d", "2025-02-05", &["--stale-lists", "warn"]);
    assert_eq!(code, Some(1));
    assert!(
        error.starts_with("warning: the list is stale: house: last checked"),
        "{error}"
    );
    assert!(
        text.contains("stale") && text.contains("401 days before"),
        "{text}"
    );
    // Not known counts as stale.
    let (code, _, error) = run(&["check", "-", "--max-list-age", "99999d"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("s-2017-822: it isn't known when"), "{error}");
    let (code, _, error) = age("1 year", "2025-02-05", &[]);
    assert_eq!(code, Some(2));
    assert!(
        error.contains("--max-list-age: \"1 year\" is no number of days"),
        "{error}"
    );
}

#[test]
fn wrong_keys_say_so() {
    let packed = Packed::new();
    let (pack, out) = (packed.path("house.tar"), packed.path("x.tar"));
    let public = packed.path("house.pub");
    for (args, words) in [
        (
            &["list", "verify", &*pack, "--trusted-key", "no-such-key"][..],
            "no-such-key: reading a public key",
        ),
        (
            &["list", "verify", &*pack, "--trusted-key", &*pack],
            "larger than the 4096 bytes",
        ),
        (
            &["list", "verify", &*pack, "--trusted-key", "README.md"],
            "README.md: ",
        ),
        (
            &["list", "verify", HOUSE],
            "tests/lists/own/house: no MANIFEST.sha256 in it",
        ),
        (
            &["list", "verify", "Cargo.toml"],
            "Cargo.toml: not a whole tar file",
        ),
        (
            &["list", "verify", "no-such.tar"],
            "no-such.tar: reading the pack",
        ),
        (
            &["list", "pack", HOUSE, "-o", &*out, "--key", "no-such-key"],
            "no-such-key: reading the secret key",
        ),
        (
            &["list", "pack", HOUSE, "-o", &*out, "--key", &*public],
            "it must be a minisign secret key",
        ),
        (
            &[
                "list",
                "pack",
                HOUSE,
                "-o",
                "tests/lists/own/house/list.toml",
            ],
            "in the list's own folder",
        ),
        (
            &["list", "pack", "tests/bad/load", "-o", &*out],
            "tests/bad/load/",
        ),
    ] {
        let output = tidewaiter(args)
            .env("TIDEWAITER_KEY_PASSWORD", "x")
            .output();
        let output = output.expect("runs");
        let error = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(error.contains(words), "{error}");
    }
    assert!(!Path::new(&out).exists());
}

/// Slow, since minisign makes guessing a password cost a gigabyte of memory.
#[test]
fn a_key_with_a_password_signs() {
    let packed = Packed::new();
    let pair = KeyPair::generate_encrypted_keypair(Some("correct horse".to_owned()));
    let secret = pair
        .expect("a key pair")
        .sk
        .to_box(None)
        .expect("a key")
        .to_string();
    let key = packed.path("locked.key");
    fs::write(&key, secret).expect("written");
    let out = packed.path("locked.tar");
    for (password, code) in [("correct horse", 0), ("wrong", 2)] {
        let output = tidewaiter(&["list", "pack", HOUSE, "-o", &out, "--key", &key])
            .env("TIDEWAITER_KEY_PASSWORD", password)
            .output()
            .expect("runs");
        let error = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{error}");
        assert!(code == 0 || error.contains("Wrong password"), "{error}");
    }
}
