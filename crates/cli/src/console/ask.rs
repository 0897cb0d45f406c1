//! Questions to the person at the terminal, on standard error; answers from the terminal or, one a
//! line, from a pipe.
//!
//! Rule: a question never repeats itself for ever: three invalid answers, an end of input or `-n` are
//! errors that name what is missing. Commerce asks without limit (COMMERCE section 8.1).

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::os::fd::AsFd;

use secrecy::SecretString;

use super::globals::Globals;
use super::hidden_input::{Prompt, read_hidden_line};
use super::input_line::{LineBuffer, LineError, read_line};
use super::output::Output;
use super::text::{Style, Text};

const TRIES: usize = 3;

/// Why there is no answer. `what` names what was asked for, such as `the client secret`.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// `-n` or `-q` forbids the question.
    #[error("{what} is missing, and no question may be asked (--no-interaction)")]
    NotInteractive {
        /// What is missing.
        what: String,
    },
    /// Every try was invalid; the reason is that of the last one.
    #[error("{what} was not accepted in 3 tries: {reason}")]
    Refused {
        /// What was asked for.
        what: String,
        /// Why the last answer was invalid.
        reason: String,
    },
    /// There was no line to read; `LineError::Interrupted` is Ctrl-C.
    #[error("{what} {source}")]
    NoLine {
        /// What was asked for.
        what: String,
        /// Why.
        source: LineError,
    },
}

/// Asks questions during one run.
pub struct Questions<'output> {
    output: &'output Output,
    input: File,
    interactive: bool,
}

impl<'output> Questions<'output> {
    /// Takes answers from standard input.
    ///
    /// # Errors
    /// Standard input cannot be shared.
    pub fn new(output: &'output Output, globals: &Globals) -> io::Result<Self> {
        Ok(Self::over(output, standard_input()?, globals.interactive()))
    }

    /// Takes answers from `input`.
    #[must_use]
    pub fn over(output: &'output Output, input: File, interactive: bool) -> Self {
        Self {
            output,
            input,
            interactive,
        }
    }

    /// Asks for a line that may be seen. `check` makes the answer of it or says in one sentence why
    /// it is invalid; `what` names it in errors, such as `the client ID`.
    ///
    /// # Errors
    /// See [`AskError`].
    pub fn text<T>(
        &self,
        question: &str,
        what: &str,
        mut check: impl FnMut(&str) -> Result<T, String>,
    ) -> Result<T, AskError> {
        self.ask(question, what, false, |line| Ok(check(line.text()?)))
    }

    /// Asks for a line that is not shown. `check` makes the answer of it or says in one sentence why
    /// it is invalid; `what` names it in errors, such as `the client secret`.
    ///
    /// # Errors
    /// See [`AskError`].
    pub fn secret<T>(
        &self,
        question: &str,
        what: &str,
        mut check: impl FnMut(SecretString) -> Result<T, String>,
    ) -> Result<T, AskError> {
        self.ask(question, what, true, |line| Ok(check(line.secret()?)))
    }

    /// Asks for yes or no; an empty answer is `default`.
    ///
    /// # Errors
    /// See [`AskError`].
    pub fn confirm(&self, question: &str, what: &str, default: bool) -> Result<bool, AskError> {
        self.text(question, what, |answer| {
            match answer.trim().to_lowercase().as_str() {
                "" => Ok(default),
                "y" | "yes" => Ok(true),
                "n" | "no" => Ok(false),
                _ => Err("Please answer yes or no.".to_owned()),
            }
        })
    }

    fn ask<T>(
        &self,
        question: &str,
        what: &str,
        hidden: bool,
        mut check: impl FnMut(&LineBuffer) -> Result<Result<T, String>, LineError>,
    ) -> Result<T, AskError> {
        let what = what.to_owned();
        if !self.interactive {
            return Err(AskError::NotInteractive { what });
        }
        let mut last = String::new();
        for _ in 0..TRIES {
            match self.line(question, hidden).and_then(|line| check(&line)) {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(reason)) => last = reason,
                Err(source) => return Err(AskError::NoLine { what, source }),
            }
            self.output.error_box(&last);
        }
        Err(AskError::Refused { what, reason: last })
    }

    fn line(&self, question: &str, hidden: bool) -> Result<LineBuffer, LineError> {
        let ask = || {
            self.output
                .question(Text::new().styled(Style::Info, question).plain(" "))
        };
        let end = || self.output.question("\n");
        let is_terminal = self.input.is_terminal();
        if hidden && is_terminal {
            return read_hidden_line(
                &self.input,
                &Prompt {
                    ask: &ask,
                    end: &end,
                },
            );
        }
        ask();
        let line = read_line(&mut &self.input);
        // Only a terminal has shown the line break that was typed.
        if !is_terminal || line.is_err() {
            end();
        }
        line
    }
}

fn standard_input() -> io::Result<File> {
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

/// The first line of `input` as a secret, for secrets kept in files. `what` names it in errors.
///
/// # Errors
/// There is no line, it is too long or no text, or `input` cannot be read.
pub fn read_secret_line(input: &mut impl Read, what: &str) -> Result<SecretString, AskError> {
    let secret = read_line(input).and_then(|line| line.secret());
    secret.map_err(|source| AskError::NoLine {
        what: what.to_owned(),
        source,
    })
}

/// The first line of standard input as a secret, for `--client-secret -`; `what` names it in errors.
/// A terminal does not show what is typed.
///
/// # Errors
/// See [`read_secret_line`].
pub fn secret_from_standard_input(what: &str) -> Result<SecretString, AskError> {
    let no_line = |source| AskError::NoLine {
        what: what.to_owned(),
        source,
    };
    let input = standard_input().map_err(|error| no_line(error.into()))?;
    if input.is_terminal() {
        let line = read_hidden_line(
            &input,
            &Prompt {
                ask: &|| (),
                end: &|| (),
            },
        );
        return line.and_then(|line| line.secret()).map_err(no_line);
    }
    read_secret_line(&mut &input, what)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::fd::OwnedFd;

    use secrecy::ExposeSecret;

    use super::*;
    use crate::console::{Capture, Terminal};

    fn with_input<T>(input: &str, ask: impl FnOnce(&Questions) -> T) -> (T, Capture) {
        let (reader, mut writer) = io::pipe().unwrap();
        writer.write_all(input.as_bytes()).unwrap();
        drop(writer);
        let (output, capture) = Output::captured(&Globals::default(), &Terminal::default());
        let questions = Questions::over(&output, OwnedFd::from(reader).into(), true);
        (ask(&questions), capture)
    }

    fn not_empty(answer: &str) -> Result<String, String> {
        let refusal = "The value cannot be empty";
        if answer.is_empty() {
            Err(refusal.to_owned())
        } else {
            Ok(answer.to_owned())
        }
    }

    #[test]
    fn several_questions_share_one_pipe() {
        let ((first, second, third), capture) = with_input("org\ns3cret\nyes\n", |questions| {
            let first = questions.text("Organization ID:", "the organization ID", not_empty);
            let second = questions.secret("Client Secret:", "the client secret", Ok);
            let third = questions.confirm("2FA? (yes/no):", "the answer on 2FA", false);
            (first.unwrap(), second.unwrap(), third.unwrap())
        });
        assert_eq!(
            (first.as_str(), second.expose_secret(), third),
            ("org", "s3cret", true)
        );
        assert_eq!(capture.stdout(), "");
        assert_eq!(
            capture.stderr(),
            "Organization ID: \nClient Secret: \n2FA? (yes/no): \n"
        );
    }

    #[test]
    fn an_invalid_answer_is_asked_again_and_refused_after_three() {
        let (answer, capture) = with_input("\n\nthird\n", |questions| {
            questions.text("Name:", "the name", not_empty).unwrap()
        });
        assert_eq!(answer, "third");
        assert_eq!(
            capture
                .stderr()
                .matches("  The value cannot be empty  ")
                .count(),
            2
        );

        let (error, _) = with_input("\n\n\nfourth\n", |questions| {
            questions
                .text("Name:", "the name", not_empty)
                .unwrap_err()
                .to_string()
        });
        assert_eq!(
            error,
            "the name was not accepted in 3 tries: The value cannot be empty"
        );
    }

    #[test]
    fn the_end_of_the_input_is_an_error_and_no_loop() {
        let (error, _) = with_input("\n", |questions| {
            questions
                .text("Name:", "the name", not_empty)
                .unwrap_err()
                .to_string()
        });
        assert_eq!(
            error,
            "the name is missing: the input ended before an answer"
        );
    }

    #[test]
    fn without_interaction_nothing_is_asked() {
        let (output, capture) = Output::captured(&Globals::default(), &Terminal::default());
        let questions = Questions::over(&output, File::open("/dev/zero").unwrap(), false);
        let error = questions
            .confirm("Sure?", "the answer on 2FA", true)
            .unwrap_err();
        let expected = "the answer on 2FA is missing, and no question may be asked \
                        (--no-interaction)";
        assert_eq!(error.to_string(), expected);
        assert_eq!(capture.stderr(), "");
    }

    #[test]
    fn yes_and_no_are_recognised_and_an_empty_answer_is_the_default() {
        let answer = |input, default| {
            with_input(input, |questions| {
                questions.confirm("Sure?", "it", default).unwrap()
            })
            .0
        };
        assert!(answer("Y\n", false) && answer(" yes \n", false) && answer("\n", true));
        assert!(!answer("n\n", true) && !answer("NO\n", true) && !answer("\n", false));
        assert!(answer("maybe\nyes\n", false));
    }

    #[test]
    fn a_secret_is_the_first_line_of_a_file() {
        let secret =
            read_secret_line(&mut "s3cret\r\nmore".as_bytes(), "the client secret").unwrap();
        assert_eq!(secret.expose_secret(), "s3cret");
        assert_eq!(format!("{secret:?}"), "SecretBox<str>([REDACTED])");
    }
}
