//! Sessions in a Redis that speaks TLS alone, named as PHP Commerce names one: `tls://host`. Its
//! certificate must be for that host, and from somebody whom the system trusts.

use crate::outage::{PASSWORD, install};
use crate::server::Server;
use data_encoding::BASE64;
use std::path::{Path, PathBuf};
use std::process::Command;
use store::redis_server::testing::OwnServer;
use tempfile::TempDir;

/// A certificate for a host, with its key, as PEM files; it vouches for itself.
struct Identity {
    folder: TempDir,
}

impl Identity {
    fn of(host: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(vec![host.to_owned()]).unwrap();
        let identity = Self { folder };
        write_pem(&identity.certificate(), "CERTIFICATE", made.cert.der());
        let key = made.signing_key.serialize_der();
        write_pem(&identity.key(), "PRIVATE KEY", &key);
        identity
    }

    fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }
}

fn write_pem(file: &Path, label: &str, der: &[u8]) {
    let text = BASE64.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let lines = lines.join("\n");
    let pem = format!("-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n");
    std::fs::write(file, pem).unwrap();
}

/// An instance whose sessions are at `tls://host`.
fn shop(host: &str, redis: &OwnServer) -> TempDir {
    let shop = tempfile::tempdir().unwrap();
    let host = format!("--session-save-redis-host=tls://{host}");
    let port = format!("--session-save-redis-port={}", redis.port);
    install(shop.path(), &["--session-save=redis", &host, &port]);
    let env_php = std::fs::read_to_string(shop.path().join("app/etc/env.php")).unwrap();
    assert!(env_php.contains("'host' => 'tls://"), "{env_php}");
    shop
}

/// How many keys the server holds, by its own client.
fn keys(redis: &OwnServer, identity: &Identity) -> usize {
    let output = Command::new("redis-cli")
        .args(["-h", "127.0.0.1", "-p", &redis.port.to_string()])
        .args(["--tls", "--sni", "localhost", "--cacert"])
        .arg(identity.certificate())
        .args(["-n", "2", "KEYS", "postern:*"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_kept_in_a_redis_over_tls_and_only_in_one_that_somebody_vouches_for() {
    let (identity, another) = (Identity::of("localhost"), Identity::of("localhost"));
    let redis = OwnServer::start_with_tls(&identity.certificate(), &identity.key()).await;
    let here = shop("localhost", &redis);
    let node = Server::start_trusting(here.path(), &identity.certificate());
    let cookie = node.sign_in("ann", PASSWORD);
    assert!(node.honours(&cookie));
    let kept = keys(&redis, &identity);
    assert!(kept > 0);

    let stranger = Server::start_trusting(here.path(), &another.certificate());
    let elsewhere = shop("127.0.0.1", &redis);
    let misnamed = Server::start_trusting(elsewhere.path(), &identity.certificate());
    for refusing in [stranger, misnamed] {
        let answer = refusing.send_sign_in("ann", PASSWORD);
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(!answer.contains("set-cookie"), "{answer}");
    }
    assert_eq!(keys(&redis, &identity), kept);
    assert!(node.honours(&cookie));
}
