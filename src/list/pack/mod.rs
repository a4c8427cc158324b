//! Packs: a list sealed for others.
//!
//! Whoever screens with somebody else's list must know that it is whole and whose it is. A sealed
//! list is its `.toml` files, a manifest with the SHA-256 of each ([`MANIFEST`], as `sha256sum`
//! writes and checks it), and a signature over the manifest ([`SIGNATURE`], as minisign writes and
//! checks it). In a folder or packed into one tar file it is the same three things, so that a pack
//! can be looked at and checked with tools that everybody has:
//! `tar xf house.tar; minisign -Vm MANIFEST.sha256 -p key.pub; sha256sum -c MANIFEST.sha256`.
//!
//! The signature is over the manifest and not over the tar file, so that an altered pack can be
//! told by the file that differs. The same files give the same bytes of a pack. minisign draws
//! random numbers for each signature, so two signatures of the same files differ.
//!
//! A pack is read into memory, never unpacked to a disk: nothing in it can name a place. What it
//! may hold is written in `archive`, with its limits.

mod archive;
mod key;
mod manifest;
mod seal;

use std::collections::BTreeMap;

pub use archive::MOST_BYTES;
pub use key::TrustedKey;
pub use seal::{FileState, Permission, Seal, Sealed};

use crate::error::{Error, ErrorKind, Location, Result};
use crate::lexicon::Lexicon;
use crate::list::{ControlList, Trust, load};

/// The name of the manifest in a pack or a folder.
pub const MANIFEST: &str = "MANIFEST.sha256";
/// The name of the signature in a pack or a folder.
pub const SIGNATURE: &str = "MANIFEST.sha256.minisig";

/// The files of a list, with their manifest and signature if it is sealed.
///
/// ```
/// use tidewaiter::list::pack::Contents;
/// let contents = Contents::of_files("house", [("list.toml".to_owned(), b"[list]".to_vec())])?;
/// let pack = contents.sealed().to_pack()?;
/// let read = Contents::read_pack("house.tar", &pack)?;
/// assert_eq!(read.check(&[])?.altered(), Vec::<String>::new());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// What messages call it: the path of the pack or of the folder.
    name: String,
    /// The `.toml` files by name.
    files: BTreeMap<String, Vec<u8>>,
    manifest: Option<String>,
    signature: Option<String>,
}

impl Contents {
    /// The files of a folder by their names, the manifest and the signature among them if it has
    /// them. What else is in the folder is left out.
    ///
    /// # Errors
    /// When there is no `.toml` file, or the manifest or signature isn't text.
    pub fn of_files(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Contents> {
        let mut contents = Contents {
            name: name.into(),
            files: BTreeMap::new(),
            manifest: None,
            signature: None,
        };
        for (name, bytes) in files {
            contents.add(name, bytes)?;
        }
        if contents.files.is_empty() {
            return Err(contents.error("no .toml file in it"));
        }
        Ok(contents)
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// When it isn't one, is cut short, is larger than [`MOST_BYTES`], or holds anything but plain
    /// files with plain names, each once.
    pub fn read_pack(name: impl Into<String>, bytes: &[u8]) -> Result<Contents> {
        let name = name.into();
        let files = archive::read(&name, bytes)?;
        let contents = Contents::of_files(name, files)?;
        if contents.manifest.is_none() {
            let message = format!("no {MANIFEST} in it, so it is no pack of a list");
            return Err(contents.error(message));
        }
        Ok(contents)
    }

    /// The same files with a manifest made from them. A signature stays if it is one of just this
    /// manifest's text.
    #[must_use]
    pub fn sealed(mut self) -> Contents {
        let manifest = manifest::write(&self.files);
        if self.manifest.as_deref() != Some(&*manifest) {
            self.signature = None;
        }
        self.manifest = Some(manifest);
        self
    }

    /// The same with a signature over its manifest, as minisign writes it.
    #[must_use]
    pub fn with_signature(mut self, signature: impl Into<String>) -> Contents {
        self.signature = Some(signature.into());
        self
    }

    /// The bytes of the pack: the same contents give the same bytes.
    ///
    /// # Errors
    /// When it has no manifest yet, or would be refused when read again.
    pub fn to_pack(&self) -> Result<Vec<u8>> {
        let Some(manifest) = &self.manifest else {
            return Err(self.error("it isn't sealed yet"));
        };
        let mut all = vec![(MANIFEST, manifest.as_bytes())];
        if let Some(signature) = &self.signature {
            all.push((SIGNATURE, signature.as_bytes()));
        }
        all.extend(self.files.iter().map(|(name, bytes)| (&**name, &**bytes)));
        archive::write(&self.name, &all)
    }

    /// Holds the files against the manifest and the signature against the keys.
    ///
    /// # Errors
    /// When it isn't sealed, or its manifest or signature can't be read as one.
    pub fn check(&self, keys: &[TrustedKey]) -> Result<Sealed> {
        let Some(manifest) = &self.manifest else {
            let message = format!("no {MANIFEST} in it, so there is nothing to hold it against");
            return Err(self.error(message));
        };
        let place = self.place(MANIFEST);
        let sums = manifest::read(manifest).map_err(|(line, message)| {
            Error::new(ErrorKind::List, message).at(Location::new(place).at_line(line))
        })?;
        let files = seal::compare(&self.files, &sums);
        let seal = match &self.signature {
            None => Seal::Unsigned,
            Some(signature) => key::check(signature, manifest.as_bytes(), keys).map_err(|e| {
                Error::new(ErrorKind::List, e).at(Location::new(self.place(SIGNATURE)))
            })?,
        };
        Ok(Sealed {
            name: self.name.clone(),
            files,
            seal,
        })
    }

    /// Its manifest, which is what a signature signs.
    #[must_use]
    pub fn manifest(&self) -> Option<&str> {
        self.manifest.as_deref()
    }

    /// Whether it has a signature, of whatever worth.
    #[must_use]
    pub fn has_signature(&self) -> bool {
        self.signature.is_some()
    }

    /// The id that its signature gives for its key; nobody has checked it here.
    #[must_use]
    pub fn signing_key(&self) -> Option<String> {
        self.signature.as_deref().and_then(key::named_in)
    }

    /// The list in it.
    ///
    /// # Errors
    /// When a file isn't UTF-8, or the list can't be loaded.
    pub fn load(&self, lexicon: &Lexicon, trust: Trust) -> Result<ControlList> {
        let mut texts = Vec::new();
        for (name, bytes) in &self.files {
            let text = std::str::from_utf8(bytes).map_err(|e| {
                let message = format!("not UTF-8 from byte {} on", e.valid_up_to());
                Error::new(ErrorKind::List, message).at(Location::new(self.place(name)))
            })?;
            texts.push((self.place(name), text));
        }
        let mut list = load(lexicon, texts.iter().map(|(name, text)| (&**name, *text)))?;
        list.trust = trust;
        Ok(list)
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) -> Result<()> {
        let text = |bytes| {
            String::from_utf8(bytes).map_err(|_| {
                let message = "this isn't text in UTF-8";
                Error::new(ErrorKind::List, message).at(Location::new(self.place(&name)))
            })
        };
        match &*name {
            MANIFEST => self.manifest = Some(text(bytes)?),
            SIGNATURE => self.signature = Some(text(bytes)?),
            _ if name.ends_with(".toml") => {
                self.files.insert(name, bytes);
            }
            _ => {}
        }
        Ok(())
    }

    fn place(&self, file: &str) -> String {
        format!("{}/{file}", self.name.trim_end_matches('/'))
    }

    fn error(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::List, message).at(Location::new(self.name.as_str()))
    }
}
