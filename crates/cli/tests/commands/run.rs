//! What a command did, as a person and a script see it.

use std::fmt;
use std::process::Output;

/// The end of one run.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output, to the byte.
    pub(crate) stdout: String,
    /// Standard error, to the byte.
    pub(crate) stderr: String,
    names: Vec<(String, &'static str)>,
}

impl Run {
    /// `names` are words of this machine and what a snapshot has in their place.
    pub(crate) fn new(output: Output, names: Vec<(String, &'static str)>) -> Self {
        Self {
            code: output.status.code().expect("the program ended by itself"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
            names,
        }
    }

    /// The result as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|why| panic!("{why} in:\n{self}"))
    }

    /// Insists that the command did as asked.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, 0, "{self}");
        self
    }

    fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (found, shown) in &self.names {
            text = text.replace(found, shown);
        }
        let lines = text.lines().map(|line| {
            let words: Vec<&str> = line.trim_end().split(' ').map(without_time).collect();
            words.join(" ")
        });
        let kept: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        kept.join("\n")
    }
}

/// `TIME` in place of a time.
fn without_time(word: &str) -> &str {
    let bare = word.trim_end_matches([',', '.', ':']);
    if bare.parse::<jiff::Timestamp>().is_ok() {
        "TIME"
    } else {
        word
    }
}

impl fmt::Display for Run {
    /// The exit code, then both streams without blank lines, names of this machine and times.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "exit code {}", self.code)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            let text = self.redacted(text);
            if !text.is_empty() {
                write!(formatter, "\n--- {name} ---\n{text}")?;
            }
        }
        Ok(())
    }
}
