//! A way to the database server on which it seems to know no TLS.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use store::testing::server_address;

/// Opens it and returns its address.
pub(crate) fn open() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            connect(client.unwrap()).unwrap();
        }
    });
    address
}

fn connect(mut client: TcpStream) -> io::Result<()> {
    let mut server = TcpStream::connect(server_address())?;
    client.write_all(&without_tls(greeting(&mut server)?))?;
    hand_on(client.try_clone()?, server.try_clone()?);
    hand_on(server, client);
    Ok(())
}

/// The server's first packet: three bytes of length, one of number, and what it says of itself.
fn greeting(server: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut packet = vec![0; 4];
    server.read_exact(&mut packet)?;
    let length = u32::from_le_bytes([packet[0], packet[1], packet[2], 0]);
    server.take(length.into()).read_to_end(&mut packet)?;
    Ok(packet)
}

/// Its version ends with a zero; a number of 4 bytes, 8 random ones and a filler stand between that
/// and what it can do, of which the twelfth bit is TLS.
fn without_tls(mut greeting: Vec<u8>) -> Vec<u8> {
    let version = greeting[5..].iter().position(|byte| *byte == 0).unwrap();
    greeting[5 + version + 1 + 13 + 1] &= !0b1000;
    greeting
}

fn hand_on(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Both);
    });
}
