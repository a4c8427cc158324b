//! Public keys, and signatures held against them: minisign, by its own author's crate.

use minisign_verify::{PublicKey, Signature};

use super::Seal;
use crate::error::{Error, ErrorKind, Result};

/// A minisign public key whose signatures count.
///
/// ```
/// use tidewaiter::list::pack::TrustedKey;
/// let key: TrustedKey = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".parse()?;
/// assert_eq!(key.id(), "E7620F1842B4E81F");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TrustedKey {
    id: String,
    key: PublicKey,
}

impl std::str::FromStr for TrustedKey {
    type Err = Error;

    /// Reads the text of a public key file, or the key alone in base64.
    fn from_str(text: &str) -> Result<TrustedKey> {
        let lines = text.lines().map(str::trim);
        let mut lines = lines.filter(|l| !l.is_empty() && !l.starts_with("untrusted comment:"));
        let written = lines.next().unwrap_or_default();
        let read = PublicKey::from_base64(written).ok().zip(id(written));
        match read {
            Some((key, id)) if lines.next().is_none() => Ok(TrustedKey { id, key }),
            _ => {
                let message = "this is no minisign public key: a line \"untrusted comment: …\" \
                               and a line of 56 letters that begins with RW, or the latter alone";
                Err(Error::new(ErrorKind::Value, message))
            }
        }
    }
}

impl TrustedKey {
    /// Its id: 16 hexadecimal digits, as minisign prints them.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// What a signature is worth; or why it is none.
pub(super) fn check(
    signature: &str,
    manifest: &[u8],
    keys: &[TrustedKey],
) -> std::result::Result<Seal, String> {
    let broken = || "this is no minisign signature".to_owned();
    let read = Signature::decode(signature).map_err(|_| broken())?;
    let by = named_in(signature).ok_or_else(broken)?;
    let mut named = keys.iter().filter(|key| key.id == by).peekable();
    if named.peek().is_none() {
        return Ok(Seal::UnknownKey { key: by });
    }
    // Signatures of the old kind, not over a hash, are not made any more.
    let good = named.any(|key| key.key.verify(manifest, &read, false).is_ok());
    Ok(if good {
        Seal::Signed {
            key: by,
            comment: read.trusted_comment().to_owned(),
        }
    } else {
        Seal::Wrong { key: by }
    })
}

/// The id of the key that a signature names.
pub(super) fn named_in(signature: &str) -> Option<String> {
    signature.lines().nth(1).and_then(|line| id(line.trim()))
}

/// The id of the key in a public key or a signature: behind two bytes for the algorithm, eight
/// bytes, the last one first.
fn id(written: &str) -> Option<String> {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(written)
        .ok()?;
    let id: [u8; 8] = bytes.get(2..10)?.try_into().ok()?;
    Some(format!("{:016X}", u64::from_le_bytes(id)))
}
