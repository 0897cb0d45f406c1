//! What the process was started with: the one place that reads the environment.

use commerce::configuration::Environment;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

/// Arguments, variables and folders of this process, read once.
pub struct Surroundings {
    /// The command line, the program's own name first.
    pub arguments: Vec<OsString>,
    /// Every variable whose name is text.
    pub environment: Environment,
    /// The folder that the command was typed in.
    pub working_folder: PathBuf,
    /// The program file.
    pub program: PathBuf,
}

impl Surroundings {
    /// Reads them.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn of_this_process() -> Self {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_vec())));
        Self {
            arguments: std::env::args_os().collect(),
            environment: variables.collect(),
            working_folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/")),
            program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("postern")),
        }
    }

    /// A variable that is set to something.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.environment
            .get(name)?
            .to_str()
            .filter(|value| !value.is_empty())
    }

    /// Who runs the command, as the audit record names them: `user@host`, with the person behind
    /// `sudo` where there is one.
    pub fn actor(&self) -> String {
        let user = self.variable("SUDO_USER").or_else(|| self.variable("USER"));
        let user = user.map_or_else(
            || format!("uid{}", rustix::process::getuid().as_raw()),
            ToOwned::to_owned,
        );
        format!("{user}@{}", host())
    }
}

/// This machine's name.
pub fn host() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}
