//! A Redis server of a test's own, in which PHP keeps its sessions.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running server, stopped when dropped.
pub struct Redis {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Redis {
    /// Starts an empty one.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        drop(listener);
        let process = Command::new("redis-server")
            .args([
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--port",
                &port.to_string(),
            ])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("this test needs redis-server");
        let deadline = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "redis-server does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self {
            process,
            port,
            _folder: folder,
        }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stores a session as PHP's handler does: a hash with its data and a lock that nobody holds.
    pub fn store_session(&self, name: &str, data: &[u8]) {
        let key = format!("sess_{name}");
        self.ask(&["HSET", &key, "lock", "0", "wait", "0"], b"");
        self.ask(&["-x", "HSET", &key, "data"], data);
    }

    /// Every key with its whole value, in Redis' own notation of bytes.
    pub fn everything(&self) -> Vec<(String, String)> {
        let keys = self.ask(&["KEYS", "*"], b"");
        let mut keys: Vec<String> = keys.lines().map(ToOwned::to_owned).collect();
        keys.sort();
        let value = |key: &String| self.ask(&["--no-raw", "DUMP", key], b"");
        keys.iter().map(|key| (key.clone(), value(key))).collect()
    }

    fn ask(&self, arguments: &[&str], stdin: &[u8]) -> String {
        let mut client = Command::new("redis-cli")
            .args(["-p", &self.port.to_string()])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test needs redis-cli");
        let mut pipe = client.stdin.take().expect("a pipe");
        // Without -x the client reads nothing and may be gone.
        let _ = pipe.write_all(stdin);
        drop(pipe);
        let output = client.wait_with_output().expect("redis-cli ends");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
