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
use ims_sandbox::{Options, Person, Sandbox, Twist};
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
    /// Where the plain OpenID provider may lead after a sign-out [default: anywhere]
    #[arg(long = "post-logout-redirect-uri", value_name = "URI")]
    post_logout_redirect_uris: Vec<String>,
    /// Where the client hears of sign-outs at the plain OpenID provider
    #[arg(long, value_name = "URI")]
    back_channel_logout_uri: Option<String>,
    /// Ask on a page who signs in, and remember the browser
    #[arg(long)]
    ask: bool,
    /// Issue access tokens as JWTs instead of opaque strings
    #[arg(long)]
    jwt_access_tokens: bool,
    /// Issue ID tokens at IMS, too, for the scope openid
    #[arg(long)]
    ims_id_tokens: bool,
    /// Begin with this wrong in what is issued
    #[arg(long, hide_possible_values = true)]
    twist: Option<Twist>,
    /// Somebody who can sign in: email=ADDRESS[,first=NAME][,last=NAME][,member=yes|no]
    /// [,verified=yes|no][,organization=ID][,group=NAME][,claim.NAME=VALUE]
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
            post_logout_redirect_uris: arguments.post_logout_redirect_uris,
            back_channel_logout_uri: arguments.back_channel_logout_uri,
            ask: arguments.ask,
            jwt_access_tokens: arguments.jwt_access_tokens,
            ims_id_tokens: arguments.ims_id_tokens,
            people: if arguments.people.is_empty() {
                defaults.people
            } else {
                arguments.people
            },
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let twist = arguments.twist;
    let started = Sandbox::start(arguments.into());
    let announced = started
        .map_err(|error| error.to_string())
        .and_then(|sandbox| {
            sandbox.set_twist(twist);
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
