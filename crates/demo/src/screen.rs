//! Where the demo speaks: standard output, in colour and with a running line where a person
//! looks, and as plain lines where a file or a pipe does.

use postern::console::Terminal;
use postern::surroundings::Surroundings;
use std::io::{self, Write};

/// Narrower than this, a running line would be broken by the terminal and could not be replaced.
const NARROWEST: usize = 80;

/// How a piece of text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it is.
    Plain,
    /// Bold: headings, and what to type.
    Strong,
    /// Dim: what is there to be looked up.
    Quiet,
    /// Green: as told.
    Good,
    /// Red: not as told.
    Bad,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\x1b[1m",
            Self::Quiet => "\x1b[2m",
            Self::Good => "\x1b[32m",
            Self::Bad => "\x1b[31m",
        }
    }
}

/// An output for people.
pub(crate) struct Screen {
    writer: Box<dyn Write>,
    has_colours: bool,
    has_running_line: bool,
}

impl Screen {
    /// Standard output, as it was found at the start.
    pub(crate) fn standard(surroundings: &Surroundings) -> Self {
        let terminal = Terminal::detect(|name| surroundings.variable(name).map(Into::into));
        let stdout = terminal.stdout;
        Self {
            writer: Box::new(io::stdout()),
            has_colours: stdout.colours,
            has_running_line: stdout.colours
                && stdout.width.is_some_and(|width| width >= NARROWEST),
        }
    }

    /// Plain lines into `writer`.
    #[cfg(test)]
    pub(crate) fn plain(writer: Box<dyn Write>) -> Self {
        Self {
            writer,
            has_colours: false,
            has_running_line: false,
        }
    }

    /// Text in a tone, for a line to be put together from.
    pub(crate) fn styled(&self, tone: Tone, text: &str) -> String {
        if self.has_colours && tone != Tone::Plain {
            format!("{}{text}\x1b[0m", tone.code())
        } else {
            text.to_owned()
        }
    }

    /// A whole line, in place of a running one.
    pub(crate) fn line(&mut self, line: &str) {
        let replace = if self.has_running_line {
            "\r\x1b[K"
        } else {
            ""
        };
        self.write(&format!("{replace}{line}\n"));
    }

    /// A line that the next one replaces; nothing where that cannot be done.
    pub(crate) fn running(&mut self, line: &str) {
        if self.has_running_line {
            self.write(line);
        }
    }

    /// A reader that went away is no reason to leave the story, or the clearing up after it.
    fn write(&mut self, text: &str) {
        let _ = self
            .writer
            .write_all(text.as_bytes())
            .and_then(|()| self.writer.flush());
    }
}
