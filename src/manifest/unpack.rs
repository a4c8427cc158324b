//! Taking an input out of its compression while it streams by, and hashing it as it was given.
//!
//! The kind is told by the first bytes, never by the name, so that a pipe is read as a file is.
//! No more is held than the decompressor's window: what a bomb of a few kilobytes unpacks to
//! costs time, as a file of that size does, but no memory.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use sha2::{Digest, Sha256};

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// The sixteen kinds of zstd frames to skip begin with any byte of 50 to 5F and these.
const SKIPPABLE: [u8; 3] = [0x2A, 0x4D, 0x18];

/// The largest window that a zstd stream may ask for: what `zstd --ultra -22` writes.
const MOST_WINDOW: u64 = 128 << 20;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// An input without its compression, if it has one.
pub(crate) enum Unpack<R> {
    Plain(Given<R>),
    Gzip(Box<MultiGzDecoder<BufReader<Given<R>>>>),
    Zstd(Box<Zstd<R>>),
}

impl<R: Read> Unpack<R> {
    /// Looks at the first bytes.
    pub fn start(mut inner: R) -> io::Result<Unpack<R>> {
        let mut first = Vec::with_capacity(4);
        inner.by_ref().take(4).read_to_end(&mut first)?;
        let is_gzip = first.starts_with(&GZIP);
        let is_zstd = first == ZSTD
            || matches!(first.first(), Some(0x50..=0x5F)) && first.ends_with(&SKIPPABLE);
        let given = Given {
            first: Cursor::new(first),
            inner,
            hasher: Sha256::new(),
            bytes: 0,
        };
        let buffered = |given| BufReader::with_capacity(PIECE, given);
        Ok(if is_gzip {
            Unpack::Gzip(Box::new(MultiGzDecoder::new(buffered(given))))
        } else if is_zstd {
            let mut decoder = FrameDecoder::new();
            decoder.set_max_window_size(MOST_WINDOW);
            Unpack::Zstd(Box::new(Zstd {
                input: buffered(given),
                decoder,
                within: false,
            }))
        } else {
            Unpack::Plain(given)
        })
    }

    /// How many bytes of the input were read, as it was given.
    pub fn bytes_read(&self) -> u64 {
        self.given().bytes
    }

    /// The SHA-256 of the bytes that were read, as they were given, in hexadecimal.
    pub fn sha256(&self) -> String {
        let digest = self.given().hasher.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn given(&self) -> &Given<R> {
        match self {
            Unpack::Plain(given) => given,
            Unpack::Gzip(decoder) => decoder.get_ref().get_ref(),
            Unpack::Zstd(zstd) => zstd.input.get_ref(),
        }
    }
}

impl<R: Read> Read for Unpack<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Unpack::Plain(given) => given.read(out),
            Unpack::Gzip(decoder) => decoder.read(out),
            Unpack::Zstd(zstd) => zstd.read(out),
        }
    }
}

/// The input as it was given, hashed on its way.
pub(crate) struct Given<R> {
    /// The bytes that were looked at to tell the compression.
    first: Cursor<Vec<u8>>,
    inner: R,
    hasher: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Given<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut read = self.first.read(out)?;
        if read == 0 {
            read = self.inner.read(out)?;
        }
        self.hasher.update(&out[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// One zstd frame after another, as `zstd` and `pzstd` write them.
pub(crate) struct Zstd<R> {
    input: BufReader<Given<R>>,
    decoder: FrameDecoder,
    /// A frame was begun and not ended.
    within: bool,
}

impl<R: Read> Zstd<R> {
    /// Begins the next frame; false at the end of the input.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.input.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.input) {
                Ok(()) => {
                    self.within = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.input.by_ref().take(u64::from(length));
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(broken(&error)),
            }
        }
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy::UptoBlocks;
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(out);
            }
            if self.within && self.decoder.is_finished() {
                self.within = false;
                let stated = self.decoder.get_checksum_from_data();
                if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
                    let message = "the checksum of the zstd stream is wrong: the file is damaged";
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
            }
            if self.within {
                let blocks = self.decoder.decode_blocks(&mut self.input, UptoBlocks(1));
                blocks.map_err(|error| broken(&error))?;
            } else if !self.begin()? {
                return Ok(0);
            }
        }
    }
}

fn broken(error: &FrameDecoderError) -> io::Error {
    let message = format!("the zstd stream can't be unpacked: {error}");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::Unpack;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn unpacked(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Unpack::start(bytes)?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn members_and_frames_follow_one_another() {
        let zstd = |bytes: &[u8]| compress_to_vec(bytes, CompressionLevel::Fastest);
        let skipped = b"\x5A\x2A\x4D\x18\x03\0\0\0abc";
        for packed in [
            [gzip(b"goods\n"), gzip(b""), gzip(b"PUMP\n")].concat(),
            [zstd(b"goods\n"), skipped.to_vec(), zstd(b"PUMP\n")].concat(),
            [skipped.to_vec(), zstd(b"goods\nPUMP\n")].concat(),
            b"goods\nPUMP\n".to_vec(),
        ] {
            assert_eq!(unpacked(&packed).expect("sound"), b"goods\nPUMP\n");
            let mut unpack = Unpack::start(&packed[..]).expect("sound");
            std::io::copy(&mut unpack, &mut std::io::sink()).expect("sound");
            assert_eq!(unpack.bytes_read(), packed.len() as u64);
        }
        assert_eq!(unpacked(b"").expect("sound"), b"");
        assert_eq!(unpacked(b"\x1F").expect("no gzip yet"), b"\x1F");
    }

    #[test]
    fn damage_is_an_error_and_never_an_early_end() {
        let text = "PUMP, VACUUM\n".repeat(5000);
        for packed in [
            gzip(text.as_bytes()),
            compress_to_vec(text.as_bytes(), CompressionLevel::Fastest),
        ] {
            for cut in [5, packed.len() / 2, packed.len() - 1] {
                assert!(unpacked(&packed[..cut]).is_err(), "{cut}");
            }
            let mut damaged = packed.clone();
            let last = damaged.len() - 5;
            damaged[last] ^= 0x55;
            assert!(unpacked(&damaged).is_err());
        }
    }

    #[test]
    fn a_window_beyond_bounds_is_refused() {
        // A frame header that asks for 2 GiB: no single segment, window descriptor 0xA8.
        let frame = b"\x28\xB5\x2F\xFD\x00\xA8\x01\x00\x00";
        let message = unpacked(frame).expect_err("too large").to_string();
        assert!(message.contains("can't be unpacked"), "{message}");
    }
}
