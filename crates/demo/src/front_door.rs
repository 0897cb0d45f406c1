//! The server, as `postern serve` runs it, in this process and on a free port of the loopback.

use crate::expectation::Mismatch;
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use service::app::App;
use service::node::{Lease, Node};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A running server.
pub(crate) struct FrontDoor {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    lease: Lease,
    stop: watch::Sender<()>,
    renewing: JoinHandle<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl FrontDoor {
    /// Starts it; when this returns, it answers.
    pub(crate) async fn open(app: &App) -> Result<Self, Mismatch> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let node = Node::new(format!("the demo at {address}"))?;
        node.renew(app).await?;
        let lease = node.lease();
        let door = web::Door {
            app: app.clone(),
            lease: lease.clone(),
            secure_cookies: false,
            trusted_proxies: web::TrustedProxies::default(),
        };
        let (stop, stopped) = watch::channel(());
        let renewing = tokio::spawn({
            let (app, stopped) = (app.clone(), until_stopped(stopped.clone()));
            async move { node.run(&app, stopped).await }
        });
        let serving = tokio::spawn(web::serve(listener, door, until_stopped(stopped)));
        Ok(Self {
            address,
            lease,
            stop,
            renewing,
            serving,
        })
    }

    /// How admins sign in, as far as the server knows at this moment.
    pub(crate) fn mode(&self) -> Option<SignInMode> {
        match self.lease.known() {
            KnownMode::Leased { mode, .. } => Some(mode),
            KnownMode::Unknown => None,
        }
    }

    /// Stops it, and waits until it has.
    pub(crate) async fn close(self) {
        drop(self.stop);
        // What went wrong in a server that is no longer wanted is nobody's concern.
        let _ = tokio::join!(self.renewing, self.serving);
    }
}

async fn until_stopped(mut stopped: watch::Receiver<()>) {
    // An error says that the sender is gone, which is how it is told.
    let _ = stopped.changed().await;
}
