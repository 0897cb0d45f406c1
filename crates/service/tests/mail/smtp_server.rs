//! A real mail server of a test's own, from Debian's `python3-aiosmtpd`.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A server that takes mail until it is dropped.
pub(crate) struct SmtpServer {
    process: Child,
    told: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

impl SmtpServer {
    /// Starts one with these options of the script.
    pub(crate) fn start(options: &[&str]) -> Self {
        // By its path: the package is Debian's, and so must the interpreter be.
        let mut process = Command::new("/usr/bin/python3")
            .args(["-c", include_str!("smtp_server.py")])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 must be installed");
        let told = BufReader::new(process.stdout.take().unwrap());
        let mut server = Self {
            process,
            told,
            port: 0,
        };
        let port = server.next()["port"].as_u64();
        server.port = port.unwrap().try_into().unwrap();
        server
    }

    /// Waits for what the server tells next.
    pub(crate) fn next(&mut self) -> Value {
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        serde_json::from_str(&line).expect("python3-aiosmtpd must be installed")
    }

    /// Stops the server and returns what it told and nobody asked for yet.
    pub(crate) fn stop(mut self) -> Vec<Value> {
        self.process.kill().unwrap();
        let lines = (&mut self.told).lines();
        lines
            .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
            .collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A header of a mail that a server took.
pub(crate) fn header<'mail>(mail: &'mail Value, name: &str) -> &'mail str {
    let headers = mail["headers"].as_array().unwrap();
    let header = headers.iter().find(|header| header[0] == name);
    header.unwrap()[1].as_str().unwrap()
}
