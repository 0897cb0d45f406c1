//! One `postern serve` behind a web server on the same machine.

use super::log;
use crate::program;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(super) struct Node {
    process: Child,
    address: String,
}

impl Node {
    /// Starts it and waits until it says where it listens.
    pub(super) fn start(root: &Path) -> Self {
        let mut process = Command::new(program::path())
            .arg(format!("--root={}", root.display()))
            .args([
                "serve",
                "--listen=127.0.0.1:0",
                "--trusted-proxy=127.0.0.1/32",
            ])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log("postern"))
            .spawn()
            .expect("postern starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line
            .split_once("http://")
            .and_then(|(_, rest)| rest.split_once('/'));
        let (address, _) = address.unwrap_or_else(|| panic!("the server said: {line}"));
        Self {
            process,
            address: address.to_owned(),
        }
    }

    /// Host and port.
    pub(super) fn address(&self) -> String {
        self.address.clone()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
