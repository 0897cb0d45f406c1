//! A real mail server of a test's own, from Debian's `python3-aiosmtpd`.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A server that takes mail until it is dropped.
pub(crate) struct SmtpServer {
    process: Child,
    told: Receiver<Value>,
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
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 must be installed");
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (tell, told) = channel();
        // A pipe that nobody empties would hold the server up.
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = tell.send(serde_json::from_str(&line).unwrap());
            }
        });
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
        let told = self.told.recv_timeout(Duration::from_secs(30));
        told.expect("no mail; is python3-aiosmtpd installed?")
    }

    /// Stops the server and returns what it told and nobody asked for yet.
    pub(crate) fn stop(mut self) -> Vec<Value> {
        self.process.kill().unwrap();
        self.told.iter().collect()
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
