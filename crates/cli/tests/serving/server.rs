//! Real server processes, and a wire to the database that can be cut.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::testing::server_address;

/// Runs a command on the instance in `root`, which must succeed. Returns its standard output.
pub(crate) fn postern(root: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
    let output = command
        .arg("--root")
        .arg(root)
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Switches the integration off from the command line.
pub(crate) fn disable(root: &Path) {
    let told = postern(root, &["admin:adobe-ims:disable"]);
    assert_eq!(told, "Admin Adobe IMS integration is disabled.\n");
}

/// A `postern serve` of its own.
pub(crate) struct Server {
    process: Child,
    address: String,
    output: BufReader<ChildStdout>,
}

impl Server {
    pub(crate) fn start(root: &Path) -> Self {
        Self::start_with(root, &[])
    }

    pub(crate) fn start_with(root: &Path, options: &[&str]) -> Self {
        Self::start_by(
            &mut Command::new(env!("CARGO_BIN_EXE_postern")),
            root,
            options,
        )
    }

    /// On a machine that trusts only the authorities of this file.
    pub(crate) fn start_trusting(root: &Path, authorities: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
        command
            .env("SSL_CERT_FILE", authorities)
            .env_remove("SSL_CERT_DIR");
        Self::start_by(&mut command, root, &[])
    }

    fn start_by(command: &mut Command, root: &Path, options: &[&str]) -> Self {
        let mut process = command
            .arg("--root")
            .arg(root)
            .args(["serve", "--listen", "127.0.0.1:0", "--insecure-cookies"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let address = told_address(&mut output);
        Self {
            process,
            address,
            output,
        }
    }

    /// Status and body of an address at the front door.
    pub(crate) fn get_path(&self, path: &str) -> (u16, String) {
        let host = &self.address;
        self.exchange(&format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// Status and body of what the server's second listener answers, which it told of after the
    /// first.
    pub(crate) fn observe(&mut self, paths: &[&str]) -> Vec<(u16, String)> {
        let address = told_address(&mut self.output);
        let ask = |path: &&str| {
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
            parts(&answer(&address, &request))
        };
        paths.iter().map(ask).collect()
    }

    /// Status and body of the Admin's first page, asked for with a session's cookie.
    pub(crate) fn get(&self, cookie: &str) -> (u16, String) {
        self.exchange(&format!(
            "GET /backstage HTTP/1.1\r\nHost: {}\r\nCookie: postern={cookie}\r\n\
             Connection: close\r\n\r\n",
            self.address
        ))
    }

    /// Sends the sign-in form, as a program without cookies would; returns all of the answer.
    pub(crate) fn send_sign_in(&self, username: &str, password: &str) -> String {
        let body = format!("login%5Busername%5D={username}&login%5Bpassword%5D={password}");
        self.answer(&format!(
            "POST /backstage HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    /// Signs in at the page; returns the session's cookie.
    pub(crate) fn sign_in(&self, username: &str, password: &str) -> String {
        let answer = self.send_sign_in(username, password);
        let cookie = answer.split("set-cookie: postern=").nth(1);
        let cookie = cookie.unwrap_or_else(|| panic!("no session: {answer}"));
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Sends a body to an address with these cookies; returns all of the answer.
    pub(crate) fn send(
        &self,
        (method, path): (&str, &str),
        cookies: &str,
        (media_type, body): (&str, &str),
    ) -> String {
        self.answer(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {cookies}\r\n\
             Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn exchange(&self, request: &str) -> (u16, String) {
        parts(&self.answer(request))
    }

    fn answer(&self, request: &str) -> String {
        answer(&self.address, request)
    }

    /// Asks for an admin token; returns status and body.
    pub(crate) fn token(&self, username: &str, password: &str) -> (u16, String) {
        let body = serde_json::json!({"username": username, "password": password});
        self.call("/rest/V1/integration/admin/token", &body)
    }

    /// Calls the web API; returns status and body.
    pub(crate) fn call(&self, path: &str, body: &serde_json::Value) -> (u16, String) {
        let body = body.to_string();
        parts(&self.send(("POST", path), "", ("application/json", &body)))
    }

    /// Whether the page is that of somebody who is signed in.
    pub(crate) fn honours(&self, cookie: &str) -> bool {
        let (status, body) = self.get(cookie);
        status == 200 && body.contains("Ada Admin")
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

/// The address in the line that a server tells next.
fn told_address(output: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let (_, address) = line.split_once("http://").unwrap();
    address.split('/').next().unwrap().to_owned()
}

fn answer(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn parts(answer: &str) -> (u16, String) {
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Hands connections through to the database server until it is cut.
pub(crate) struct Proxy {
    pub(crate) address: String,
    is_cut: Arc<AtomicBool>,
    is_silent: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Proxy {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let is_cut = Arc::new(AtomicBool::new(false));
        let is_silent = Arc::new(AtomicBool::new(false));
        let open = Arc::new(Mutex::new(Vec::new()));
        let proxy = Self {
            address,
            is_cut: Arc::clone(&is_cut),
            is_silent: Arc::clone(&is_silent),
            open: Arc::clone(&open),
        };
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(server) = TcpStream::connect(server_address()) else {
                    continue;
                };
                let mut open = open.lock().unwrap();
                open.extend([client.try_clone().unwrap(), server.try_clone().unwrap()]);
                let (there, back) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                copy(there, back, Arc::clone(&is_silent));
                copy(server, client, Arc::clone(&is_silent));
            }
        });
        proxy
    }

    pub(crate) fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Keeps what is open, but hands nothing on any more, as a network does that loses everything.
    pub(crate) fn fall_silent(&self) {
        self.is_silent.store(true, Ordering::SeqCst);
    }

    pub(crate) fn mend(&self) {
        self.is_cut.store(false, Ordering::SeqCst);
        self.is_silent.store(false, Ordering::SeqCst);
    }
}

fn copy(mut from: TcpStream, mut to: TcpStream, is_silent: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        let mut buffer = [0; 16 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            while is_silent.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(10));
            }
            if to.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}
