//! Addresses of servers as PHP's Redis clients write them.

use redis::ConnectionAddr;
use std::path::PathBuf;

/// `host`, `host:port`, `tcp://host:port/name`, `tls://host`, `unix:///path` or the path of a socket.
pub(super) fn parse_address(text: &str, default_port: u16) -> ConnectionAddr {
    let (scheme, rest) = text.split_once("://").unwrap_or(("tcp", text));
    if scheme == "unix" || rest.starts_with('/') {
        return ConnectionAddr::Unix(PathBuf::from(rest));
    }
    // What follows a slash is the name of a persistent PHP connection.
    let authority = rest.split('/').next().unwrap_or(rest);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (host, port.parse().unwrap_or(default_port))
        }
        _ => (authority, default_port),
    };
    let host = host.trim_matches(['[', ']']).to_owned();
    match scheme {
        "tls" | "ssl" | "rediss" | "tlsv1.2" | "tlsv1.3" => ConnectionAddr::TcpTls {
            host,
            port,
            insecure: false,
            tls_params: None,
        },
        _ => ConnectionAddr::Tcp(host, port),
    }
}
