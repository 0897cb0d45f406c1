//! `serve`: the front door itself.

use crate::context::Context;
use crate::failure::Failure;
use crate::surroundings;
use ipnet::IpNet;
use service::node::Node;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Connections to the database that a server keeps at most.
const CONNECTIONS: u32 = 8;

/// Serve the front door of the Admin
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Answers at the backend front name (see info:adminuri) in plain HTTP: put \
a web server with TLS in front of it, and let it listen where only that can reach it."
)]
pub struct Arguments {
    /// The address to listen at
    #[arg(long, default_value = "127.0.0.1:9080")]
    listen: SocketAddr,
    /// Send cookies over plain HTTP as well; for trying out on this machine alone
    #[arg(long)]
    insecure_cookies: bool,
    /// A network of web servers in front of this one whose X-Forwarded-For is believed, such as 127.0.0.1/32; may be repeated
    #[arg(long, value_name = "NETWORK")]
    trusted_proxy: Vec<IpNet>,
    /// Answer /metrics and /healthz as well, at this address or at 127.0.0.1:9081
    #[arg(
        long,
        value_name = "ADDRESS",
        num_args = 0..=1,
        default_missing_value = "127.0.0.1:9081"
    )]
    metrics_listen: Option<SocketAddr>,
}

/// Runs the command until it is told to stop.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    if arguments.insecure_cookies && !arguments.listen.ip().is_loopback() {
        let sentence = "--insecure-cookies is for a loopback address only.";
        return Err(Failure::Refused(sentence.to_owned()));
    }
    let app = context.open(CONNECTIONS).await?;
    for unfinished in service::switch::resume(&app).await? {
        tracing::warn!(unfinished, "an interrupted switch");
    }
    let listener = bind(arguments.listen).await?;
    let metrics = match arguments.metrics_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let address = listener.local_addr().unwrap_or(arguments.listen);
    let name = format!(
        "{} ({}, {address})",
        surroundings::host(),
        std::process::id()
    );
    let node = Arc::new(Node::new(name)?);
    node.renew(&app).await?;
    let door = web::Door {
        app: app.clone(),
        lease: node.lease(),
        secure_cookies: !arguments.insecure_cookies,
        trusted_proxies: web::TrustedProxies::new(arguments.trusted_proxy),
    };
    context.output.result(format!(
        "Postern listens at http://{address}/{}",
        app.front_name()?
    ));

    let observing = metrics.map(|listener| {
        if let Ok(address) = listener.local_addr() {
            let line = format!("Metrics are at http://{address}/metrics");
            context.output.result(line);
        }
        tokio::spawn(web::serve_metrics(listener, app.clone(), node.lease()))
    });

    let (stop, stopped) = tokio::sync::watch::channel(());
    let renewing = tokio::spawn({
        let (node, app, mut stopped) = (Arc::clone(&node), app.clone(), stopped.clone());
        async move {
            node.run(&app, async move { drop(stopped.changed().await) })
                .await
        }
    });
    let served = web::serve(listener, door, asked_to_stop()).await;
    drop(stop);
    if let Some(observing) = observing {
        observing.abort();
    }
    // The node leaves the list; a panic there would have been logged by the runtime.
    let _ = renewing.await;
    app.database().close().await;
    served.map_err(|error| Failure::Refused(format!("The server stopped: {error}")))
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Failure::Refused(format!("Cannot listen at {address}: {error}")))
}

/// Done at the first SIGTERM or SIGINT.
async fn asked_to_stop() {
    match (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        _ => std::future::pending().await,
    }
}
