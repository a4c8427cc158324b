//! Turning the bytes of an input into UTF-8 while they stream by.
//!
//! The encoding is settled at the first byte that isn't ASCII, however late it comes: a manifest
//! whose first three thousand lines are English and whose next one is GBK is read as GBK.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::encoding::{self, Opening, PREFIX};
use super::foreign::Foreign;
use super::mixed;
use super::unpack::Unpack;
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
    inner: Unpack<R>,
    /// Bytes that were read and aren't decoded yet.
    raw: Vec<u8>,
    /// No more bytes will come.
    ended: bool,
    /// The decoder was told so.
    flushed: bool,
    /// `None` as long as everything was ASCII.
    decoder: Option<Decoder>,
    chosen: Chosen,
    /// Whether lines may be in another encoding: not when the caller named one.
    mixed: bool,
    /// A line that is too long to look at as a whole is being decoded.
    within_line: bool,
    /// Lines that were decoded.
    lines: u64,
    /// Lines that were in another encoding, by their number from 1, until they are asked for.
    others: VecDeque<(u64, &'static str)>,
}

/// The longest line that is looked at as a whole, in bytes.
const LONGEST_LINE: usize = PREFIX;

impl<R: Read> Decode<R> {
    /// Reads the beginning of an input and settles what can be settled.
    pub fn start(name: &str, inner: R, label: Option<&str>) -> Result<Decode<R>> {
        let given = label.map(for_label).transpose()?;
        let failed = |e| Error::io(name, "reading the manifest failed", e);
        let mut decode = Decode {
            inner: Unpack::start(inner).map_err(failed)?,
            raw: Vec::new(),
            ended: false,
            flushed: false,
            decoder: None,
            chosen: Chosen::Known,
            mixed: given.is_none(),
            within_line: false,
            lines: 0,
            others: VecDeque::new(),
        };
        decode.read_raw(PREFIX).map_err(failed)?;
        match encoding::opening(&decode.raw) {
            Opening::Mark(encoding, length) => {
                decode.raw.drain(..length);
                decode.take(encoding, Chosen::Known);
            }
            Opening::NotText(Foreign { what, advice }) => {
                return Err(Error::new(
                    ErrorKind::Manifest,
                    format!("this looks like {what}, not like a CSV or TSV table or JSON Lines; {advice}"),
                )
                .at(Location::new(name)));
            }
            _ if given.is_some() => decode.decoder = given.map(decoder_for),
            Opening::Zeros(encoding) => decode.take(encoding, Chosen::Guessed),
            Opening::Open if first_telling(&decode.raw).is_some() => decode.guess(),
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

    /// The encoding of a line between two that wasn't in the manifest's own encoding, if there
    /// was one. Lines are counted from 1 by their line feeds; ask in rising order.
    pub fn other_within(&mut self, first: u64, end: u64) -> Option<&'static str> {
        let mut found = None;
        while let Some((line, encoding)) = self.others.front().copied()
            && line < end
        {
            self.others.pop_front();
            if line >= first {
                found = Some(encoding);
            }
        }
        found
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
        self.ended.then(|| self.inner.sha256())
    }

    /// How many bytes were read so far, and their SHA-256; of a compressed input as it was given.
    pub fn so_far(&self) -> (u64, String) {
        (self.inner.bytes_read(), self.inner.sha256())
    }

    /// How many bytes were read so far, of a compressed input as it was given.
    pub fn bytes(&self) -> u64 {
        self.inner.bytes_read()
    }

    fn decode_raw(&mut self, out: &mut String) -> io::Result<()> {
        if self.decoder.is_none() {
            let plain = first_telling(&self.raw);
            let length = plain.unwrap_or(self.raw.len());
            // ASCII is ASCII whatever follows.
            out.push_str(&String::from_utf8_lossy(&self.raw[..length]));
            self.lines += memchr::memchr_iter(b'\n', &self.raw[..length]).count() as u64;
            self.raw.drain(..length);
            if plain.is_none() {
                self.flushed = self.ended;
                return Ok(());
            }
            self.read_raw(PREFIX)?;
            self.guess();
        }
        if self.mixed && decoder_is_ascii(self.decoder.as_ref()) {
            return self.decode_lines(out);
        }
        self.decode(self.raw.len(), self.ended, out);
        self.flushed = self.ended;
        Ok(())
    }

    /// Decodes whole lines, each in the encoding it is in.
    fn decode_lines(&mut self, out: &mut String) -> io::Result<()> {
        let mut from = 0;
        let end = loop {
            let feed = self.raw[from..].iter().rposition(|byte| *byte == b'\n');
            if let Some(at) = feed {
                break from + at + 1;
            }
            if self.ended || self.within_line || self.raw.len() >= LONGEST_LINE {
                break self.raw.len();
            }
            from = self.raw.len();
            self.read_raw(from + 1)?;
        };
        let main = self.decoder.as_ref().map_or(UTF_8, Decoder::encoding);
        let starts_whole = !self.within_line;
        if main == UTF_8
            && starts_whole
            && let Ok(text) = std::str::from_utf8(&self.raw[..end])
            && text.ends_with('\n')
        {
            // Whole lines that are all in the manifest's encoding: nothing to look at.
            out.push_str(text);
            self.lines += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
            self.raw.drain(..end);
            self.flushed = self.ended && self.raw.is_empty();
            return Ok(());
        }
        let chunk: Vec<u8> = self.raw[..end].to_vec();
        let nearby = OnceCell::new();
        let mut pending = 0;
        for line in chunk.split_inclusive(|byte| *byte == b'\n') {
            let whole = !std::mem::replace(&mut self.within_line, !line.ends_with(b"\n"));
            self.lines += 1;
            let encodings = || nearby.get_or_init(|| mixed::encodings_near(&chunk));
            match mixed::read(line, main, encodings).filter(|_| whole) {
                Some((text, encoding)) => {
                    self.decode(pending, false, out);
                    pending = 0;
                    self.raw.drain(..line.len());
                    out.push_str(&text);
                    self.others.push_back((self.lines, encoding.name()));
                }
                None => pending += line.len(),
            }
        }
        if self.within_line {
            self.lines -= 1;
        }
        let last = self.ended && self.raw.len() == pending;
        self.decode(pending, last, out);
        self.flushed = last;
        Ok(())
    }

    /// Decodes the next bytes in the manifest's own encoding.
    fn decode(&mut self, length: usize, last: bool, out: &mut String) {
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let most = decoder.max_utf8_buffer_length(length).unwrap_or(4 * PREFIX);
        out.reserve(most);
        let (_, read, _) = decoder.decode_to_string(&self.raw[..length], out, last);
        self.raw.drain(..read);
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

/// The first byte that isn't ASCII text: a high one, or the escape of ISO-2022-JP.
fn first_telling(bytes: &[u8]) -> Option<usize> {
    let escape = memchr::memchr(0x1B, bytes);
    let before = &bytes[..escape.unwrap_or(bytes.len())];
    if before.is_ascii() {
        return escape;
    }
    before.iter().position(|byte| *byte >= 0x80)
}

/// Whether line feeds are bytes of their own.
fn decoder_is_ascii(decoder: Option<&Decoder>) -> bool {
    decoder.is_some_and(|decoder| decoder.encoding().is_ascii_compatible())
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
