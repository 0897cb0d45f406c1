//! How browsers and API clients reach Postern: pages below the backend front name, and the part
//! of the web API that hands out admin tokens. A handler extracts, calls one use case of
//! `service` and maps the outcome; it decides nothing. [`routes`] is the list of all doors.

mod assets;
mod back_channel_logout;
mod client_address;
mod cookies;
mod detour;
mod form_key;
mod frame;
mod front;
mod headers;
mod kept;
mod language;
mod member;
mod metrics;
mod moment;
mod pages;
mod problem;
mod rest;
mod routes;
#[cfg(test)]
mod testing;
mod trouble;
mod visitor;

use crate::problem::Problem;
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use service::app::App;
use service::node::Lease;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub use client_address::TrustedProxies;
pub use metrics::serve_metrics;
pub use routes::router;

/// How long requests that are under way may go on after the server was told to stop.
const FAREWELL: Duration = Duration::from_secs(5);

/// What the front door needs; cheap to clone.
#[derive(Clone)]
pub struct Door {
    /// The opened instance.
    pub app: App,
    /// What this node may rely on about the mode.
    pub lease: Lease,
    /// Whether cookies are for HTTPS only; off is for trying out on the loopback alone.
    pub secure_cookies: bool,
    /// Whose word is taken for where a request comes from.
    pub trusted_proxies: TrustedProxies,
}

impl Door {
    /// How admins sign in at this moment. A node that does not know opens nothing.
    fn mode(&self) -> Result<SignInMode, Problem> {
        match self.lease.known() {
            KnownMode::Leased { mode, .. } => Ok(mode),
            KnownMode::Unknown => Err(Problem::Unavailable { incident: None }),
        }
    }
}

/// Serves until `stop` is done, then lets requests under way finish for at most 5 seconds.
pub async fn serve(
    listener: TcpListener,
    door: Door,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (tell, mut told) = watch::channel(false);
    let stop = async move {
        stop.await;
        tell.send_replace(true);
    };
    let service = router(door).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop);
    let patience_ends = async move {
        if told.wait_for(|is_told| *is_told).await.is_err() {
            // The sender lives in the server: without it, the server itself is about to end.
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        served = serving.into_future() => served,
        () = patience_ends => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};
    use std::time::{Duration, Instant};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::oneshot;

    #[tokio::test]
    async fn a_served_door_notes_the_peer_and_stops_even_for_a_visitor_who_never_finishes() {
        let shop = Shop::open().await;
        shop.ann().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let stopping = async move { drop(stopped.await) };
        let serving = tokio::spawn(crate::serve(listener, shop.door(), stopping));
        shop.renew().await;

        let form = format!("login%5Busername%5D=ann&login%5Bpassword%5D={PASSWORD}");
        let request = format!(
            "POST /back HTTP/1.1\r\nhost: shop.test\r\nconnection: close\r\n\
             x-forwarded-for: 10.9.8.7\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        );
        let mut visitor = TcpStream::connect(address).await.unwrap();
        visitor.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        visitor.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 303 See Other"), "{answer}");
        assert_eq!(shop.session_addresses().await, ["127.0.0.1"]);

        let mut slow = TcpStream::connect(address).await.unwrap();
        let head = "POST /back HTTP/1.1\r\nhost: shop.test\r\ncontent-length: 9\r\n\
                    content-type: application/x-www-form-urlencoded\r\n\r\n";
        slow.write_all(head.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        let asked = Instant::now();
        stop.send(()).unwrap();
        let renewing = async {
            loop {
                shop.renew().await;
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        };
        tokio::select! {
            served = serving => served.unwrap().unwrap(),
            () = renewing => {}
        }
        assert!(asked.elapsed() >= super::FAREWELL);
        assert!(asked.elapsed() < super::FAREWELL + Duration::from_secs(2));
    }
}
