//! Guesses which command was meant: close in spelling, or with the typed word inside.
//!
//! Names are compared part by part between colons and as a whole, as Symfony does it, so that
//! `cache:clen` finds `cache:clean` and `admin` finds everything under it.

use strsim::levenshtein;

/// Beyond this a name is no suggestion; a part that fits nowhere costs as much.
const MISS: usize = 1000;

/// The names worth suggesting for `typed`, in alphabetical order.
#[must_use]
pub(super) fn alternatives<'names>(typed: &str, names: &[&'names str]) -> Vec<&'names str> {
    let mut found: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| distance(typed, name).is_some_and(|distance| distance < 2 * MISS))
        .collect();
    found.sort_unstable_by_key(|name| name.to_lowercase());
    found
}

fn distance(typed: &str, name: &str) -> Option<usize> {
    let mut sum: Option<usize> = None;
    let mut parts = name.split(':');
    for typed_part in typed.split(':') {
        let near = parts.next().and_then(|part| nearness(typed_part, part));
        sum = match (sum, near) {
            (None, near) => near,
            (Some(sum), Some(near)) => Some(sum + near),
            (Some(sum), None) => Some(sum + MISS),
        };
    }
    match (sum, nearness(typed, name)) {
        (Some(sum), Some(near)) => Some(sum.saturating_sub(near)),
        (sum, near) => sum.or(near),
    }
}

fn nearness(typed: &str, name: &str) -> Option<usize> {
    let steps = levenshtein(typed, name);
    let close = steps * 3 <= typed.len();
    (close || (!typed.is_empty() && name.contains(typed))).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::alternatives;

    const NAMES: [&str; 6] = [
        "admin:adobe-ims:disable",
        "admin:adobe-ims:enable",
        "admin:user:unlock",
        "cache:clean",
        "config:set",
        "list",
    ];

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        assert_eq!(alternatives("cache:clen", &NAMES), ["cache:clean"]);
        assert_eq!(alternatives("lits", &NAMES), Vec::<&str>::new());
        assert_eq!(alternatives("lst", &NAMES), ["list"]);
    }

    #[test]
    fn a_part_of_a_name_finds_it() {
        assert_eq!(alternatives("clean", &NAMES), ["cache:clean"]);
        assert_eq!(
            alternatives("adobe-ims:disable", &NAMES),
            ["admin:adobe-ims:disable"]
        );
        assert_eq!(alternatives("conf", &NAMES), ["config:set"]);
        assert_eq!(alternatives("nope", &NAMES), Vec::<&str>::new());
    }
}
