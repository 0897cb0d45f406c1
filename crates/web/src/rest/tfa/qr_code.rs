//! A QR code as a PNG picture, the form in which Commerce gives it to programs: grey, one bit a
//! pixel, every module a square.

use crate::problem::Problem;
use data_encoding::BASE64;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use qrcode::{Color, EcLevel, QrCode};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use std::io::Write;

/// Empty modules around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// Pixels of a module's side: eight are one byte of a line.
const SIDE: usize = 8;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Draws an address, for a field of JSON.
pub(super) fn png_in_base64(address: &SecretString) -> Result<SecretString, Problem> {
    let text = address.expose_secret().as_bytes();
    // What went wrong is not told along: it would be about a secret.
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| Problem::fault(&"an address was too long for a QR code"))?;
    let picture = png(&code).map_err(|error| Problem::fault(&error))?;
    Ok(BASE64.encode(picture.expose_secret()).into())
}

fn png(code: &QrCode) -> Result<SecretBox<Vec<u8>>, std::io::Error> {
    let size = code.width().saturating_add(2 * QUIET);
    let pixels = u32::try_from(size.saturating_mul(SIDE)).map_err(std::io::Error::other)?;
    // Width, height, one bit a pixel, grey, and the only methods there are.
    let [width, height] = [pixels.to_be_bytes(); 2];
    let header = [&width[..], &height[..], &[1, 0, 0, 0, 0]].concat();
    let mut lines = ZlibEncoder::new(Vec::new(), Compression::default());
    for line in lines_of(code, size) {
        for _ in 0..SIDE {
            // Each line says how it is written: as it is.
            lines.write_all(&[0])?;
            lines.write_all(&line)?;
        }
    }
    let mut picture = SIGNATURE.to_vec();
    chunk(&mut picture, b"IHDR", &header)?;
    chunk(&mut picture, b"IDAT", &lines.finish()?)?;
    chunk(&mut picture, b"IEND", &[])?;
    Ok(SecretBox::new(Box::new(picture)))
}

/// The modules line by line with what is empty around them, a byte a module; light is all ones.
fn lines_of(code: &QrCode, size: usize) -> Vec<Vec<u8>> {
    let light = || vec![u8::MAX; size];
    let colors = code.to_colors();
    let drawn = colors.chunks(code.width()).map(|row| {
        let modules = row.iter().map(|color| match color {
            Color::Dark => 0,
            Color::Light => u8::MAX,
        });
        let margin = [u8::MAX; QUIET];
        margin.into_iter().chain(modules).chain(margin).collect()
    });
    let empty = || std::iter::repeat_with(light).take(QUIET);
    empty().chain(drawn).chain(empty()).collect()
}

/// A part of a picture: its length, its name, what is in it, and a checksum.
fn chunk(picture: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) -> Result<(), std::io::Error> {
    let length = u32::try_from(data.len()).map_err(std::io::Error::other)?;
    let mut checksum = Crc::new();
    checksum.update(name);
    checksum.update(data);
    picture.write_all(&length.to_be_bytes())?;
    picture.write_all(name)?;
    picture.write_all(data)?;
    picture.write_all(&checksum.sum().to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::ZlibDecoder;
    use std::io::Read;

    /// The chunks of a picture whose checksums are right, by name.
    fn chunks(picture: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut rest = picture.strip_prefix(SIGNATURE).unwrap();
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
            let (named, after) = rest[4..].split_at(4 + length);
            let mut checksum = Crc::new();
            checksum.update(named);
            assert_eq!(after[..4], checksum.sum().to_be_bytes());
            let name = String::from_utf8(named[..4].to_vec()).unwrap();
            chunks.push((name, named[4..].to_vec()));
            rest = &after[4..];
        }
        chunks
    }

    #[test]
    fn the_picture_has_the_very_modules_of_the_code_and_a_quiet_zone() {
        let address = SecretString::from("otpauth://totp/shop.test:ann%40shop.test?secret=MFRGGZA");
        let picture = png_in_base64(&address).unwrap();
        let picture = BASE64.decode(picture.expose_secret().as_bytes()).unwrap();
        let chunks = chunks(&picture);
        let names: Vec<&str> = chunks.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["IHDR", "IDAT", "IEND"]);
        let text = address.expose_secret().as_bytes();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let size = code.width() + 8;
        let side = u32::try_from(size * 8).unwrap().to_be_bytes();
        assert_eq!(chunks[0].1, [&side[..], &side, &[1, 0, 0, 0, 0]].concat());
        let mut lines = Vec::new();
        let mut packed = ZlibDecoder::new(&chunks[1].1[..]);
        packed.read_to_end(&mut lines).unwrap();
        assert_eq!(lines.len(), size * 8 * (size + 1));
        for (y, line) in lines.chunks(size + 1).enumerate() {
            assert_eq!(line[0], 0);
            for (x, byte) in line[1..].iter().enumerate() {
                let inside = |at: usize| (4..size - 4).contains(&at);
                let is_dark = inside(x) && inside(y / 8) && code[(x - 4, y / 8 - 4)] == Color::Dark;
                assert_eq!(*byte, if is_dark { 0 } else { 255 }, "{x} {y}");
            }
        }
    }

    #[test]
    fn what_is_too_long_is_a_fault_that_does_not_quote_it() {
        let address = SecretString::from("x".repeat(5000));
        let drawn = png_in_base64(&address);
        assert!(matches!(drawn, Err(Problem::Fault { .. })));
    }
}
