//! Splits an unfinished command line as a POSIX shell would, for completion in bash.
//!
//! bash cuts words at `COMP_WORDBREAKS` (`:` and `=` among them) before a completion function sees
//! them, so the function hands over the whole line, and the answer is cut back with
//! [`after_word_break`].

/// An unfinished command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnfinishedLine {
    /// The words without quotes and backslashes; the last one is the word under the cursor, empty
    /// after a blank.
    pub words: Vec<String>,
    /// Whether a quote is open at the end; no character breaks words inside it.
    pub in_quotes: bool,
}

/// Takes `line` apart.
#[must_use]
pub fn split_line(line: &str) -> UnfinishedLine {
    let mut words = vec![String::new()];
    let mut quote: Option<char> = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, ' ' | '\t' | '\n') => {
                if words.last().is_some_and(|word| !word.is_empty()) {
                    words.push(String::new());
                }
            }
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None | Some('"'), '\\') => append(&mut words, characters.next()),
            _ => append(&mut words, Some(character)),
        }
    }
    UnfinishedLine {
        words,
        in_quotes: quote.is_some(),
    }
}

fn append(words: &mut [String], character: Option<char>) {
    if let (Some(word), Some(character)) = (words.last_mut(), character) {
        word.push(character);
    }
}

/// The part of `value` that replaces what stands after the last word break of `typed`.
///
/// Parts between colons count by number, since `typed` may abbreviate them: for `a:a:d` and
/// `admin:adobe-ims:disable` that is `disable`.
#[must_use]
pub fn after_word_break<'value>(value: &'value str, typed: &str, breaks: &str) -> &'value str {
    let mut rest = value;
    if breaks.contains('=') && typed.starts_with('-') && typed.contains('=') {
        rest = rest.split_once('=').map_or(rest, |(_, after)| after);
    }
    if breaks.contains(':') {
        for _ in typed.matches(':') {
            rest = rest.split_once(':').map_or(rest, |(_, after)| after);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_a_shell_would() {
        assert_eq!(split_line("postern ").words, ["postern", ""]);
        assert_eq!(
            split_line("bin/magento  a:a:").words,
            ["bin/magento", "a:a:"]
        );
        assert_eq!(
            split_line("p --root='/a b' c\\ d \"e \\\"f").words,
            ["p", "--root=/a b", "c d", "e \"f"]
        );
        assert_eq!(split_line("").words, [""]);
    }

    #[test]
    fn an_open_quote_is_noticed() {
        assert!(split_line("postern help 'a:a").in_quotes);
        assert!(!split_line("postern help 'a:a'").in_quotes);
        assert!(!split_line("postern help \\'a").in_quotes);
    }

    #[test]
    fn what_stands_before_a_word_break_stays() {
        let name = "admin:adobe-ims:disable";
        assert_eq!(after_word_break(name, "a:a:d", " :="), "disable");
        assert_eq!(after_word_break(name, "admin:", " :="), "adobe-ims:disable");
        assert_eq!(after_word_break(name, "adm", " :="), name);
        assert_eq!(after_word_break(name, "a:a:d", " ="), name);
        assert_eq!(
            after_word_break("--format=json", "--format=j", " :="),
            "json"
        );
        assert_eq!(
            after_word_break("--format=json", "--format=j", " "),
            "--format=json"
        );
    }
}
