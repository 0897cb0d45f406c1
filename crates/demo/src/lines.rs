//! Fits what commands say into the story: long lines are broken where a person would break them,
//! and blank lines around an output give way to the story's own, those within it to one.

/// Longer lines are broken.
const WIDTH: usize = 92;

/// A line in parts that a narrow terminal has room for, indented like the first.
pub(crate) fn broken(line: &str) -> Vec<String> {
    let indentation = line.len() - line.trim_start().len();
    fill(&" ".repeat(indentation), line.trim_start().split(' '))
}

/// A command in parts that can be pasted as they stand: it is broken before options alone.
pub(crate) fn broken_command(command: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in command.split(' ') {
        match parts.last_mut() {
            Some(option) if !word.starts_with("--") => *option += &format!(" {word}"),
            _ => parts.push(word.to_owned()),
        }
    }
    let mut lines = fill("", parts.iter().map(String::as_str));
    let last = lines.len().saturating_sub(1);
    for line in lines.iter_mut().take(last) {
        line.push_str(" \\");
    }
    lines
}

fn fill<'a>(indentation: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = indentation.to_owned();
    for (index, word) in words.enumerate() {
        if index > 0 && line.chars().count() + word.chars().count() >= WIDTH {
            lines.push(std::mem::replace(&mut line, format!("{indentation}  ")));
        } else if index > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// The lines of an output without the blank ones before and after, and with one for several.
pub(crate) fn without_blank_runs(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    let is_blank = |line: &&str| line.trim().is_empty();
    lines.drain(..lines.iter().take_while(|line| is_blank(line)).count());
    lines.dedup_by(|next, line| is_blank(&*next) && is_blank(&*line));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_broken_between_words_and_keeps_its_columns() {
        assert_eq!(broken("  a   b"), ["  a   b"]);
        let [a, b] = ["a".repeat(60), "b".repeat(60)];
        assert_eq!(
            broken(&format!("  {a} {b}")),
            [format!("  {a}"), format!("    {b}")]
        );
    }

    #[test]
    fn a_long_command_is_broken_before_options_and_can_be_pasted() {
        assert_eq!(
            broken_command("bin/magento list -q"),
            ["bin/magento list -q"]
        );
        let value = "v".repeat(80);
        let lines = broken_command(&format!("command --one {value} --two -"));
        assert_eq!(
            lines,
            [
                "command \\".to_owned(),
                format!("  --one {value} \\"),
                "  --two -".into()
            ]
        );
    }

    #[test]
    fn blank_lines_go_at_the_ends_and_one_stays_in_between() {
        let kept = without_blank_runs("\n \n  a\n\n \n\nb\nc\n\n");
        assert_eq!(kept, ["  a", "", "b", "c"]);
        assert!(without_blank_runs("\n\n").is_empty());
    }
}
