//! Adobe goes down: whoever is signed in goes on for a while and is told so, and whoever is not
//! learns the true reason, and the operator the command.

use super::adobe_id::Integration;
use crate::browser::Browser;
use crate::cast::{ANN, BEN};
use crate::expectation::{Mismatch, expect};
use crate::narrator::{Narrator, Stopped};
use crate::stage::Stage;
use ims_sandbox::Fault;
use std::time::{Duration, Instant};

/// What Adobe answers to servers; its own page still opens.
const BROKEN: [&str; 3] = ["/ims/token", "/ims/profile/v1", "/ims/validate_token/v1"];

/// How long the server may take to ask Adobe about a session that is due.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a page says in the time of grace.
const BANNER: &str = "The service that you signed in with gives no answer at the moment.";

/// What the sign-in page says to whoever operates the shop; the name of the command follows it.
const COMMAND: &str = "Commerce passwords are brought back with:";

pub(super) async fn tell(
    stage: &Stage,
    narrator: &mut Narrator,
    integration: &mut Integration,
) -> Result<(), Stopped> {
    narrator.chapter("Friday evening: Adobe is down");
    let grace = bear(stage, &mut integration.ann);
    narrator
        .step("ann goes on working; a banner tells her until when", grace)
        .await?;
    narrator.remark("The server asks Adobe every ten minutes; for the story, that is now");
    let title = "ben cannot sign in; the page says why, and what to type";
    narrator.step(title, refuse(stage)).await
}

async fn bear(stage: &Stage, ann: &mut Browser) -> Result<(), Mismatch> {
    for path in BROKEN {
        stage.adobe.set_fault(path, Fault::ServerError);
    }
    stage.shop.make_checks_due().await?;
    let begun = Instant::now();
    loop {
        let page = ann.open_admin().await?;
        page.expect_signed_in(&ANN, "Adobe ID")?;
        if page.body.contains(BANNER) {
            return Ok(());
        }
        let waits = begun.elapsed() < PATIENCE;
        expect("the banner of the time of grace", waits, "none in time")?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn refuse(stage: &Stage) -> Result<(), Mismatch> {
    let page = stage.browser()?.sign_in_with_adobe_id(&BEN).await?;
    let told = [
        "The sign-in service gives no answer at the moment.",
        COMMAND,
        "admin:adobe-ims:disable",
    ];
    page.expect(200, &told)
}
