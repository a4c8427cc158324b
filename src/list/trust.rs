//! Where a list comes from, and who vouches for it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a list comes from, and who vouches for it; every report says it of every list.
///
/// ```
/// use tidewaiter::list::{Trust, embedded};
/// assert_eq!(embedded()[0].trust, Trust::Embedded);
/// assert_eq!(Trust::Unsigned.to_string(), "unsigned, taken by permission");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Trust {
    /// Built into the program.
    Embedded,
    /// Files that the caller named, without a signature.
    #[default]
    Folder,
    /// Unaltered, and signed with a key that the caller trusts.
    Signed {
        /// The key's id, 16 hexadecimal digits as minisign prints them.
        key: String,
    },
    /// A pack that nobody signed, taken by permission.
    Unsigned,
    /// Signed with a key that the caller didn't name, taken by permission.
    UnknownKey {
        /// The id that the signature gives for its key; nobody has checked it.
        key: String,
    },
    /// Not what was sealed, taken by permission.
    Altered {
        /// The names of the files that differ, are missing or were added.
        files: Vec<String>,
    },
}

impl fmt::Display for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trust::Embedded => f.write_str("embedded"),
            Trust::Folder => f.write_str("folder, unsigned"),
            Trust::Signed { key } => write!(f, "signed by key {key}"),
            Trust::Unsigned => f.write_str("unsigned, taken by permission"),
            Trust::UnknownKey { key } => {
                write!(f, "signed by the unknown key {key}, taken by permission")
            }
            Trust::Altered { files } => {
                write!(f, "altered ({}), taken by permission", files.join(", "))
            }
        }
    }
}
