//! A provider made of bytes: for what no HTTP server would send.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

/// Serves every connection with `behave`, on threads that end with the test process.
pub(crate) fn provider(behave: impl Fn(TcpStream) + Send + Copy + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            std::thread::spawn(move || behave(connection));
        }
    });
    address
}

/// Reads some of the request, then says `bytes` and closes.
pub(crate) fn say(mut connection: TcpStream, bytes: &[u8]) {
    let _ = connection.read(&mut [0; 4096]);
    let _ = connection.write_all(bytes);
}

/// Never ends an answer, and never pauses for long either.
pub(crate) fn drip(mut connection: TcpStream) {
    let _ = connection.read(&mut [0; 4096]);
    let _ = connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while connection.write_all(b" ").is_ok() {
        std::thread::sleep(Duration::from_millis(20));
    }
}
