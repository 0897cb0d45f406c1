//! `admin:user:create`.

use crate::commands::given_secret;
use crate::console::InitializationOption;
use crate::context::Context;
use crate::failure::Failure;
use domain::sign_in_mode::SignInMode;
use secrecy::SecretString;
use service::admin::create;
use service::mail::queue;
use service::second_factor::link;
use service::switch;
use store::admins::Profile;

/// Creates an administrator
#[derive(clap::Args)]
#[command(
    after_help = "Missing values are asked for; the password is not shown. \
`--admin-password -` reads it from standard input.

Where the user exists (same name and address), the password, the names and the active state are \
set anew. While the Adobe IMS integration is on, the password is set all the same, and can be used \
once it is off."
)]
pub struct Arguments {
    /// (Required) Admin user
    #[arg(long)]
    admin_user: Option<String>,
    /// (Required) Admin password
    #[arg(long)]
    admin_password: Option<SecretString>,
    /// (Required) Admin email
    #[arg(long)]
    admin_email: Option<String>,
    /// (Required) Admin first name
    #[arg(long)]
    admin_firstname: Option<String>,
    /// (Required) Admin last name
    #[arg(long)]
    admin_lastname: Option<String>,
    #[command(flatten)]
    _initialization: InitializationOption,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let username = asked(context, arguments.admin_user, "Admin user:", "--admin-user")?;
    let password = given_secret::admin_password(arguments.admin_password, context)?;
    let email = asked(
        context,
        arguments.admin_email,
        "Admin email:",
        "--admin-email",
    )?;
    let first_name = asked(
        context,
        arguments.admin_firstname,
        "Admin first name:",
        "--admin-firstname",
    )?;
    let last_name = asked(
        context,
        arguments.admin_lastname,
        "Admin last name:",
        "--admin-lastname",
    )?;
    let profile = Profile {
        username,
        email,
        first_name,
        last_name,
    };
    create::create(&app, &profile, &password).await?;
    if switch::current(&app).await?.1 == SignInMode::AdobeIms {
        let sentence =
            "The Adobe IMS integration is on: the password cannot be used until it is off";
        context.output.note(sentence);
    } else if matches!(link::is_needed_by(&app, &profile.username).await, Ok(true)) {
        // The admin is made: what fails here is no reason to say otherwise.
        context.output.note(format!(
            "A second factor is asked for: a link to set one up is mailed at the first sign-in, and \
             security:tfa:configure-link {} prints one",
            profile.username
        ));
    }
    if queue::waits_for_a_server(&app).await? {
        let sentence = "A mail about it is queued, and leaves when a server runs: postern serve";
        context.output.note(sentence);
    }
    app.database().close().await;
    let username = &profile.username;
    context.output.result(format!(
        "Created Magento administrator user named {username}"
    ));
    Ok(())
}

fn asked(
    context: &Context,
    given: Option<String>,
    question: &str,
    what: &'static str,
) -> Result<String, Failure> {
    match given {
        Some(value) => Ok(value),
        None => Ok(context.questions()?.text(question, what, |typed| {
            if typed.trim().is_empty() {
                Err("The value cannot be empty".to_owned())
            } else {
                Ok(typed.to_owned())
            }
        })?),
    }
}
