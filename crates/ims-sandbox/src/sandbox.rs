//! A running stand-in.
//!
//! It lives on a thread with a runtime of its own: a blocking test can use it, and ending the
//! runtime ends every connection, also one that hangs on purpose.

use std::{io, net::SocketAddr, sync::Arc, thread::JoinHandle};

use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    sync::oneshot,
};

use crate::{
    connection::{Cord, CuttableListener},
    fault::Fault,
    options::Options,
    provider::{Provider, SharedProvider},
    request_log::LogEntry,
    routes,
};

/// A stand-in that serves until it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    provider: SharedProvider,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Why the stand-in could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Tokens and secrets would travel in the clear where others can listen.
    #[error("{0} is not a loopback address; the sandbox listens only on this machine")]
    NotLoopback(SocketAddr),
    /// The address is taken or not allowed, or there is no room for a thread.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
}

impl Sandbox {
    /// Starts serving; when this returns, connections are accepted.
    ///
    /// # Errors
    /// When the address is not on the loopback or cannot be listened on.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let wanted = options.listen;
        if !wanted.ip().is_loopback() {
            return Err(StartError::NotLoopback(wanted));
        }
        let provider = Arc::new(Provider::new(options));
        Self::listen(wanted, provider).map_err(|error| StartError::Listen(wanted, error))
    }

    fn listen(wanted: SocketAddr, provider: SharedProvider) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(wanted)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _entered = runtime.enter();
            CuttableListener(TcpListener::from_std(listener)?)
        };
        let (stop, stopped) = oneshot::channel();
        let routed = Arc::clone(&provider);
        let thread = std::thread::Builder::new()
            .name("ims-sandbox".to_owned())
            .spawn(move || serve(&runtime, listener, routed, stopped))?;
        Ok(Self {
            address,
            provider,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stands in front of every path: `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Makes a path misbehave; `*` means every path of the provider.
    pub fn set_fault(&self, path: &str, fault: Fault) {
        self.provider.set_fault(path, fault);
    }

    /// Every path behaves again.
    pub fn clear_faults(&self) {
        self.provider.clear_faults();
    }

    /// Takes a token that a test made up as one that it issued to this person. `false` when there
    /// is no such person.
    pub fn admit_token(&self, token: &str, email: &str) -> bool {
        self.provider
            .find_person(Some(email))
            .map(|person| self.provider.admit_token(token, person))
            .is_some()
    }

    /// Whether the token was issued or admitted and has not been logged out.
    pub fn is_valid_token(&self, token: &str) -> bool {
        self.provider.find_token(token).is_some()
    }

    /// How many tokens were logged out.
    pub fn revoked(&self) -> usize {
        self.provider.revoked()
    }

    /// What was asked so far, oldest first.
    pub fn log(&self) -> Vec<LogEntry> {
        self.provider.log()
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread ends only with the process: `stop` is still held here.
            let _ended = thread.join();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

fn serve(
    runtime: &Runtime,
    listener: CuttableListener,
    provider: SharedProvider,
    stopped: oneshot::Receiver<()>,
) {
    let service = routes::router(provider).into_make_service_with_connect_info::<Cord>();
    runtime.block_on(async {
        tokio::select! {
            _ = axum::serve(listener, service) => (),
            _ = stopped => (),
        }
    });
}
