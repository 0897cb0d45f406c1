//! A running stand-in.
//!
//! It lives on a thread with a runtime of its own: a blocking test can use it, and ending the
//! runtime ends every connection, also one that hangs on purpose.

use std::{io, net::SocketAddr, sync::Arc, thread::JoinHandle};

use jiff::{SignedDuration, Timestamp};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    sync::oneshot,
};

use crate::{
    back_channel::{self, SendError},
    connection::{Cord, CuttableListener},
    fault::Fault,
    options::Options,
    provider::{Provider, SharedProvider},
    realm::Realm,
    request_log::LogEntry,
    routes,
    twist::Twist,
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
        Self::listen(options).map_err(|error| StartError::Listen(wanted, error))
    }

    fn listen(options: Options) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(options.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let provider = Arc::new(Provider::new(options, format!("http://{address}")));
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
        self.provider.url().to_owned()
    }

    /// The issuer of the plain OpenID provider.
    pub fn open_id_issuer(&self) -> String {
        self.provider.issuer(Realm::OpenId)
    }

    /// Makes a path misbehave; `*` means every path of the provider.
    pub fn set_fault(&self, path: &str, fault: Fault) {
        self.provider.set_fault(path, fault);
    }

    /// Every path behaves again.
    pub fn clear_faults(&self) {
        self.provider.clear_faults();
    }

    /// From now on what is issued is wrong in this way; `None` puts it right. What was issued before
    /// stays as it is.
    pub fn set_twist(&self, twist: Option<Twist>) {
        self.provider.set_twist(twist);
    }

    /// Another key signs and is published; the old one is gone.
    pub fn rotate_key(&self) {
        self.provider.keys.rotate();
    }

    /// It is this time at the stand-in from now on.
    pub fn set_time(&self, now: Timestamp) {
        self.advance_clock(now.duration_since(self.provider.now()));
    }

    /// Time passes at the stand-in, or goes back.
    pub fn advance_clock(&self, by: SignedDuration) {
        self.provider.advance_clock(by);
    }

    /// The person is signed out everywhere: all their tokens and sessions end. `false` when there is
    /// no such person.
    pub fn revoke_tokens_of(&self, email: &str) -> bool {
        self.provider
            .find_person(Some(email))
            .map(|person| self.provider.revoke_tokens_of(person))
            .is_some()
    }

    /// The names (`sid`) of a person's sessions at the provider; none when there is no such person.
    pub fn sessions_of(&self, email: &str) -> Vec<String> {
        self.provider
            .find_person(Some(email))
            .map(|person| self.provider.memory().sessions.of(person))
            .unwrap_or_default()
    }

    /// A logout token of the plain OpenID provider about a person: for one session of theirs, or for
    /// all of them.
    ///
    /// # Errors
    /// When there is no such person or no token could be made.
    pub fn logout_token(&self, email: &str, session: Option<&str>) -> Result<String, SendError> {
        back_channel::logout_token(&self.provider, email, session)
    }

    /// Posts such a token to the client, as a provider does when somebody signs out there. The
    /// status of the answer.
    ///
    /// # Errors
    /// When there is no such person, no token could be made, or nobody answers.
    pub async fn send_logout_token(
        &self,
        url: &str,
        email: &str,
        session: Option<&str>,
    ) -> Result<u16, SendError> {
        let token = self.logout_token(email, session)?;
        back_channel::send(url, &token).await
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
        self.provider.find_token(Realm::Ims, token).is_some()
            || self.provider.find_token(Realm::OpenId, token).is_some()
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
