//! The program under test, built from this tree with the profile of the tests.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// How an ordinary run came out.
#[derive(Debug)]
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Where the program is; builds it once in each test process.
pub fn path() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build("postern"))
}

/// Where the stand-in for Adobe is, as a program; builds it.
pub fn sandbox() -> PathBuf {
    build("ims-sandbox")
}

fn build(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the path of this test");
    let folder = test
        .ancestors()
        .nth(2)
        .expect("target/PROFILE/deps/TEST")
        .to_owned();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", name, "--bin", name]);
    if folder.ends_with("release") {
        cargo.arg("--release");
    }
    let status = cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo");
    assert!(status.success(), "{name} does not build");
    folder.join(name)
}

/// Runs the program to its end, with `stdin` as its standard input.
pub fn run<S: AsRef<OsStr>>(arguments: &[S], stdin: &str) -> Run {
    let mut process = Command::new(path())
        .args(arguments)
        .env_clear()
        .env("USER", "tester")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("postern starts");
    let mut pipe = process.stdin.take().expect("a pipe");
    // A program that asks for nothing may be gone by now.
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    let output = process.wait_with_output().expect("postern ends");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
