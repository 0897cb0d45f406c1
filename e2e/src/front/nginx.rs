//! A real nginx with TLS before two nodes, set up as `docs/operators/front-door.md` says, with its
//! settings, its certificate and its files in a folder of its own. Requests go to the nodes in turn.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The header by which it tells which of the nodes has answered, 0 or 1.
pub(super) const NODE_HEADER: &str = "x-node";

/// What it says once it takes requests.
const READY: &str = "start worker process ";

pub(super) struct Nginx {
    process: Child,
    folder: TempDir,
    port: u16,
}

impl Nginx {
    pub(super) fn start(port: u16, nodes: [String; 2]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // Started by root, its worker is somebody else.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("the mode");
        make_certificate(folder.path());
        fs::write(folder.path().join("nginx.conf"), settings(port, &nodes)).expect("a file");
        let mut process = Command::new("nginx")
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-e", "stderr"])
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stderr(Stdio::piped())
            .spawn()
            .expect("this test needs nginx");
        let mut complaints = BufReader::new(process.stderr.take().expect("a pipe"));
        let mut said = String::new();
        while !said.contains(READY) {
            let read = complaints.read_line(&mut said).expect("a line");
            assert_ne!(read, 0, "nginx does not start: {said}");
        }
        let mut log = super::log("nginx");
        std::thread::spawn(move || {
            let _ = log.write_all(said.as_bytes());
            let _ = std::io::copy(&mut complaints, &mut log);
        });
        Self {
            process,
            folder,
            port,
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn origin(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// Its own certificate, as PEM.
    pub(super) fn certificate(&self) -> Vec<u8> {
        fs::read(self.folder.path().join("certificate.pem")).expect("the certificate")
    }
}

impl Drop for Nginx {
    /// Asks the master to end, which takes its worker along.
    fn drop(&mut self) {
        let id = self.process.id().to_string();
        let _ = Command::new("kill").args(["-s", "TERM", &id]).status();
        let _ = self.process.wait();
    }
}

fn make_certificate(folder: &Path) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"])
        .args(["-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-subj", "/CN=localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .args(["-keyout", "key.pem", "-out", "certificate.pem"])
        .current_dir(folder)
        .output()
        .expect("this test needs openssl");
    let complained = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{complained}");
}

/// The port is not the usual one, so `Host` has to name it.
fn settings(port: u16, nodes: &[String; 2]) -> String {
    let [first, second] = nodes;
    format!(
        "daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr notice;
events {{}}
http {{
    access_log off;
    map $upstream_addr $node {{
        {first} 0;
        {second} 1;
    }}
    add_header {NODE_HEADER} $node always;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    scgi_temp_path scgi;
    uwsgi_temp_path uwsgi;
    upstream nodes {{
        server {first};
        server {second};
    }}
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate certificate.pem;
        ssl_certificate_key key.pem;
        location /backstage {{
            proxy_pass http://nodes;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
        location ~ ^/rest/(\\w+/)?V1/(integration/admin/token|postern/me)$ {{
            proxy_pass http://nodes;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"
    )
}
