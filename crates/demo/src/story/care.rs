//! Adobe is back, and the integration is switched on again, with care: a trial that nobody passes
//! reverts by itself, a wrong secret is found out before anything is changed, and a trial that
//! somebody passes stays.

use super::{ADOBE_BUTTON, PASSWORD_FORM};
use crate::cast::ANN;
use crate::cast::credentials::{CLIENT_ID, CLIENT_SECRET, ORGANIZATION_ID};
use crate::command_line::Run;
use crate::expectation::{Mismatch, expect};
use crate::narrator::{Narrator, Stopped};
use crate::stage::Stage;
use crate::state::State;
use crate::traces;
use jiff::SignedDuration;
use secrecy::SecretString;
use service::switch::enable::{self, Members, Options, Settings};
use std::time::{Duration, Instant};

/// The command takes no less than a minute; the use case behind it does.
const TRIAL: SignedDuration = SignedDuration::from_secs(5);

/// How much longer than the trial the story waits for its end.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sign-ins are kept to the second, and one in the second of the switch proves nothing.
const NEXT_SECOND: Duration = Duration::from_secs(1);

pub(super) async fn tell(stage: &Stage, narrator: &mut Narrator) -> Result<(), Stopped> {
    narrator.chapter("Next week: Adobe is back");
    let trial = begin_trial(stage);
    narrator
        .step(
            "The integration is on again, on trial for five seconds",
            trial,
        )
        .await?;
    let title = "Nobody signs in through it: it reverts by itself";
    narrator.step(title, revert(stage)).await?;
    let title = "A wrong client secret is refused, and changes nothing";
    let run = narrator.step(title, refuse_secret(stage)).await?;
    narrator.show(&run);
    let title = "On trial once more; ann signs in with her Adobe ID: it stays";
    let run = narrator.step(title, pass_trial(stage)).await?;
    narrator.show(&run);
    Ok(())
}

async fn begin_trial(stage: &Stage) -> Result<(), Mismatch> {
    stage.adobe.clear_faults();
    let settings = Settings {
        organization_id: ORGANIZATION_ID.to_owned(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: SecretString::from(CLIENT_SECRET),
        open_id: None,
        members: Members::default(),
    };
    enable::enable(&stage.shop.app, settings, Options { trial: Some(TRIAL) }).await?;
    stage
        .browser()?
        .open_admin()
        .await?
        .expect(200, &[ADOBE_BUTTON])
}

/// Nobody runs a command: the page changes, and the running server clears up.
async fn revert(stage: &Stage) -> Result<(), Mismatch> {
    let mut browser = stage.browser()?;
    let begun = Instant::now();
    let limit = TRIAL.unsigned_abs() + PATIENCE;
    let values = [ORGANIZATION_ID, CLIENT_ID, CLIENT_SECRET].map(ToOwned::to_owned);
    loop {
        let page = browser.open_admin().await?;
        let is_cleared = stage.shop.is_cleared().await?;
        if page.body.contains(PASSWORD_FORM) && is_cleared {
            return traces::expect_none(&stage.shop, &values).await;
        }
        let waits = begun.elapsed() < limit;
        expect(
            "the password form, and nothing left to clear up",
            waits,
            "neither in time",
        )?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn refuse_secret(stage: &Stage) -> Result<Run, Mismatch> {
    let before = State::of(&stage.shop).await?;
    let run = stage.enable("p8e-not-the-secret", &[]).await?;
    run.expect_code(1)?;
    run.expect_stdout("")?;
    let names_it = run.stderr.contains("refused the client secret");
    expect(
        "the client secret is named as the one refused",
        names_it,
        &run.stderr,
    )?;
    before.expect_unchanged(&stage.shop).await?;
    stage
        .browser()?
        .open_admin()
        .await?
        .expect(200, &[PASSWORD_FORM])?;
    Ok(run)
}

async fn pass_trial(stage: &Stage) -> Result<Run, Mismatch> {
    let options = ["--try", "1m"];
    let run = stage.enable(CLIENT_SECRET, &options).await?;
    run.expect_code(0)?;
    let status = ["admin:adobe-ims:status"];
    let trial = stage.shop.command_line.succeed(&status, "").await?;
    let is_on_trial = trial.stderr.contains("On trial");
    expect("a trial", is_on_trial, &trial.stderr)?;
    tokio::time::sleep(NEXT_SECOND).await;
    let page = stage.browser()?.sign_in_with_adobe_id(&ANN).await?;
    page.expect_signed_in(&ANN, "Adobe ID")?;
    let run = stage.shop.command_line.succeed(&status, "").await?;
    run.expect_stdout("Admin Adobe IMS integration is enabled\n")?;
    let is_over = !run.stderr.contains("On trial");
    expect("no trial any more", is_over, &run.stderr)?;
    Ok(run)
}
