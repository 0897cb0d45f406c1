//! The command line of Postern: the composition root, and the only place that reads arguments,
//! environment and signals. A run is [`run`]; `commands/` has one file per command.

pub mod commands;
pub mod console;
pub mod context;
pub mod failure;
mod logging;
pub mod surroundings;

use crate::commands::{Command, model};
use crate::console::{Output, Terminal};
use crate::context::Context;
use crate::failure::Failure;
use crate::surroundings::Surroundings;

/// Runs the command line of this process and returns its exit code.
pub fn run() -> u8 {
    let surroundings = Surroundings::of_this_process();
    let commands = model();
    let invocation = console::read(&surroundings.arguments, &commands);
    let terminal = Terminal::detect(|name| surroundings.variable(name).map(Into::into));
    let output = Output::standard(&invocation.globals, &terminal);
    let context = Context {
        globals: invocation.globals,
        output,
        surroundings,
    };
    if context.globals.version {
        context
            .output
            .result(format!("{} {}", console::APPLICATION, console::VERSION));
    }
    let code = match invocation.arguments.map_err(Failure::from) {
        _ if context.globals.version => 0,
        Ok(arguments) => match console::parse::<Command>(commands, &arguments) {
            Ok(command) => execute(command, &context),
            Err(wrong) => Failure::from(wrong).tell(&context.output),
        },
        Err(failure) => failure.tell(&context.output),
    };
    match context.output.finish() {
        Ok(()) => code,
        // What was asked for may be done, but its result was not delivered.
        Err(why) => {
            context
                .output
                .error(format!("The result could not be written: {why}"));
            70
        }
    }
}

fn execute(command: Command, context: &Context) -> u8 {
    logging::start(
        &context.globals,
        context.surroundings.variable("POSTERN_LOG"),
    );
    // Fails only where a provider was installed already, which serves as well.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut builder = if command.is_server() {
        tokio::runtime::Builder::new_multi_thread()
    } else {
        tokio::runtime::Builder::new_current_thread()
    };
    let done = match builder.enable_all().build() {
        Ok(runtime) => runtime.block_on(command.run(context)),
        Err(error) => Err(Failure::Fault(format!("no runtime: {error}"))),
    };
    done.map_or_else(|failure| failure.tell(&context.output), |()| 0)
}
