//! `security:tfa:status`.

use crate::commands::format::Format;
use crate::console::{Output, columns};
use crate::context::Context;
use crate::failure::Failure;
use service::second_factor::survey::{self, Module, Person, Standing, Survey};

/// Show who has a second factor and who must set one up
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Whether anybody is asked is said by app/etc/config.php: a line 'Magento_TwoFactorAuth' \
=> 0 among its modules switches second factors off, 1 or no such line leaves them on. Security keys \
that were removed here or in PHP Commerce are not counted."
)]
pub struct Arguments {
    /// The output format (txt or json)
    #[arg(long, default_value = "txt")]
    format: Format,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let survey = survey::take(&app).await?;
    app.database().close().await;
    if arguments.format == Format::Json {
        return arguments.format.print(&survey, &context.output);
    }
    let headings = ["User", "App", "Keys", "Recovery codes", "Standing"];
    let mut rows = vec![headings.map(str::to_owned)];
    rows.extend(survey.admins.iter().map(row));
    for line in columns(&rows) {
        context.output.result(line);
    }
    tell_rules(&survey, &context.output);
    Ok(())
}

fn row(person: &Person) -> [String; 5] {
    [
        person.username.clone(),
        if person.app { "yes" } else { "no" }.to_owned(),
        person.security_keys.to_string(),
        person.recovery_codes_left.to_string(),
        standing(person),
    ]
}

fn standing(person: &Person) -> String {
    match person.standing {
        Standing::Enrolled if person.missing.is_empty() => "is asked for it".to_owned(),
        Standing::Enrolled => format!(
            "is asked for it, and then to set up {}",
            person.missing.join(" and ")
        ),
        Standing::MustEnrol => "must set one up".to_owned(),
        Standing::Unreadable => "cannot be read: security:tfa:reset".to_owned(),
        Standing::NotAsked => "is not asked".to_owned(),
    }
}

/// What holds for everybody, for a person to read.
fn tell_rules(survey: &Survey, output: &Output) {
    match survey.module {
        Module::SwitchedOff => output.warning(
            "Nobody is asked for a second factor: app/etc/config.php switches the module \
             Magento_TwoFactorAuth off. Let it say 1 there to switch it on.",
        ),
        Module::Missing => output.warning(
            "Nobody is asked for a second factor: this shop lacks Commerce's module \
             Magento_TwoFactorAuth.",
        ),
        Module::On if survey.suspended => output.note(
            "While the Adobe IMS integration is on, nobody is asked: the provider answers for it.",
        ),
        Module::On => output.note("Second factors are asked for."),
    }
    if !survey.forced_providers.is_empty() {
        let forced = survey.forced_providers.join(" and ");
        output.note(format!("Everybody must set up {forced}."));
    }
    if !survey.foreign_providers.is_empty() {
        let foreign = survey.foreign_providers.join(", ");
        output.warning(format!(
            "The shop also forces {foreign}, which is not here and is passed over."
        ));
    }
}
