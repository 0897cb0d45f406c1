//! A Redis server of a test's own, so that no test ever touches a server that somebody uses.

use super::RedisServer;
use redis::aio::MultiplexedConnection;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running server, empty at first; stopped and removed when dropped.
pub(crate) struct OwnServer {
    child: Child,
    place: tempfile::TempDir,
    pub(crate) port: u16,
}

impl OwnServer {
    pub(crate) async fn start() -> Self {
        Self::start_with(&[], "").await
    }

    /// Started with more arguments and with `config` as its configuration file.
    pub(crate) async fn start_with(arguments: &[&str], config: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        let port = free_port();
        let file = place.path().join("redis.conf");
        let folder = place.path().display();
        std::fs::write(
            &file,
            format!("port {port}\nbind 127.0.0.1\ndir {folder}\n{config}"),
        )
        .unwrap();
        let child = Command::new("redis-server")
            .arg(file)
            .args(arguments)
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server is needed for this test");
        let server = Self { child, place, port };
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!(
            "redis-server did not start in {}",
            server.place.path().display()
        );
    }

    pub(crate) fn server(&self) -> RedisServer {
        RedisServer::direct("127.0.0.1", Some(self.port))
    }

    pub(crate) async fn connect(&self) -> MultiplexedConnection {
        self.server().connect().await.unwrap()
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// All keys of a database, sorted.
pub(crate) async fn keys(connection: &mut MultiplexedConnection) -> Vec<String> {
    let mut keys: Vec<String> = redis::cmd("KEYS")
        .arg("*")
        .query_async(connection)
        .await
        .unwrap();
    keys.sort();
    keys
}
