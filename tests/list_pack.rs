//! Packs: what is sealed comes back the same; what was altered, cut, forged or made to do harm is
//! refused by its own message.

use std::io::Write;

use minisign::KeyPair;
use proptest::prelude::*;
use tar::{Builder, EntryType, Header};
use tidewaiter::Error;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::Trust;
use tidewaiter::list::pack::{
    Contents, FileState, MANIFEST, MOST_BYTES, Permission, SIGNATURE, Seal, TrustedKey,
};

const LIST: &[u8] = include_bytes!("lists/own/house/list.toml");
const WORDS: &[u8] = include_bytes!("lists/own/house/words.toml");

fn files() -> Vec<(String, Vec<u8>)> {
    vec![
        ("words.toml".to_owned(), WORDS.to_vec()),
        ("list.toml".to_owned(), LIST.to_vec()),
        ("README.md".to_owned(), b"left out".to_vec()),
    ]
}

fn sealed() -> Contents {
    Contents::of_files("house", files())
        .expect("a list")
        .sealed()
}

fn key_pair() -> (KeyPair, TrustedKey) {
    let pair = KeyPair::generate_unencrypted_keypair().expect("a key pair");
    let public = pair.pk.to_box().expect("a public key").to_string();
    (pair, public.parse().expect("a public key"))
}

fn signed(pair: &KeyPair) -> Contents {
    let contents = sealed();
    let manifest = contents.manifest().expect("sealed").as_bytes().to_vec();
    let signature = minisign::sign(None, &pair.sk, &manifest[..], Some("house"), None);
    contents.with_signature(signature.expect("signs").into_string())
}

fn read(bytes: &[u8]) -> Result<Contents, Error> {
    Contents::read_pack("house.tar", bytes)
}

/// The message with which a pack is refused, when it is read or when it is used.
fn refused(bytes: &[u8], keys: &[TrustedKey]) -> String {
    let used = read(bytes).and_then(|contents| {
        let trust = contents.check(keys)?.trust(Permission::default())?;
        contents.load(Lexicon::embedded(), trust)
    });
    used.expect_err("refused").to_string()
}

/// A tar file of entries with any kind and name, as others could make it.
fn tar(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, kind, bytes) in entries {
        let mut header = Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        builder.append(&header, *bytes).expect("in memory");
    }
    builder.into_inner().expect("in memory")
}

fn plain<'a>(name: &'a str, bytes: &'a [u8]) -> (&'a str, EntryType, &'a [u8]) {
    (name, EntryType::Regular, bytes)
}

#[test]
fn the_same_files_give_the_same_bytes_and_come_back() {
    let mut turned = files();
    turned.reverse();
    let turned = Contents::of_files("elsewhere", turned)
        .expect("a list")
        .sealed();
    let pack = sealed().to_pack().expect("packs");
    assert_eq!(turned.to_pack().expect("packs"), pack);
    let contents = read(&pack).expect("reads");
    let list = contents
        .load(Lexicon::embedded(), Trust::Unsigned)
        .expect("loads");
    assert_eq!((list.head.id.as_str(), list.entries.len()), ("house", 2));
    assert_eq!(list.trust, Trust::Unsigned);
    assert_eq!(contents.to_pack().expect("packs"), pack);
    // The sum of the list is that of its folder.
    let texts = [("list.toml", LIST), ("words.toml", WORDS)];
    let texts = texts.map(|(name, bytes)| (name, std::str::from_utf8(bytes).expect("UTF-8")));
    let folder = tidewaiter::list::load(Lexicon::embedded(), texts).expect("loads");
    assert_eq!(list.sha256, folder.sha256);
}

#[test]
fn a_signed_pack_is_trusted_with_its_key_alone() {
    let (pair, key) = key_pair();
    let (_, other) = key_pair();
    let pack = signed(&pair).to_pack().expect("packs");
    let contents = read(&pack).expect("reads");
    let check = |keys: &[TrustedKey]| contents.check(keys).expect("sealed");
    let good = check(&[other.clone(), key.clone()]);
    assert_eq!(
        good.seal,
        Seal::Signed {
            key: key.id().to_owned(),
            comment: "house".to_owned()
        }
    );
    let trust = good.trust(Permission::default()).expect("trusted");
    assert_eq!(trust.to_string(), format!("signed by key {}", key.id()));
    for keys in [&[][..], &[other]] {
        let message = check(keys)
            .trust(Permission::default())
            .expect_err("unknown")
            .to_string();
        assert!(
            message.starts_with(&format!(
                "house.tar: signed by key {}, which is none",
                key.id()
            )),
            "{message}"
        );
        let permission = Permission {
            unsigned: true,
            altered: false,
        };
        let trust = check(keys).trust(permission).expect("permitted");
        assert_eq!(
            trust,
            Trust::UnknownKey {
                key: key.id().to_owned()
            }
        );
    }
}

#[test]
fn an_unsigned_pack_needs_permission() {
    let pack = sealed().to_pack().expect("packs");
    assert!(refused(&pack, &[]).starts_with("house.tar: not signed, so nobody vouches for it"));
    let sealed = read(&pack).expect("reads").check(&[]).expect("sealed");
    let altered = Permission {
        unsigned: false,
        altered: true,
    };
    assert!(sealed.trust(altered).is_err());
    let unsigned = Permission {
        unsigned: true,
        altered: false,
    };
    assert_eq!(sealed.trust(unsigned).expect("permitted"), Trust::Unsigned);
}

#[test]
fn an_altered_pack_names_the_file() {
    let (pair, key) = key_pair();
    let contents = signed(&pair);
    let manifest = contents.manifest().expect("sealed").as_bytes().to_vec();
    let pack = contents.to_pack().expect("packs");
    let signature = archive_file(&pack, SIGNATURE);
    let changed = [LIST, b"\n# weaker\n"].concat();
    let keys = [key.clone()];
    let said = |entries: &[(&str, EntryType, &[u8])]| refused(&tar(entries), &keys);
    let (seal, signature) = (plain(MANIFEST, &manifest), plain(SIGNATURE, &signature));
    let (list, words) = (plain("list.toml", LIST), plain("words.toml", WORDS));
    for (entries, words) in [
        (
            vec![seal, signature, plain("list.toml", &changed), words],
            "list.toml differs from the manifest",
        ),
        (vec![seal, signature, list], "words.toml is missing"),
        (
            vec![seal, signature, list, words, plain("more.toml", b"")],
            "more.toml isn't in the manifest",
        ),
    ] {
        let message = said(&entries);
        assert!(
            message.starts_with(&format!("house.tar: not what was sealed: {words}; ")),
            "{message}"
        );
    }
    // A manifest made anew for the altered file isn't the one that was signed.
    let files = [
        ("list.toml".to_owned(), changed.clone()),
        ("words.toml".to_owned(), WORDS.to_vec()),
    ];
    let forged = Contents::of_files("x", files).expect("a list").sealed();
    let forged = forged.manifest().expect("sealed").as_bytes().to_vec();
    let entries = [
        plain(MANIFEST, &forged),
        signature,
        plain("list.toml", &changed),
        words,
    ];
    let message = said(&entries);
    let expected = format!("{MANIFEST} isn't what key {} signed", key.id());
    assert!(message.contains(&expected), "{message}");
    // By permission it is taken, and the report says so.
    let sealed = read(&tar(&entries))
        .expect("reads")
        .check(&keys)
        .expect("sealed");
    let permission = Permission {
        unsigned: true,
        altered: true,
    };
    let trust = sealed.trust(permission).expect("permitted");
    assert_eq!(
        trust,
        Trust::Altered {
            files: vec![MANIFEST.to_owned()]
        }
    );
    assert_eq!(sealed.files["list.toml"], FileState::Intact);
}

/// The content of a file of a sound pack, by reading the tar file.
fn archive_file(pack: &[u8], name: &str) -> Vec<u8> {
    let mut archive = tar::Archive::new(pack);
    let mut entries = archive.entries().expect("a tar file");
    let mut entry = entries
        .find_map(|e| e.ok().filter(|e| e.path_bytes() == name.as_bytes()))
        .expect("in it");
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut entry, &mut bytes).expect("in memory");
    bytes
}

#[test]
fn what_does_not_belong_in_a_pack_is_refused() {
    let manifest = sealed().manifest().expect("sealed").as_bytes().to_vec();
    let seal = plain(MANIFEST, &manifest);
    let long = format!("{}.toml", "x".repeat(95));
    for (entries, words) in [
        (
            vec![seal, plain("../list.toml", LIST)],
            "\"../list.toml\" names a place",
        ),
        (
            vec![seal, plain("/etc/list.toml", LIST)],
            "\"/etc/list.toml\" names a place",
        ),
        (vec![seal, plain("c:\\list.toml", LIST)], "names a place"),
        (
            vec![seal, plain(".list.toml", LIST)],
            "is no name for a file",
        ),
        (
            vec![seal, plain("l\u{202e}ist.toml", LIST)],
            "is no name for a file",
        ),
        (
            vec![seal, plain("run.sh", b"")],
            "\"run.sh\" doesn't belong in a pack",
        ),
        (
            vec![seal, plain(&long, b""), plain(&long, b"")],
            "is in it twice",
        ),
        (
            vec![seal, seal, plain("list.toml", LIST)],
            "\"MANIFEST.sha256\" is in it twice",
        ),
        (
            vec![seal, ("list.toml", EntryType::Symlink, b"")],
            "is a symbolic link",
        ),
        (
            vec![seal, ("list.toml", EntryType::Link, b"")],
            "is a hard link",
        ),
        (
            vec![seal, ("list.toml", EntryType::Directory, b"")],
            "is a folder",
        ),
        (
            vec![seal, ("list.toml", EntryType::GNULongName, b"/etc/x.toml")],
            "is a header with a long name",
        ),
        (
            vec![seal, ("list.toml", EntryType::XHeader, b"11 path=/x\n")],
            "is an extended header",
        ),
        (
            vec![seal, ("list.toml", EntryType::GNUSparse, b"")],
            "is a sparse file",
        ),
        (
            vec![seal, ("list.toml", EntryType::Block, b"")],
            "is a device",
        ),
        (vec![plain("list.toml", LIST)], "no MANIFEST.sha256 in it"),
        (vec![seal], "no .toml file in it"),
        (
            vec![plain(MANIFEST, &[0xff]), plain("list.toml", LIST)],
            "this isn't text in UTF-8",
        ),
    ] {
        let message = refused(&tar(&entries), &[]);
        assert!(
            message.starts_with("house.tar") && message.contains(words),
            "{message}"
        );
    }
    let many: Vec<String> = (0..1002).map(|n| format!("{n}.toml")).collect();
    let many: Vec<_> = many.iter().map(|name| plain(name, b"")).collect();
    assert!(refused(&tar(&many), &[]).contains("more than 1000 files"));
}

#[test]
fn sizes_are_looked_at_before_anything_is_copied() {
    let mut header = Header::new_ustar();
    header.as_mut_bytes()[..9].copy_from_slice(b"list.toml");
    header.set_entry_type(EntryType::Regular);
    header.set_size(1 << 40);
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend([0; 2048]);
    let message = refused(&bytes, &[]);
    assert!(
        message.contains("says it has 1099511627776 bytes, more than the whole pack"),
        "{message}"
    );
    let message = refused(&vec![0; MOST_BYTES + 1], &[]);
    assert!(
        message.contains("larger than the 16777216 bytes"),
        "{message}"
    );
}

#[test]
fn what_is_cut_or_no_tar_file_at_all_says_so() {
    let pack = sealed().to_pack().expect("packs");
    for cut in [
        0,
        1,
        511,
        512,
        700,
        1024,
        3000,
        pack.len() - 1024,
        pack.len() - 1,
    ] {
        let message = refused(&pack[..cut], &[]);
        assert!(message.starts_with("house.tar: "), "{cut}: {message}");
    }
    // Whole blocks lost from the middle, with the end in place.
    let cut = [&pack[..1500], &[0; 1024]].concat();
    assert!(
        refused(&cut, &[]).contains("it ends inside \"list.toml\""),
        "{}",
        refused(&cut, &[])
    );
    for other in [
        &b"PK\x03\x04 a zip archive"[..],
        b"[list]\nid = \"x\"\n",
        &[0; 4096],
    ] {
        let message = refused(other, &[]);
        assert!(message.starts_with("house.tar: "), "{message}");
    }
}

#[test]
fn broken_files_inside_have_their_place() {
    for (bytes, words) in [
        (
            &b"[list]\nid = \"x\"\n[[entry\n"[..],
            "house.tar/list.toml:3:",
        ),
        (
            b"[list]\nid = \xff\n",
            "house.tar/list.toml: not UTF-8 from byte 12 on",
        ),
    ] {
        let files = [("list.toml".to_owned(), bytes.to_vec())];
        let contents = Contents::of_files("house", files).expect("files").sealed();
        let pack = contents.to_pack().expect("packs");
        let error = read(&pack).and_then(|c| c.load(Lexicon::embedded(), Trust::Unsigned));
        let message = error.expect_err("broken").to_string();
        assert!(message.starts_with(words), "{message}");
    }
    let escape = format!("{}  \u{1b}[2J.toml\n", "0".repeat(64));
    for (manifest, words) in [
        (
            escape.as_bytes(),
            "house.tar/MANIFEST.sha256:1: \"\\u{1b}[2J.toml\" is no name for a file",
        ),
        (
            &b"0123  list.toml\n"[..],
            "house.tar/MANIFEST.sha256:1: a line of the manifest is",
        ),
        (
            &[sums(LIST), sums(LIST)].concat().into_bytes(),
            "house.tar/MANIFEST.sha256:2: this file stands twice",
        ),
    ] {
        let message = refused(
            &tar(&[plain(MANIFEST, manifest), plain("list.toml", LIST)]),
            &[],
        );
        assert!(message.starts_with(words), "{message}");
    }
    let manifest = sums(LIST);
    let entries = [
        plain(MANIFEST, manifest.as_bytes()),
        plain(SIGNATURE, b"untrusted comment: x\nnot base64\n"),
        plain("list.toml", LIST),
    ];
    let message = refused(&tar(&entries), &[]);
    assert_eq!(
        message,
        "house.tar/MANIFEST.sha256.minisig: this is no minisign signature"
    );
}

/// A line of a manifest for the file `list.toml`.
fn sums(bytes: &[u8]) -> String {
    let files = [("list.toml".to_owned(), bytes.to_vec())];
    let contents = Contents::of_files("x", files).expect("a file").sealed();
    contents.manifest().expect("sealed").to_owned()
}

#[test]
fn a_signature_stays_with_its_manifest_only() {
    let (pair, _) = key_pair();
    let contents = signed(&pair);
    assert!(contents.clone().sealed().has_signature());
    let mut files = vec![
        ("list.toml".to_owned(), b"other".to_vec()),
        (
            MANIFEST.to_owned(),
            contents.manifest().expect("sealed").as_bytes().to_vec(),
        ),
    ];
    files.push((
        SIGNATURE.to_owned(),
        archive_file(&contents.to_pack().expect("packs"), SIGNATURE),
    ));
    let other = Contents::of_files("house", files).expect("files");
    assert!(other.has_signature());
    assert!(!other.sealed().has_signature());
}

#[test]
fn public_keys_are_read_from_a_file_or_a_word() {
    let word = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    for text in [
        word.to_owned(),
        format!("untrusted comment: minisign public key\n{word}\n"),
        format!("untrusted comment: x\r\n{word}\r\n"),
    ] {
        assert_eq!(
            text.parse::<TrustedKey>().expect("a key").id(),
            "E7620F1842B4E81F"
        );
    }
    for wrong in [
        "",
        "RWQ",
        "untrusted comment: x\n",
        &word[1..],
        &format!("{word}\n{word}"),
    ] {
        let error = wrong.parse::<TrustedKey>().expect_err(wrong).to_string();
        assert!(
            error.starts_with("this is no minisign public key"),
            "{error}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever byte of a signed pack is changed, it isn't trusted with another content.
    #[test]
    fn a_changed_byte_is_never_trusted(at in 0usize..6000, to: u8) {
        let (pair, key) = key_pair();
        let pack = signed(&pair).to_pack().expect("packs");
        let mut changed = pack.clone();
        let at = at % changed.len();
        changed[at] = to;
        let keys = [key];
        let used = read(&changed).and_then(|contents| {
            let trust = contents.check(&keys)?.trust(Permission::default())?;
            contents.load(Lexicon::embedded(), trust)
        });
        if let Ok(list) = used {
            let original = read(&pack).expect("reads").load(Lexicon::embedded(), Trust::Unsigned);
            prop_assert_eq!(list.sha256, original.expect("loads").sha256);
        }
    }

    /// No bytes make it panic or take more than they are.
    #[test]
    fn any_bytes_are_read_or_refused(
        mut bytes in proptest::collection::vec(any::<u8>(), 0..2048),
        magic: bool,
    ) {
        if magic && bytes.len() > 300 {
            bytes[257..263].copy_from_slice(b"ustar\0");
        }
        bytes.write_all(&[0; 1024]).expect("in memory");
        if let Ok(contents) = read(&bytes) {
            prop_assert!(contents.manifest().is_some());
        }
    }
}
