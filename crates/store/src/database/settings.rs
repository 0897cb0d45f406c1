//! How to reach an instance's database, as `env.php` says it in `db/connection/default`.

use secrecy::SecretString;
use std::path::PathBuf;

/// Which engine, where.
#[derive(Clone, Debug)]
pub enum Settings {
    /// An embedded database: `model` is `sqlite`, `dbname` the file.
    Sqlite {
        /// Absolute path of the database file; it must exist.
        file: PathBuf,
        /// Table prefix, often empty.
        prefix: String,
    },
    /// MySQL 8, MariaDB or anything that speaks their protocol.
    MySql(MySqlSettings),
}

/// The keys of `db/connection/default` that matter to a MySQL client.
#[derive(Clone, Debug)]
pub struct MySqlSettings {
    /// Where the server listens.
    pub address: MySqlAddress,
    /// `dbname`.
    pub database: String,
    /// `username`.
    pub username: String,
    /// `password`.
    pub password: SecretString,
    /// `db/table_prefix`.
    pub prefix: String,
    /// PDO driver option 1009: certificate authority file; with it TLS is required.
    pub tls_authority: Option<PathBuf>,
    /// PDO driver options 1008 and 1007: client certificate and key files.
    pub tls_client: Option<(PathBuf, PathBuf)>,
    /// PDO driver option 1014: whether the server's certificate must match its name.
    pub tls_verify: bool,
}

/// `host` in `env.php`: a name, `name:port`, or the path of a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MySqlAddress {
    /// Over TCP.
    Host {
        /// Host name or address.
        host: String,
        /// TCP port, 3306 when not given.
        port: u16,
    },
    /// Over a unix socket.
    Socket(PathBuf),
}

impl MySqlAddress {
    /// Reads Commerce's `host` value. `localhost` means TCP here, as no socket path is known.
    pub fn parse(host: &str) -> Self {
        if host.starts_with('/') {
            return Self::Socket(PathBuf::from(host));
        }
        match host.rsplit_once(':') {
            Some((name, port)) if !name.contains(':') || name.ends_with(']') => {
                match port.parse() {
                    Ok(port) => Self::Host {
                        host: name.to_owned(),
                        port,
                    },
                    Err(_) => Self::Host {
                        host: host.to_owned(),
                        port: 3306,
                    },
                }
            }
            _ => Self::Host {
                host: host.to_owned(),
                port: 3306,
            },
        }
    }
}

impl std::fmt::Display for MySqlAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Host { host, port } => write!(formatter, "{host}:{port}"),
            Self::Socket(path) => write!(formatter, "{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_may_carry_a_port_or_be_a_socket() {
        let host = |host: &str, port| MySqlAddress::Host {
            host: host.into(),
            port,
        };
        assert_eq!(MySqlAddress::parse("db"), host("db", 3306));
        assert_eq!(MySqlAddress::parse("db:3307"), host("db", 3307));
        assert_eq!(MySqlAddress::parse("::1"), host("::1", 3306));
        assert_eq!(MySqlAddress::parse("[::1]:3307"), host("[::1]", 3307));
        assert_eq!(
            MySqlAddress::parse("/run/my.sock"),
            MySqlAddress::Socket("/run/my.sock".into())
        );
    }
}
