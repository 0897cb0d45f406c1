//! The stand-in as a program: `ims-sandbox --listen 127.0.0.1:0 …`.
//!
//! One line on standard output says where it listens, so that a script can wait for it; then it
//! serves until it is stopped.

use std::{
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
};

use clap::Parser;
use ims_sandbox::{Options, Person, Sandbox};
use secrecy::SecretString;

/// Stand-in for Adobe IMS in plain HTTP on this machine, for demonstrations and tests.
#[derive(Parser)]
#[command(name = "ims-sandbox", version)]
struct Arguments {
    /// Loopback address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Organization ID, without @AdobeOrg
    #[arg(long)]
    organization_id: String,
    /// Client ID that is known
    #[arg(long)]
    client_id: String,
    /// Secret of that client
    #[arg(long)]
    client_secret: SecretString,
    /// Registered redirect URI: what a request's URI must begin with [default: any]
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// Somebody who can sign in: email=ADDRESS[,first=NAME][,last=NAME][,member=yes|no]
    #[arg(long = "person", value_name = "PERSON")]
    people: Vec<Person>,
}

impl From<Arguments> for Options {
    fn from(arguments: Arguments) -> Self {
        let defaults = Self::default();
        Self {
            listen: arguments.listen,
            organization_id: arguments.organization_id,
            client_id: arguments.client_id,
            client_secret: arguments.client_secret,
            redirect_uris: arguments.redirect_uris,
            people: if arguments.people.is_empty() {
                defaults.people
            } else {
                arguments.people
            },
        }
    }
}

fn main() -> ExitCode {
    let started = Sandbox::start(Arguments::parse().into());
    let announced = started
        .map_err(|error| error.to_string())
        .and_then(|sandbox| {
            writeln!(io::stdout(), "IMS sandbox listening on {}", sandbox.url())
                .map_err(|error| format!("cannot write to standard output: {error}"))?;
            Ok(sandbox)
        });
    match announced {
        Ok(sandbox) => {
            sandbox.wait();
            ExitCode::SUCCESS
        }
        Err(message) => {
            // With standard error closed too, the exit code is all that is left to say it.
            let _ = writeln!(io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}
