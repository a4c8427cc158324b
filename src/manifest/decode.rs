//! Turning the bytes of an input into UTF-8 while they stream by, and hashing them.
//!
//! The encoding is settled at the first byte that isn't ASCII, however late it comes: a manifest
//! whose first three thousand lines are English and whose next one is GBK is read as GBK.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};
use sha2::{Digest, Sha256};

use super::encoding::{self, Opening, PREFIX};
use crate::error::{Error, ErrorKind, Location, Result};

/// How an encoding came to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// By the caller, a byte order mark or being UTF-8.
    Known,
    /// By the look of the bytes.
    Guessed,
}

pub(crate) struct Decode<R> {
    inner: R,
    hasher: Sha256,
    /// Bytes that were read and aren't decoded yet.
    raw: Vec<u8>,
    /// No more bytes will come.
    ended: bool,
    /// The decoder was told so.
    flushed: bool,
    /// `None` as long as everything was ASCII.
    decoder: Option<Decoder>,
    chosen: Chosen,
}

impl<R: Read> Decode<R> {
    /// Reads the beginning of an input and settles what can be settled.
    pub fn start(name: &str, inner: R, label: Option<&str>) -> Result<Decode<R>> {
        let given = label.map(for_label).transpose()?;
        let mut decode = Decode {
            inner,
            hasher: Sha256::new(),
            raw: Vec::new(),
            ended: false,
            flushed: false,
            decoder: None,
            chosen: Chosen::Known,
        };
        decode
            .read_raw(PREFIX)
            .map_err(|e| Error::io(name, "reading the manifest failed", e))?;
        match encoding::opening(&decode.raw) {
            Opening::Mark(encoding, length) => {
                decode.raw.drain(..length);
                decode.take(encoding, Chosen::Known);
            }
            Opening::NotText(what, advice) => {
                return Err(Error::new(
                    ErrorKind::Manifest,
                    format!("this looks like {what}, not like a CSV or TSV table; {advice}"),
                )
                .at(Location::new(name)));
            }
            _ if given.is_some() => decode.decoder = given.map(decoder_for),
            Opening::Zeros(encoding) => decode.take(encoding, Chosen::Guessed),
            Opening::Open if decode.raw.iter().any(|byte| is_telling(*byte)) => decode.guess(),
            Opening::Open => {}
        }
        Ok(decode)
    }

    /// Appends some decoded text; false when there is no more.
    pub fn fill(&mut self, out: &mut String) -> io::Result<bool> {
        let before = out.len();
        while out.len() == before && !self.flushed {
            if self.raw.is_empty() && !self.ended {
                self.read_raw(1)?;
            }
            self.decode_raw(out)?;
        }
        Ok(out.len() > before)
    }

    /// The encoding's name.
    pub fn encoding(&self) -> &'static str {
        self.decoder
            .as_ref()
            .map_or(UTF_8, Decoder::encoding)
            .name()
    }

    /// How the encoding was chosen.
    pub fn chosen(&self) -> Chosen {
        self.chosen
    }

    /// The SHA-256 of all bytes, in hexadecimal, once all were read.
    pub fn sha256(&self) -> Option<String> {
        if !self.ended {
            return None;
        }
        let digest = self.hasher.clone().finalize();
        Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn decode_raw(&mut self, out: &mut String) -> io::Result<()> {
        if self.decoder.is_none() {
            let plain = self.raw.iter().position(|byte| is_telling(*byte));
            let length = plain.unwrap_or(self.raw.len());
            // ASCII is ASCII whatever follows.
            out.push_str(&String::from_utf8_lossy(&self.raw[..length]));
            self.raw.drain(..length);
            if plain.is_none() {
                self.flushed = self.ended;
                return Ok(());
            }
            self.read_raw(PREFIX)?;
            self.guess();
        }
        if let Some(decoder) = &mut self.decoder {
            let most = decoder
                .max_utf8_buffer_length(self.raw.len())
                .unwrap_or(4 * PREFIX);
            out.reserve(most);
            let (_, read, _) = decoder.decode_to_string(&self.raw, out, self.ended);
            self.raw.drain(..read);
            self.flushed = self.ended && self.raw.is_empty();
        }
        Ok(())
    }

    /// Reads until at least this many bytes wait, or the input ends.
    fn read_raw(&mut self, wanted: usize) -> io::Result<()> {
        while self.raw.len() < wanted && !self.ended {
            let start = self.raw.len();
            self.raw.resize(start + PREFIX, 0);
            let read = loop {
                match self.inner.read(&mut self.raw[start..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other,
                }
            };
            self.raw
                .truncate(start + read.as_ref().map_or(0, |length| *length));
            self.hasher.update(&self.raw[start..]);
            self.ended = read? == 0;
        }
        Ok(())
    }

    fn guess(&mut self) {
        let encoding = encoding::detect(&self.raw, self.ended);
        let chosen = if encoding == UTF_8 {
            Chosen::Known
        } else {
            Chosen::Guessed
        };
        self.take(encoding, chosen);
    }

    fn take(&mut self, encoding: &'static Encoding, chosen: Chosen) {
        self.decoder = Some(decoder_for(encoding));
        self.chosen = chosen;
    }
}

/// Bytes that aren't ASCII text: high ones, and the escape of ISO-2022-JP.
fn is_telling(byte: u8) -> bool {
    byte >= 0x80 || byte == 0x1B
}

fn decoder_for(encoding: &'static Encoding) -> Decoder {
    encoding.new_decoder_without_bom_handling()
}

fn for_label(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
        Error::new(
            ErrorKind::Option,
            format!(
                "{label:?} is not an encoding; use a name such as utf-8, utf-16le, gb18030, big5, \
                 euc-kr, shift_jis or windows-1251"
            ),
        )
    })
}
