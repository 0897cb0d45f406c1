//! One output stream that never panics: a reader that went away ends the writing, nothing else.
//!
//! Rule: a broken pipe is silence, since `postern … | head -1` is ordinary use and a command that
//! changes an instance must finish whoever listens. Every other failure is kept for `Output::finish`.

use std::io::{self, ErrorKind, Write};
use std::sync::{Mutex, PoisonError};

pub(super) struct Stream {
    state: Mutex<State>,
    colours: bool,
    clean: bool,
}

struct State {
    writer: Box<dyn Write + Send>,
    closed: bool,
    failure: Option<io::Error>,
}

impl Stream {
    /// `clean` makes control characters visible.
    pub(super) fn new(writer: Box<dyn Write + Send>, colours: bool, clean: bool) -> Self {
        let state = State {
            writer,
            closed: false,
            failure: None,
        };
        Self {
            state: Mutex::new(state),
            colours,
            clean,
        }
    }

    pub(super) fn write(&self, text: super::text::Text) {
        let text = if self.clean {
            text.without_controls()
        } else {
            text
        };
        let rendered = text.render(self.colours);
        self.attempt(|writer| {
            writer.write_all(rendered.as_bytes())?;
            writer.flush()
        });
    }

    /// The first failure to write, once; a reader that went away is none.
    pub(super) fn finish(&self) -> io::Result<()> {
        self.attempt(|writer| writer.flush());
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failure.take().map_or(Ok(()), Err)
    }

    fn attempt(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return;
        }
        if let Err(error) = write(state.writer.as_mut()) {
            state.closed = true;
            if error.kind() != ErrorKind::BrokenPipe {
                state.failure = Some(error);
            }
        }
    }
}
