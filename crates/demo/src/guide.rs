//! The demo by hand: everything is on stage, the integration is on, and what to try and to type
//! stands on the screen. When the command has been typed, the guide says what to try next.

use crate::cast::credentials::{CLIENT_ID, CLIENT_SECRET, ORGANIZATION_ID};
use crate::cast::{ANN, BEN, CLEO, DAN, EVE};
use crate::expectation::Mismatch;
use crate::interruption::Interruption;
use crate::narrator::{Narrator, Stopped};
use crate::php_commerce;
use crate::stage::Stage;
use domain::sign_in_mode::SignInMode;
use postern::surroundings::Surroundings;
use std::time::Duration;
use tracing::level_filters::LevelFilter;

/// How often the guide looks whether the mode has changed.
const GLANCE: Duration = Duration::from_millis(200);

/// Sets the stage, and accompanies the person until they have seen enough.
pub(crate) async fn lead(
    surroundings: &Surroundings,
    narrator: &mut Narrator,
    mut interruption: Interruption,
) -> Result<(), Stopped> {
    let log = tracing_subscriber::fmt().with_max_level(LevelFilter::WARN);
    log.with_writer(std::io::stderr).with_target(false).init();
    narrator.title("Postern: a shop that signs in with Adobe ID, and the way back");
    narrator.line("");
    let title = "A throwaway shop, its Admin, and a stand-in for Adobe IMS";
    let stage = narrator.step(title, Stage::open(surroundings)).await?;
    let led = tokio::select! {
        led = Box::pin(accompany(&stage, narrator)) => led,
        () = interruption.came() => Ok(()),
    };
    narrator.line("");
    let root = stage.shop.root().display().to_string();
    match stage.close().await {
        Ok(()) => narrator.line(&format!("  The end: {root} is removed.")),
        Err(error) => narrator.line(&format!("  {root} could not be removed: {error}")),
    }
    led
}

async fn accompany(stage: &Stage, narrator: &mut Narrator) -> Result<(), Stopped> {
    narrator
        .step("ann, ben and dan get accounts with passwords", stage.hire())
        .await?;
    narrator
        .step(
            "dan types six wrong ones and is locked",
            stage.lock_dan_out(),
        )
        .await?;
    narrator
        .step("The Adobe IMS integration is switched on", switch_on(stage))
        .await?;
    let cleo = stage.let_cleo_in();
    narrator
        .step("cleo comes in with her Adobe ID", cleo)
        .await?;
    let dump = php_commerce::dump_configuration(&stage.shop);
    narrator
        .step("app:config:dump copies the settings into config.php", dump)
        .await?;
    introduce(stage, narrator);
    let mut shown = SignInMode::AdobeIms;
    loop {
        tokio::time::sleep(GLANCE).await;
        match stage.door.mode() {
            Some(SignInMode::Commerce) if shown == SignInMode::AdobeIms => {
                shown = SignInMode::Commerce;
                tell_of_passwords(stage, narrator);
            }
            Some(SignInMode::AdobeIms) if shown == SignInMode::Commerce => {
                shown = SignInMode::AdobeIms;
                tell_of_adobe_id(stage, narrator);
            }
            _ => {}
        }
    }
}

async fn switch_on(stage: &Stage) -> Result<(), Mismatch> {
    stage
        .enable(CLIENT_SECRET, &["--provision"])
        .await?
        .expect_code(0)
}

fn introduce(stage: &Stage, narrator: &mut Narrator) {
    narrator.chapter("Where things are");
    let places = [
        ("the Admin", stage.admin_url()),
        ("Adobe's stand-in", format!("{}/sandbox", stage.adobe.url())),
        ("the instance", stage.shop.root().display().to_string()),
    ];
    for (name, place) in places {
        narrator.line(&format!("    {name:18}{place}"));
    }
    narrator.chapter("Who is who");
    let people = [
        (
            ANN,
            ANN.password,
            "has this password from before the integration",
        ),
        (BEN, "?", "has one, too, and has forgotten it"),
        (CLEO, "none", "came with her Adobe ID and never had one"),
        (DAN, DAN.password, "is locked after six wrong passwords"),
        (
            EVE,
            "none",
            "has an Adobe ID, and does not belong to the shop",
        ),
    ];
    for (person, password, story) in people {
        narrator.line(&format!("    {:6}{password:18}{story}", person.username));
    }
    narrator.chapter("What to do");
    narrator.line("    Open the Admin and sign in with Adobe ID; its stand-in asks who you are.");
    narrator.line("    As ann, fill in the last name under My Account: Adobe asks once more.");
    narrator.line("    Break Adobe at its stand-in: give /ims/token the fault 500, and sign in.");
    narrator.line("    To bring the passwords back, type this in a second terminal:");
    narrator.line("");
    narrator.suggest(&command(stage, "admin:adobe-ims:disable"));
    narrator.line("");
    narrator.remark("With --dry-run it only says what it would do, and who could sign in.");
    narrator.remark("Ctrl-C ends the demo and removes the instance.");
}

fn tell_of_passwords(stage: &Stage, narrator: &mut Narrator) {
    narrator.chapter("The integration is off: Commerce passwords hold again");
    narrator.line(&format!("    Sign in as ann with {}", ANN.password));
    narrator.suggest(&stage.admin_url());
    narrator.line("    Let dan try his again");
    narrator.suggest(&command(stage, "admin:user:unlock dan"));
    narrator.line("    Give ben a new one; what is missing is asked for");
    let create = format!(
        "admin:user:create --admin-user {} --admin-email {}",
        BEN.username, BEN.email
    );
    narrator.suggest(&command(stage, &create));
    narrator.line(&format!(
        "    Or put Adobe right, and switch on again, on trial; the secret is {CLIENT_SECRET}"
    ));
    let enable = format!("admin:adobe-ims:enable --try 1m -o {ORGANIZATION_ID} -c {CLIENT_ID}");
    narrator.suggest(&command(stage, &enable));
}

fn tell_of_adobe_id(stage: &Stage, narrator: &mut Narrator) {
    narrator.chapter("The integration is on again: Adobe IDs alone are taken");
    narrator.suggest(&command(stage, "admin:adobe-ims:disable"));
}

fn command(stage: &Stage, arguments: &str) -> String {
    format!("{} {arguments}", stage.shop.command_line.launcher())
}
