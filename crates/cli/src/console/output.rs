//! Where a command speaks: results on standard output, everything for a person on standard error.
//!
//! `-q` silences both but for errors; `-v`, `-vv`, `-vvv` let more through. Nothing here panics or
//! fails: see `stream.rs`. `text.rs` has the styles, `error_box.rs` the box.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::error_box::error_box;
use super::globals::{Globals, Verbosity};
use super::stream::Stream;
use super::terminal::Terminal;
use super::text::{Style, Text};
use super::usage::UsageError;

/// The two output streams of one run.
pub struct Output {
    stdout: Stream,
    stderr: Stream,
    verbosity: Verbosity,
    columns: Option<usize>,
}

impl Output {
    /// Speaks on the standard streams, as `globals` and `terminal` say.
    #[must_use]
    pub fn standard(globals: &Globals, terminal: &Terminal) -> Self {
        Self::over(
            globals,
            terminal,
            Box::new(io::stdout()),
            Box::new(io::stderr()),
        )
    }

    /// Speaks into memory, for tests: the second value holds what was said.
    #[must_use]
    pub fn captured(globals: &Globals, terminal: &Terminal) -> (Self, Capture) {
        let capture = Capture::default();
        let (stdout, stderr) = (capture.stdout.clone(), capture.stderr.clone());
        (
            Self::over(globals, terminal, Box::new(stdout), Box::new(stderr)),
            capture,
        )
    }

    fn over(
        globals: &Globals,
        terminal: &Terminal,
        stdout: Box<dyn Write + Send>,
        stderr: Box<dyn Write + Send>,
    ) -> Self {
        let colours = |found: bool| globals.ansi.unwrap_or(found);
        let Terminal {
            stdout: out,
            stderr: err,
        } = terminal;
        Self {
            stdout: Stream::new(stdout, colours(out.colours), out.is_terminal),
            stderr: Stream::new(stderr, colours(err.colours), true),
            verbosity: globals.verbosity,
            columns: err.width,
        }
    }

    /// How much is to be said.
    #[must_use]
    pub fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// A line of the result, on standard output; silent with `-q`.
    pub fn result(&self, text: impl Into<Text>) {
        if self.verbosity > Verbosity::Quiet {
            self.stdout.write(text.into().plain("\n"));
        }
    }

    /// A line for a person, on standard error; silent with `-q`.
    pub fn note(&self, text: impl Into<Text>) {
        self.detail(Verbosity::Normal, text);
    }

    /// A line for a person who asked for `verbosity` or more, on standard error.
    pub fn detail(&self, verbosity: Verbosity, text: impl Into<Text>) {
        if self.verbosity > Verbosity::Quiet && self.verbosity >= verbosity {
            self.stderr.write(text.into().plain("\n"));
        }
    }

    /// A line that a person should heed, yellow, on standard error; silent with `-q`.
    pub fn warning(&self, text: impl Into<String>) {
        self.note(Text::new().styled(Style::Comment, text));
    }

    /// Says that a secret among the arguments was seen; `instead` is how to give it next time.
    pub fn warn_of_seen_secret(&self, instead: &str) {
        self.warning(format!(
            "A secret on the command line is seen by every user of this machine and stays in the \
             shell's history: next time use {instead}."
        ));
    }

    /// A line that says what failed, white on red, on standard error, also with `-q`.
    pub fn error(&self, text: impl Into<String>) {
        self.stderr
            .write(Text::new().styled(Style::Error, text).plain("\n"));
    }

    /// What failed, in Symfony's box, on standard error, also with `-q`.
    pub fn error_box(&self, message: &str) {
        self.stderr
            .write(error_box(message, self.columns).plain("\n"));
    }

    /// Wrong usage: the box, and below it how the command is used.
    pub fn usage_error(&self, error: &UsageError) {
        self.error_box(error.message());
        if let Some(synopsis) = error.synopsis() {
            self.stderr
                .write(Text::new().styled(Style::Info, synopsis).plain("\n\n"));
        }
    }

    /// A question, on standard error, without a line break.
    pub fn question(&self, text: impl Into<Text>) {
        self.stderr.write(text.into());
    }

    /// Ends the run.
    ///
    /// # Errors
    /// A result could not be written to standard output, for instance because a disk is full. A
    /// reader that went away is no error, nor is anything on standard error.
    pub fn finish(&self) -> io::Result<()> {
        self.stdout.finish()
    }
}

/// What an [`Output::captured`] said.
#[derive(Clone, Default)]
pub struct Capture {
    stdout: Memory,
    stderr: Memory,
}

impl Capture {
    /// Everything on standard output so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        self.stdout.text()
    }

    /// Everything on standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }
}

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Memory {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;

    use super::*;

    fn say_everything(verbosity: Verbosity) -> (String, String) {
        let globals = Globals {
            verbosity,
            ..Globals::default()
        };
        let (output, capture) = Output::captured(&globals, &Terminal::default());
        output.result("result");
        output.note("note");
        output.warning("warning");
        output.detail(Verbosity::Verbose, "v");
        output.detail(Verbosity::Debug, "vvv");
        output.error("error");
        (capture.stdout(), capture.stderr())
    }

    #[test]
    fn quiet_leaves_only_errors() {
        assert_eq!(
            say_everything(Verbosity::Quiet),
            (String::new(), "error\n".to_owned())
        );
    }

    #[test]
    fn more_v_lets_more_through() {
        let (stdout, stderr) = say_everything(Verbosity::Normal);
        assert_eq!(
            (stdout.as_str(), stderr.as_str()),
            ("result\n", "note\nwarning\nerror\n")
        );
        assert_eq!(
            say_everything(Verbosity::Verbose).1,
            "note\nwarning\nv\nerror\n"
        );
        assert_eq!(
            say_everything(Verbosity::Debug).1,
            "note\nwarning\nv\nvvv\nerror\n"
        );
    }

    #[test]
    fn colours_follow_the_terminal_unless_told_otherwise() {
        let mut terminal = Terminal::default();
        terminal.stderr.colours = true;
        let warned = |ansi, terminal| {
            let (output, capture) = Output::captured(
                &Globals {
                    ansi,
                    ..Globals::default()
                },
                &terminal,
            );
            output.warning("w");
            capture.stderr()
        };
        assert_eq!(warned(None, terminal), "\x1b[33mw\x1b[39m\n");
        assert_eq!(warned(Some(false), terminal), "w\n");
        assert_eq!(warned(None, Terminal::default()), "w\n");
        assert_eq!(
            warned(Some(true), Terminal::default()),
            "\x1b[33mw\x1b[39m\n"
        );
    }

    #[test]
    fn a_full_disk_is_told_at_the_end_and_a_broken_pipe_is_not() {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let globals = Globals::default();
        let output = Output::over(
            &globals,
            &Terminal::default(),
            Box::new(full),
            Box::new(io::sink()),
        );
        output.result("lost");
        output.result("lost too");
        assert_eq!(
            output.finish().unwrap_err().kind(),
            io::ErrorKind::StorageFull
        );

        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = Output::over(
            &globals,
            &Terminal::default(),
            Box::new(writer),
            Box::new(io::sink()),
        );
        output.result("unheard");
        output.finish().unwrap();
    }

    #[test]
    fn piped_results_stay_byte_for_byte() {
        let (output, capture) = Output::captured(&Globals::default(), &Terminal::default());
        output.result("a\x1b[31m");
        output.note("a\x1b[31m");
        assert_eq!(capture.stdout(), "a\x1b[31m\n");
        assert_eq!(capture.stderr(), "a␛[31m\n");
    }
}
