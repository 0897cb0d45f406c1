//! Pieces of text with Symfony's four styles, and how wide they are on a screen.
//!
//! Rule: what came from outside (arguments, database rows, answers of a provider) cannot steer the
//! terminal: control characters are made visible before they are written.

use unicode_width::UnicodeWidthStr;

/// Symfony's styles by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No colour.
    Plain,
    /// Green: names, good news.
    Info,
    /// Yellow: headings, warnings.
    Comment,
    /// White on red.
    Error,
    /// Black on cyan.
    Question,
}

impl Style {
    fn codes(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Plain => None,
            Self::Info => Some(("\x1b[32m", "\x1b[39m")),
            Self::Comment => Some(("\x1b[33m", "\x1b[39m")),
            Self::Error => Some(("\x1b[37;41m", "\x1b[39;49m")),
            Self::Question => Some(("\x1b[30;46m", "\x1b[39;49m")),
        }
    }
}

/// A run of styled pieces; it becomes colours only where the stream shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pieces: Vec<(Style, String)>,
}

impl Text {
    /// The empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `text` without colour.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.styled(Style::Plain, text)
    }

    /// Adds `text` in `style`.
    #[must_use]
    pub fn styled(mut self, style: Style, text: impl Into<String>) -> Self {
        self.pieces.push((style, text.into()));
        self
    }

    /// Adds all pieces of `other`.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// Reads `<info>…</info>` and `<comment>…</comment>`, as the help texts of commands use them.
    /// Only for texts of our own: anything else goes through [`Text::plain`].
    #[must_use]
    pub fn markup(source: &str) -> Self {
        let mut text = Self::new();
        let mut style = Style::Plain;
        let mut rest = source;
        while let Some((before, tag, after)) = next_tag(rest) {
            text = text.styled(style, before);
            style = tag;
            rest = after;
        }
        text.styled(style, rest)
    }

    /// The same text with `indent` put after every line break.
    #[must_use]
    pub fn indented(mut self, indent: &str) -> Self {
        let line_break = format!("\n{indent}");
        for (_, piece) in &mut self.pieces {
            *piece = piece.replace('\n', &line_break);
        }
        self
    }

    /// The text alone, without styles.
    #[must_use]
    pub fn bare(&self) -> String {
        self.pieces
            .iter()
            .map(|(_, piece)| piece.as_str())
            .collect()
    }

    /// The text with terminal colours if `colours`, each line coloured by itself, so that a
    /// background never runs on to the end of the screen.
    #[must_use]
    pub fn render(&self, colours: bool) -> String {
        if !colours {
            return self.bare();
        }
        let mut rendered = String::new();
        for (style, piece) in &self.pieces {
            let Some((start, end)) = style.codes() else {
                rendered.push_str(piece);
                continue;
            };
            for (index, line) in piece.split('\n').enumerate() {
                if index > 0 {
                    rendered.push('\n');
                }
                if !line.is_empty() {
                    rendered.extend([start, line, end]);
                }
            }
        }
        rendered
    }

    /// The same text with every control character but line break and tabulator made visible.
    #[must_use]
    pub fn without_controls(mut self) -> Self {
        for (_, piece) in &mut self.pieces {
            if piece.chars().any(is_steering) {
                *piece = piece.chars().map(visible).collect();
            }
        }
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}

/// Columns that `text` takes on a screen: two for most East Asian characters, none for marks.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

fn next_tag(text: &str) -> Option<(&str, Style, &str)> {
    const TAGS: [(&str, Style); 4] = [
        ("<info>", Style::Info),
        ("</info>", Style::Plain),
        ("<comment>", Style::Comment),
        ("</comment>", Style::Plain),
    ];
    TAGS.iter()
        .filter_map(|(tag, style)| {
            let (before, after) = text.split_once(tag)?;
            Some((before, *style, after))
        })
        .min_by_key(|(before, ..)| before.len())
}

fn is_steering(character: char) -> bool {
    character.is_control() && character != '\n' && character != '\t'
}

fn visible(character: char) -> char {
    if !is_steering(character) {
        return character;
    }
    match u32::from(character) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_coloured_by_itself() {
        let text = Text::new().styled(Style::Error, "a\nb").plain("c");
        assert_eq!(
            text.render(true),
            "\x1b[37;41ma\x1b[39;49m\n\x1b[37;41mb\x1b[39;49mc"
        );
        assert_eq!(text.render(false), "a\nbc");
    }

    #[test]
    fn markup_becomes_styles_and_unknown_tags_stay() {
        let text = Text::markup("see <info>list</info> or <b>that</b>");
        assert_eq!(text.bare(), "see list or <b>that</b>");
        assert!(text.render(true).contains("\x1b[32mlist\x1b[39m"));
    }

    #[test]
    fn foreign_text_cannot_steer_the_terminal() {
        let text = Text::from("a\x1b]0;title\x07b\u{9b}31mc\x7f\r\nd\te").without_controls();
        assert_eq!(text.bare(), "a␛]0;title␇b\u{fffd}31mc␡␍\nd\te");
    }

    #[test]
    fn width_counts_columns_not_bytes() {
        assert_eq!(width("größe"), 5);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
    }
}
