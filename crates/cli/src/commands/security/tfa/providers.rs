//! `security:tfa:providers`.

use crate::console::Output;
use service::second_factor::Provider;

/// List all available providers
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Duo Security and Authy are services of somebody else and are not among them. \
What people have set up with these is left as it is."
)]
pub struct Arguments {}

/// Runs the command.
pub fn run(output: &Output) {
    for provider in Provider::ALL {
        output.result(format!("{:>16}: {}", provider.code(), provider.name()));
    }
}
