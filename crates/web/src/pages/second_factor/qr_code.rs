//! A QR code as one path of an inline picture. Nothing is fetched for it, and its colours are
//! attributes: the pages allow no style of their own.

use crate::problem::Problem;
use qrcode::{Color, EcLevel, QrCode};
use secrecy::{ExposeSecret, SecretString};
use std::fmt::Write;

/// Empty modules around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// The drawing, in modules.
pub(super) struct Drawing {
    /// Width and height.
    pub(super) size: usize,
    /// The dark modules as a path.
    pub(super) path: SecretString,
}

/// Draws an address.
pub(super) fn draw(address: &SecretString) -> Result<Drawing, Problem> {
    let text = address.expose_secret().as_bytes();
    // What went wrong is not told along: it would be about a secret.
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| Problem::fault(&"an address was too long for a QR code"))?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        for run in dark_runs(row) {
            let (x, y, length) = (run.start + QUIET, y + QUIET, run.len());
            let drawn = write!(path, "M{x} {y}h{length}v1h-{length}z");
            drawn.map_err(|error| Problem::fault(&error))?;
        }
    }
    Ok(Drawing {
        size: width + 2 * QUIET,
        path: path.into(),
    })
}

/// Where a row is dark.
fn dark_runs(row: &[Color]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let dark = row
        .iter()
        .enumerate()
        .filter(|(_, color)| **color == Color::Dark);
    for (x, _) in dark {
        match runs.last_mut() {
            Some(run) if run.end == x => run.end = x + 1,
            _ => runs.push(x..x + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that a path darkens.
    fn modules(path: &str, size: usize) -> Vec<Vec<bool>> {
        let mut modules = vec![vec![false; size]; size];
        for rectangle in path.split('M').skip(1) {
            let (corner, rest) = rectangle.split_once('h').unwrap();
            let (x, y) = corner.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = rest.split('v').next().unwrap().parse().unwrap();
            modules[y][x..x + length].fill(true);
        }
        modules
    }

    #[test]
    fn the_path_has_the_very_modules_of_the_code_and_a_quiet_zone() {
        let address = SecretString::from("otpauth://totp/shop.test:ann%40shop.test?secret=MFRGGZA");
        let drawing = draw(&address).unwrap();
        let drawn = modules(drawing.path.expose_secret(), drawing.size);
        let text = address.expose_secret().as_bytes();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        for (y, row) in drawn.iter().enumerate() {
            for (x, is_dark) in row.iter().enumerate() {
                let inside = (QUIET..QUIET + code.width()).contains(&x)
                    && (QUIET..QUIET + code.width()).contains(&y);
                let expected = inside && code[(x - QUIET, y - QUIET)] == Color::Dark;
                assert_eq!(*is_dark, expected, "{x} {y}");
            }
        }
    }

    #[test]
    fn what_is_too_long_is_a_fault_that_does_not_quote_it() {
        let address = SecretString::from("x".repeat(5000));
        assert!(matches!(draw(&address), Err(Problem::Fault { .. })));
    }
}
