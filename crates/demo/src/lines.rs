//! Fits what commands say into the story: long lines are broken where a person would break them,
//! and the blank lines around an output give way to the story's own.

/// Longer lines are broken.
const WIDTH: usize = 92;

/// A line in parts that a narrow terminal has room for, indented like the first; all parts but
/// the last end with `mark`.
pub(crate) fn broken(line: &str, mark: &str) -> Vec<String> {
    let indentation = line.len() - line.trim_start().len();
    let mut parts: Vec<String> = Vec::new();
    let mut part = " ".repeat(indentation);
    for word in line.trim_start().split(' ') {
        let is_begun = part.len() > indentation;
        if is_begun && part.chars().count() + word.chars().count() >= WIDTH {
            parts.push(format!("{part}{mark}"));
            part = " ".repeat(indentation + 2);
        } else if is_begun {
            part.push(' ');
        }
        part.push_str(word);
    }
    parts.push(part);
    parts
}

/// Output without the blank lines before and after it, which the story's own lines replace.
pub(crate) fn without_blank_ends(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some((first, rest)) = text.split_once('\n') {
        if !first.trim().is_empty() {
            break;
        }
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_broken_between_words_and_keeps_its_columns() {
        assert_eq!(broken("  a   b", ""), ["  a   b"]);
        let line = format!("  {} {}", "a".repeat(60), "b".repeat(60));
        let parts = [
            format!("  {} \\", "a".repeat(60)),
            format!("    {}", "b".repeat(60)),
        ];
        assert_eq!(broken(&line, " \\"), parts);
    }

    #[test]
    fn blank_lines_go_at_the_ends_and_stay_in_between() {
        assert_eq!(without_blank_ends("\n \n  a\n\nb\n\n"), "  a\n\nb");
        assert_eq!(without_blank_ends("\n\n"), "");
    }
}
