//! Symfony's box for errors: the sentence on its own coloured ground, as wide as its longest line.
//!
//! Lines break between words where they can, inside a word only where they must.
//! Layout: COMMERCE section 8.1.

use unicode_width::UnicodeWidthChar;

use super::text::{Style, Text, width};

/// The box around `message`: a blank line, the box, a blank line. `columns` is the width of the
/// screen; without one the lines stay whole.
#[must_use]
pub fn error_box(message: &str, columns: Option<usize>) -> Text {
    // Symfony keeps the last column free, and two blanks stand on either side of the text.
    let limit = columns.map(|columns| columns.saturating_sub(5).max(10));
    let lines: Vec<String> = message
        .trim()
        .lines()
        .flat_map(|line| wrap(line, limit))
        .collect();
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let blank = " ".repeat(widest + 4);
    let mut text = Text::new().plain("\n").styled(Style::Error, blank.as_str());
    for line in lines {
        let padding = " ".repeat(widest.saturating_sub(width(&line)));
        text = text
            .plain("\n")
            .styled(Style::Error, format!("  {line}{padding}  "));
    }
    text.plain("\n").styled(Style::Error, blank).plain("\n")
}

fn wrap(line: &str, limit: Option<usize>) -> Vec<String> {
    let Some(limit) = limit.filter(|limit| width(line) > *limit) else {
        return vec![line.trim_end().to_owned()];
    };
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split_inclusive(' ') {
        if width(&current) + width(word.trim_end()) > limit && !current.trim().is_empty() {
            lines.push(current.trim_end().to_owned());
            current.clear();
        }
        for character in word.chars() {
            if width(&current) + character.width().unwrap_or(0) > limit && character != ' ' {
                lines.push(current.trim_end().to_owned());
                current.clear();
            }
            current.push(character);
        }
    }
    if !current.trim().is_empty() {
        lines.push(current.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(message: &str, columns: Option<usize>) -> String {
        error_box(message, columns).bare().replace(' ', "·")
    }

    #[test]
    fn the_box_is_as_wide_as_its_longest_line() {
        let message = "The namespace \"a\" is ambiguous.\nDid you mean one of these?\n    admin.";
        let expected = "
···································
··The·namespace·\"a\"·is·ambiguous.··
··Did·you·mean·one·of·these?·······
······admin.·······················
···································
";
        assert_eq!(shown(message, None), expected);
    }

    #[test]
    fn width_is_counted_in_columns() {
        let expected = "\n········\n··日本··\n··e·····\n········\n";
        assert_eq!(shown("日本\ne", None), expected);
    }

    #[test]
    fn long_lines_break_between_words_and_long_words_inside() {
        let expected = "
···················
··the·client·······
··secret·is········
··wrong-wrong-wro··
··ng···············
···················
";
        assert_eq!(
            shown("the client secret is wrong-wrong-wrong", Some(20)),
            expected
        );
    }

    #[test]
    fn every_line_of_a_box_has_the_same_width() {
        for columns in 1..60 {
            let text = error_box(
                "größe-größe 日本日本日本日本 and\n  words e\u{301}",
                Some(columns),
            );
            let bare = text.bare();
            let widths: Vec<usize> = bare.trim_matches('\n').lines().map(width).collect();
            assert!(
                widths.windows(2).all(|pair| pair[0] == pair[1]),
                "{columns}: {bare}"
            );
        }
    }
}
