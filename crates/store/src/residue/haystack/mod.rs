//! How deep bytes are looked into: first as they are, then inside what they wrap. Encrypted values
//! are opened with the instance's keys, base64 is decoded, gzip and zlib are unpacked, and what
//! comes out is looked into in the same way, a few layers deep and never beyond a bounded size.

mod base64_run;
mod packed;
mod sealed;
mod stream;

pub(super) use packed::{Packing, packing, unpacked};
pub(super) use stream::{Position, Stream};

use super::forms::{Encoding, SecretBytes};
use super::needle::{Needles, Part};
use commerce::encryption::Keyring;
use zeroize::Zeroizing;

/// How many wrappings may be around a value. A session is base64 around a serialized array around
/// JSON around an encrypted value: two of these; twice as many is generous.
const DEEPEST: usize = 4;

/// The longest unbroken run of base64 that is opened whole, and the most that one packed value may
/// unpack to, in bytes. Tests reach a smaller bound sooner.
const LARGEST: usize = if cfg!(test) { 1 << 20 } else { 16 << 20 };

/// How many bytes one look may unwrap in all. Wrappings multiply, and whoever can write a log line
/// could otherwise keep the search busy for hours.
const MOST_UNWRAPPED: usize = 16 * LARGEST;

/// What can be around the bytes at hand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    Encrypted,
    Base64,
    Compressed,
}

impl Layer {
    fn name(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::Base64 => "base64",
            Self::Compressed => "compressed",
        }
    }
}

/// One value seen somewhere.
pub(super) struct Sighting {
    /// Number of its label.
    pub(super) label: usize,
    /// How it was written, wrappings included.
    pub(super) form: String,
    /// Whether it was the beginning of a long value only.
    pub(super) is_beginning: bool,
    /// Where in the bytes that were given; for a wrapped value, where its wrapping begins.
    pub(super) offset: usize,
}

/// What was seen in some bytes.
#[derive(Default)]
pub(super) struct View {
    pub(super) sightings: Vec<Sighting>,
    pub(super) opened: u64,
    pub(super) sealed: u64,
    /// Bytes that came out of wrappings.
    pub(super) unwrapped: usize,
    /// Whether something was too large to be opened whole.
    pub(super) is_cut: bool,
}

/// The values to look for and the keys to look with.
#[derive(Clone, Copy)]
pub(super) struct Haystack<'a> {
    pub(super) needles: &'a Needles,
    pub(super) keyring: &'a Keyring,
}

/// Where in the nest of wrappings a look takes place.
#[derive(Clone, Copy, Default)]
struct Depth {
    /// From the outermost inwards; nothing from where the bytes at hand are.
    layers: [Option<Layer>; DEEPEST],
    /// Where the outermost wrapping begins.
    origin: Option<usize>,
}

impl Depth {
    /// One wrapping further in, if that is not too deep.
    fn under(mut self, layer: Layer, start: usize) -> Option<Self> {
        let free = self.layers.iter_mut().find(|layer| layer.is_none())?;
        *free = Some(layer);
        self.origin = self.origin.or(Some(start));
        Some(self)
    }

    fn innermost(&self) -> Option<Layer> {
        self.layers.iter().rev().find_map(|layer| *layer)
    }

    fn is_deepest(&self) -> bool {
        self.layers.iter().all(Option::is_some)
    }

    /// From the inside out: `hex in encrypted in base64`.
    fn name_of(&self, encoding: Encoding) -> String {
        let layers = self.layers.iter().rev().flatten().map(|layer| layer.name());
        let is_plain = encoding == Encoding::Clear && self.innermost().is_some();
        let inner = (!is_plain).then(|| encoding.name());
        inner
            .into_iter()
            .chain(layers)
            .collect::<Vec<_>>()
            .join(" in ")
    }
}

impl Haystack<'_> {
    /// Looks into one whole value: a cell, an entry.
    pub(super) fn look(&self, bytes: &[u8]) -> View {
        let mut view = View::default();
        let depth = Depth::default();
        self.look_at(bytes, 0, depth, &mut view);
        self.look_into_packed(bytes, depth, &mut view);
        view
    }

    /// Looks into a piece of something longer. What ends within the first `known` bytes was seen
    /// with the piece before.
    fn look_piece(&self, bytes: &[u8], known: usize) -> View {
        let mut view = View::default();
        let depth = Depth::default();
        self.look_at(bytes, known, depth, &mut view);
        view
    }

    fn look_at(&self, bytes: &[u8], known: usize, depth: Depth, view: &mut View) {
        let is_decoded = depth.innermost() == Some(Layer::Base64);
        self.needles.find_each(bytes, |pattern, range| {
            // What is clear inside base64 was found from outside, in its base64 form.
            if range.end > known && !(is_decoded && pattern.encoding == Encoding::Clear) {
                view.sightings.push(Sighting {
                    label: pattern.label,
                    form: depth.name_of(pattern.encoding),
                    is_beginning: pattern.part == Part::Beginning,
                    offset: depth.origin.unwrap_or(range.start),
                });
            }
        });
        if depth.is_deepest() {
            return;
        }
        sealed::find_each(bytes, |token, start| {
            if start + token.len() <= known {
                return;
            }
            match sealed::open(self.keyring, token) {
                Some(plain) => {
                    view.opened += 1;
                    self.look_under(Layer::Encrypted, &plain, start, depth, view);
                }
                None => view.sealed += u64::from(sealed::is_current(token)),
            }
        });
        base64_run::find_each(bytes, |run, start| {
            if start + run.len() > known
                && let Some(plain) = base64_run::decode(run)
            {
                self.look_under(Layer::Base64, &plain, start, depth, view);
            }
        });
    }

    fn look_under(
        &self,
        layer: Layer,
        plain: &SecretBytes,
        start: usize,
        depth: Depth,
        view: &mut View,
    ) {
        view.unwrapped += plain.len();
        if view.unwrapped > MOST_UNWRAPPED {
            view.is_cut = true;
            return;
        }
        let Some(depth) = depth.under(layer, start) else {
            return;
        };
        self.look_at(plain, 0, depth, view);
        self.look_into_packed(plain, depth, view);
    }

    fn look_into_packed(&self, bytes: &[u8], depth: Depth, view: &mut View) {
        if depth.is_deepest() || view.unwrapped > MOST_UNWRAPPED {
            return;
        }
        if let Some((plain, is_whole)) = packed::unpack(bytes, LARGEST) {
            view.is_cut |= !is_whole;
            self.look_under(Layer::Compressed, &Zeroizing::new(plain), 0, depth, view);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Fixture, SECRET};
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    fn forms(text: impl AsRef<[u8]>) -> Vec<String> {
        let fixture = Fixture::new();
        let view = fixture.haystack().look(text.as_ref());
        view.sightings
            .into_iter()
            .map(|sighting| sighting.form)
            .collect()
    }

    fn encrypted(text: &str) -> String {
        Fixture::new().keyring.encrypt(text.as_bytes(), [7; 12])
    }

    /// As PHP stores a session in the database, and JSON as PHP writes it.
    fn session(value: &str) -> String {
        let json = serde_json::to_string(&[value]).unwrap().replace('/', "\\/");
        STANDARD.encode(format!(
            "admin|a:1:{{s:4:\"data\";s:{}:\"{json}\";}}",
            json.len()
        ))
    }

    #[test]
    fn encrypted_values_are_opened_wherever_they_stand() {
        assert_eq!(forms(encrypted(SECRET)), ["encrypted"]);
        assert_eq!(
            forms(format!("'value' => '{}',", encrypted(SECRET))),
            ["encrypted"]
        );
        assert_eq!(forms(session(&encrypted(SECRET))), ["encrypted in base64"]);
        assert_eq!(
            forms(URL_SAFE_NO_PAD.encode(encrypted(SECRET))),
            ["encrypted in base64"]
        );
        assert_eq!(
            forms(encrypted(&encrypted(SECRET))),
            ["encrypted in encrypted"]
        );
        assert_eq!(
            forms(encrypted(&STANDARD.encode(SECRET))),
            ["base64 in encrypted"]
        );
    }

    #[test]
    fn a_value_that_real_php_encrypted_is_opened() {
        let stored = "0:3:CngAlZFyLMhIJcqV2najkVulSd0RUh7kgdsjbeiI9q2yl0JdFDIYGbT+q091lNOtMcuv3/\
                      9L2C1KvCLqDIc=";
        assert_eq!(forms(stored), ["encrypted"]);
    }

    #[test]
    fn a_value_clear_inside_base64_counts_once() {
        assert_eq!(forms(session(SECRET)), ["base64"]);
        assert_eq!(
            forms(STANDARD.encode(session(SECRET))),
            ["base64 in base64"]
        );
    }

    #[test]
    fn compressed_values_are_unpacked() {
        let packed = |text: &str| {
            use std::io::Write;
            let level = flate2::Compression::default();
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let long = format!(
            "{SECRET}{}",
            (0..99).map(|n| n.to_string()).collect::<String>()
        );
        assert_eq!(forms(packed(&long)), ["compressed"]);
        assert_eq!(
            forms(STANDARD.encode(packed(&long))),
            ["compressed in base64"]
        );
    }

    #[test]
    fn another_key_of_the_instance_opens_a_value_that_names_the_wrong_one() {
        let fixture = Fixture::new();
        let renumbered = encrypted(SECRET).replacen("1:", "0:", 1);
        let view = fixture.haystack().look(renumbered.as_bytes());
        assert_eq!((view.sightings.len(), view.opened, view.sealed), (1, 1, 0));
    }

    #[test]
    fn a_value_that_no_key_opens_is_counted() {
        let other = Keyring::parse(&"z".repeat(32)).unwrap();
        let fixture = Fixture::new();
        let view = fixture
            .haystack()
            .look(other.encrypt(b"secret", [1; 12]).as_bytes());
        assert_eq!((view.sightings.len(), view.opened, view.sealed), (0, 0, 1));
    }

    #[test]
    fn wrappings_have_an_end_even_when_made_to_have_none() {
        let mut nested = SECRET.to_owned();
        for _ in 0..DEEPEST {
            nested = encrypted(&nested);
        }
        assert_eq!(forms(&nested).len(), 1);
        assert!(forms(encrypted(&nested)).is_empty());
        let bombs = {
            use std::io::Write;
            let level = flate2::Compression::best();
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
            encoder.write_all(&vec![b' '; LARGEST]).unwrap();
            format!("{} ", STANDARD.encode(encoder.finish().unwrap())).repeat(30)
        };
        let fixture = Fixture::new();
        let view = fixture.haystack().look(bombs.as_bytes());
        assert!(view.is_cut);
        assert!(view.unwrapped < MOST_UNWRAPPED + 2 * LARGEST);
    }

    #[test]
    fn random_bytes_are_nothing_and_break_nothing() {
        let mut state = 1_u64;
        let alphabet = b"0123:ABcd+/-_=\\ \n\x1f\x8b\x78\x9c";
        for length in 0..400 {
            let noise: Vec<u8> = (0..length * 5)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    alphabet[(state >> 33) as usize % alphabet.len()]
                })
                .collect();
            assert!(forms(noise).is_empty());
        }
    }
}
