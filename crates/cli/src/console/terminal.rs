//! What stands at the other end of standard output and standard error: a screen, its width, colours.
//!
//! Rule: colours only where a person looks, unless `--ansi` or `--no-ansi` says otherwise, and a
//! width only where there is a screen: a sentence in a log file is never broken into lines.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::os::fd::AsFd;

/// One output stream as found at the start of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// Whether a person looks at it.
    pub is_terminal: bool,
    /// Whether it shows colours unless told otherwise.
    pub colours: bool,
    /// Its width in columns; `None` where lines have no end.
    pub width: Option<usize>,
}

/// Both output streams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Where results go.
    pub stdout: Device,
    /// Where everything else goes.
    pub stderr: Device,
}

impl Terminal {
    /// Looks at the two streams. `environment` answers for `NO_COLOR`, `TERM` and `COLUMNS`.
    pub fn detect(environment: impl Fn(&str) -> Option<OsString>) -> Self {
        let wanted = environment("NO_COLOR").is_none_or(|value| value.is_empty())
            && environment("TERM").is_none_or(|value| value != "dumb");
        let columns = environment("COLUMNS")
            .and_then(|value| value.to_str()?.trim().parse().ok())
            .filter(|columns| *columns > 0);
        Self {
            stdout: device(std::io::stdout(), wanted, columns),
            stderr: device(std::io::stderr(), wanted, columns),
        }
    }
}

fn device(stream: impl IsTerminal + AsFd, wanted: bool, columns: Option<usize>) -> Device {
    let is_terminal = stream.is_terminal();
    let screen = || {
        let size = rustix::termios::tcgetwinsize(&stream).ok()?;
        (size.ws_col > 0).then_some(usize::from(size.ws_col))
    };
    Device {
        is_terminal,
        colours: is_terminal && wanted,
        width: columns.or_else(screen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_the_environment_count_and_nonsense_does_not() {
        let with = |value: &'static str| {
            Terminal::detect(move |name| (name == "COLUMNS").then(|| value.into()))
                .stderr
                .width
        };
        assert_eq!(with("40"), Some(40));
        let without = Terminal::detect(|_| None).stderr.width;
        assert_eq!(with("wide"), without);
        assert_eq!(with("0"), without);
    }
}
