//! PHP, which made the instance and must understand what has become of it. Reading is done by one
//! process that stays, since it is asked some hundred times.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const MISSING: &str = "this test needs PHP 8 on the command line, with sodium";

/// The settings of the integration as PHP Commerce has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `admin_enabled`.
    pub is_on: bool,
    /// Organization ID, client ID and client secret, in clear.
    pub credentials: [Option<String>; 3],
}

/// Runs the script that makes an instance's files and returns its answer.
pub fn make_shop(task: &Value) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/php/shop.php");
    let mut process = start(script);
    let mut stdin = process.stdin.take().expect("a pipe");
    stdin.write_all(task.to_string().as_bytes()).expect(MISSING);
    drop(stdin);
    let output = process.wait_with_output().expect(MISSING);
    let answer = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&answer).unwrap_or_else(|_| panic!("PHP made no shop: {answer}"))
}

fn start(script: &str) -> Child {
    Command::new("php")
        .args([
            "-d",
            "display_errors=1",
            "-d",
            "session.gc_probability=0",
            script,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect(MISSING)
}

/// A PHP process that reads instances.
pub struct Reader {
    process: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Reader {
    /// Starts it.
    pub fn start() -> Self {
        let mut process = start(concat!(env!("CARGO_MANIFEST_DIR"), "/php/reader.php"));
        let stdin = process.stdin.take().expect("a pipe");
        let stdout = BufReader::new(process.stdout.take().expect("a pipe"));
        Self {
            process,
            stdin,
            stdout,
        }
    }

    /// The settings that hold for PHP, given the rows of the default scope.
    pub fn settings(&mut self, root: &Path, rows: &BTreeMap<String, String>) -> Settings {
        let answer = self.ask(&json!({"root": root, "rows": rows}));
        let text = |name: &str| answer[name].as_str().map(ToOwned::to_owned);
        Settings {
            is_on: answer["admin_enabled"] == "1",
            credentials: ["organization_id", "api_key", "private_key"].map(text),
        }
    }

    /// The encrypted values that `key` opens.
    pub fn open(&mut self, key: &str, sealed: &[String]) -> Vec<String> {
        let answer = self.ask(&json!({"key": key, "sealed": sealed}));
        let opened = answer.as_array().expect("a list").iter();
        opened
            .filter_map(|value| value.as_str().map(ToOwned::to_owned))
            .collect()
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.stdin, "{question}").expect(MISSING);
        let mut answer = String::new();
        self.stdout.read_line(&mut answer).expect(MISSING);
        serde_json::from_str(&answer)
            .unwrap_or_else(|_| panic!("PHP cannot read the instance: {answer}"))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
