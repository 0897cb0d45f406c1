//! A Redis server of a test's own, so that no test ever touches a server that somebody uses.
#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "only tests use it, and a test stops at the first thing that is not as it should be"
)]

#[cfg(test)]
use super::RedisServer;
#[cfg(test)]
use redis::aio::MultiplexedConnection;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running server, empty at first; stopped and removed when dropped.
pub struct OwnServer {
    child: Child,
    place: tempfile::TempDir,
    /// Where it listens, on the loopback.
    pub port: u16,
}

impl OwnServer {
    /// Starts one.
    pub async fn start() -> Self {
        Self::start_with(&[], "").await
    }

    /// Started with more arguments and with `config` as its configuration file.
    pub async fn start_with(arguments: &[&str], config: &str) -> Self {
        Self::listening("port", arguments, config).await
    }

    /// Speaks TLS and nothing else, with the certificate and the key of these PEM files.
    pub async fn start_with_tls(certificate: &Path, key: &Path) -> Self {
        let (certificate, key) = (certificate.display(), key.display());
        let config =
            format!("tls-cert-file {certificate}\ntls-key-file {key}\ntls-auth-clients no\n");
        Self::listening("port 0\ntls-port", &[], &config).await
    }

    async fn listening(how: &str, arguments: &[&str], config: &str) -> Self {
        let place = tempfile::tempdir().expect("a Redis server of the test's own");
        let port = free_port();
        let file = place.path().join("redis.conf");
        let folder = place.path().display();
        std::fs::write(
            &file,
            format!("{how} {port}\nbind 127.0.0.1\ndir {folder}\n{config}"),
        )
        .expect("a Redis server of the test's own");
        let child = spawn(&file, arguments);
        let server = Self { child, place, port };
        server.wait_until_up().await;
        server
    }

    /// Kills it, as a crash would.
    pub fn stop(&mut self) {
        self.child.kill().expect("a Redis server of the test's own");
        self.child.wait().expect("a Redis server of the test's own");
    }

    /// Starts it again at the same port.
    pub async fn resume(&mut self) {
        self.child = spawn(&self.place.path().join("redis.conf"), &[]);
        self.wait_until_up().await;
    }

    async fn wait_until_up(&self) {
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!(
            "redis-server did not start in {}",
            self.place.path().display()
        );
    }

    #[cfg(test)]
    pub(crate) fn server(&self) -> RedisServer {
        RedisServer::direct("127.0.0.1", Some(self.port))
    }

    #[cfg(test)]
    pub(crate) async fn connect(&self) -> MultiplexedConnection {
        self.server()
            .connect()
            .await
            .expect("a Redis server of the test's own")
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(file: &Path, arguments: &[&str]) -> Child {
    Command::new("redis-server")
        .arg(file)
        .args(arguments)
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server is needed for this test")
}

fn free_port() -> u16 {
    let listener =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a Redis server of the test's own");
    listener
        .local_addr()
        .expect("a Redis server of the test's own")
        .port()
}

/// All keys of a database, sorted.
#[cfg(test)]
pub(crate) async fn keys(connection: &mut MultiplexedConnection) -> Vec<String> {
    let mut keys: Vec<String> = redis::cmd("KEYS")
        .arg("*")
        .query_async(connection)
        .await
        .expect("a Redis server of the test's own");
    keys.sort();
    keys
}
