//! A command line about to be run at an instance: who runs it, where, and what stands on its input.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::Run;
use crate::shop::Shop;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_postern");

/// A user without any rights, on every Linux.
const NOBODY: &str = "65534";

enum Input {
    Nothing,
    Closed,
    Text(String),
}

/// A command line that [`Self::run`] runs.
pub(crate) struct Invocation<'shop> {
    shop: &'shop Shop,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    folder: PathBuf,
    input: Input,
    /// Programs with their arguments that the program is started through.
    through: Vec<String>,
    program: PathBuf,
}

impl<'shop> Invocation<'shop> {
    pub(crate) fn new(shop: &'shop Shop, arguments: &[&str]) -> Self {
        Self {
            shop,
            arguments: arguments
                .iter()
                .map(|argument| (*argument).to_owned())
                .collect(),
            variables: Vec::new(),
            folder: shop.root(),
            input: Input::Nothing,
            through: Vec::new(),
            program: PROGRAM.into(),
        }
    }

    /// With a variable of the environment; there are hardly any others.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Typed in another folder than the instance's.
    pub(crate) fn typed_in(mut self, folder: &Path) -> Self {
        self.folder = folder.to_owned();
        self
    }

    /// With a pipe that holds `text`.
    pub(crate) fn input(mut self, text: &str) -> Self {
        self.input = Input::Text(text.to_owned());
        self
    }

    /// With standard input closed: `<&-`.
    pub(crate) fn input_closed(mut self) -> Self {
        self.input = Input::Closed;
        self
    }

    /// Through another program, such as `prlimit --fsize=0`.
    pub(crate) fn through(mut self, programs: &[&str]) -> Self {
        self.through
            .extend(programs.iter().map(|word| (*word).to_owned()));
        self
    }

    /// As somebody who owns nothing here. Where the tests run as an ordinary user, that user will
    /// do, since only permission bits are relied on.
    pub(crate) fn by_nobody(mut self) -> Self {
        if rustix::process::geteuid().is_root() {
            // The folder that the program was built in may be closed to others.
            let copy = self.shop.folder().join("postern");
            std::fs::copy(PROGRAM, &copy).expect("a copy of the program");
            self.program = copy;
            let user = [format!("--reuid={NOBODY}"), format!("--regid={NOBODY}")];
            self.through.push("setpriv".to_owned());
            self.through.extend(user);
            self.through.push("--clear-groups".to_owned());
        }
        self
    }

    /// Runs it.
    pub(crate) fn run(self) -> Run {
        let mut words = Vec::new();
        if matches!(self.input, Input::Closed) {
            words.extend(["sh", "-c", "exec \"$0\" \"$@\" <&-"].map(str::to_owned));
        }
        words.extend(self.through);
        words.push(self.program.display().to_string());
        words.extend(self.arguments);
        let mut child = Command::new(&words[0])
            .args(&words[1..])
            .current_dir(&self.folder)
            .env_clear()
            .envs([(
                "PATH",
                "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin",
            )])
            .envs([
                ("HOME", "/nonexistent"),
                ("USER", "operator"),
                ("LC_ALL", "C.UTF-8"),
            ])
            .envs(self.variables)
            .stdin(match self.input {
                Input::Text(_) => Stdio::piped(),
                Input::Nothing | Input::Closed => Stdio::null(),
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|why| panic!("{}: {why}", words[0]));
        if let Input::Text(text) = &self.input {
            // A command that refuses before it reads leaves a broken pipe, which is its right.
            let _ = child
                .stdin
                .take()
                .expect("a pipe")
                .write_all(text.as_bytes());
        }
        Run::new(
            child.wait_with_output().expect("its end"),
            self.shop.names(),
        )
    }

    /// Runs it, and insists that it was refused with one sentence, and changed nothing at all.
    #[track_caller]
    pub(crate) fn refused(self) -> Run {
        self.ended_without_change(1)
    }

    /// Runs it, and insists that it was wrong usage and changed nothing at all.
    #[track_caller]
    pub(crate) fn misused(self) -> Run {
        self.ended_without_change(2)
    }

    #[track_caller]
    fn ended_without_change(self, code: i32) -> Run {
        let shop = self.shop;
        let before = shop.fingerprint();
        let run = self.run();
        let differences = before.differences(&shop.fingerprint());
        assert_eq!(
            differences,
            Vec::<String>::new(),
            "something was changed\n{run}"
        );
        assert_eq!(run.code, code, "{run}");
        assert_eq!(run.stdout, "", "a refusal is no result");
        run
    }
}
