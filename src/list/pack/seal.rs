//! What was sealed against what is there, and whether that is good enough.

use std::collections::{BTreeMap, BTreeSet};

use super::{MANIFEST, manifest};
use crate::error::{Error, ErrorKind, Location, Result};
use crate::list::Trust;

/// A sealed list, held against its manifest and the trusted keys.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sealed {
    /// What messages call it.
    pub name: String,
    /// Every file of it or of the manifest, by name.
    pub files: BTreeMap<String, FileState>,
    /// What its signature is worth.
    pub seal: Seal,
}

/// A file against the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// As it was sealed.
    Intact,
    /// Other bytes than were sealed.
    Changed,
    /// In the manifest, but not there.
    Missing,
    /// There, but not in the manifest.
    Added,
}

/// What a signature is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seal {
    /// There is none.
    Unsigned,
    /// It is a trusted key's, and is over just this manifest.
    Signed {
        /// The key's id.
        key: String,
        /// The comment that was signed with it.
        comment: String,
    },
    /// No trusted key has the id that it gives; it can't be checked.
    UnknownKey {
        /// That id.
        key: String,
    },
    /// It gives a trusted key's id, but isn't that key's over this manifest.
    Wrong {
        /// The key's id.
        key: String,
    },
}

/// What the caller takes although nobody vouches for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// Packs without a signature, or with one of a key that isn't trusted.
    pub unsigned: bool,
    /// Files that aren't what was sealed.
    pub altered: bool,
}

impl Sealed {
    /// The files that aren't as they were sealed; the manifest where its signature is wrong.
    #[must_use]
    pub fn altered(&self) -> Vec<String> {
        let manifest = matches!(self.seal, Seal::Wrong { .. }).then(|| MANIFEST.to_owned());
        let changed = self.files.iter().filter(|(_, s)| **s != FileState::Intact);
        let changed = changed.map(|(name, _)| name.clone());
        manifest.into_iter().chain(changed).collect()
    }

    /// What a report says of its trust, if it may be used.
    ///
    /// # Errors
    /// When it is altered, unsigned or signed by an unknown key, and that isn't permitted; the
    /// message names the files that differ, and the key.
    pub fn trust(&self, permission: Permission) -> Result<Trust> {
        let refuse = |message: String| {
            Err(Error::new(ErrorKind::List, message).at(Location::new(self.name.as_str())))
        };
        let altered = self.altered();
        if !altered.is_empty() {
            if permission.altered {
                return Ok(Trust::Altered { files: altered });
            }
            return refuse(format!(
                "not what was sealed: {}; get it anew from whoever made it (--allow-altered takes \
                 it as it is)",
                self.differences().join(", ")
            ));
        }
        match &self.seal {
            Seal::Signed { key, .. } => Ok(Trust::Signed { key: key.clone() }),
            Seal::Unsigned if permission.unsigned => Ok(Trust::Unsigned),
            Seal::Unsigned => refuse(
                "not signed, so nobody vouches for it; get a signed one from whoever made it \
                 (--allow-unsigned takes it as it is)"
                    .to_owned(),
            ),
            Seal::UnknownKey { key } if permission.unsigned => {
                Ok(Trust::UnknownKey { key: key.clone() })
            }
            Seal::UnknownKey { key } => refuse(format!(
                "signed by key {key}, which is none of the trusted keys; name the maker's public \
                 key with --trusted-key, if you have it from a place that you trust \
                 (--allow-unsigned takes the list as it is)"
            )),
            // Its manifest counts as altered, above.
            Seal::Wrong { key } => refuse(format!("the signature isn't one by key {key}")),
        }
    }

    /// Every difference in words.
    #[must_use]
    pub fn differences(&self) -> Vec<String> {
        let mut all = Vec::new();
        if let Seal::Wrong { key } = &self.seal {
            all.push(format!("{MANIFEST} isn't what key {key} signed"));
        }
        for (name, state) in &self.files {
            match state {
                FileState::Intact => {}
                state => all.push(format!("{name} {}", state.in_words())),
            }
        }
        all
    }
}

impl FileState {
    /// What is said of a file: `differs from the manifest`.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            FileState::Intact => "is as in the manifest",
            FileState::Changed => "differs from the manifest",
            FileState::Missing => "is missing",
            FileState::Added => "isn't in the manifest",
        }
    }
}

/// Every file against the sums of the manifest.
pub(super) fn compare(
    files: &BTreeMap<String, Vec<u8>>,
    sums: &BTreeMap<&str, &str>,
) -> BTreeMap<String, FileState> {
    let names: BTreeSet<&str> = files
        .keys()
        .map(|n| &**n)
        .chain(sums.keys().copied())
        .collect();
    let state = |name| match (files.get(name), sums.get(name)) {
        (Some(bytes), Some(sum)) if manifest::sum(bytes) == **sum => FileState::Intact,
        (Some(_), Some(_)) => FileState::Changed,
        (Some(_), None) => FileState::Added,
        (None, _) => FileState::Missing,
    };
    names
        .into_iter()
        .map(|n| (n.to_owned(), state(n)))
        .collect()
}
