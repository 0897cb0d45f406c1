//! The way back: one command, and nothing of the integration is left or honoured.

use super::PASSWORD_FORM;
use super::adobe_id::Integration;
use crate::browser::Browser;
use crate::cast::credentials::CLIENT_SECRET;
use crate::command_line::Run;
use crate::expectation::{Mismatch, expect, expect_equal};
use crate::narrator::{Narrator, Stopped};
use crate::php_commerce::AdobeVisit;
use crate::stage::Stage;
use crate::state::State;
use crate::traces;
use serde::Deserialize;

const DISABLE: &str = "admin:adobe-ims:disable";

/// What the receipt of the command says, as far as the story goes.
#[derive(Deserialize)]
struct Receipt {
    outcome: String,
    admins: Vec<Prospect>,
}

#[derive(Deserialize)]
struct Prospect {
    username: String,
    sign_in: String,
}

pub(super) async fn tell(
    stage: &Stage,
    narrator: &mut Narrator,
    integration: Integration,
) -> Result<(), Stopped> {
    narrator.chapter("One command");
    let preview = dry_run(stage);
    narrator
        .step(
            "A dry run tells who could sign in, and changes nothing",
            preview,
        )
        .await?;
    narrator.remark("ann and ben have a password, dan is locked, cleo must set one first");
    let run = narrator
        .step("The integration is switched off", disable(stage))
        .await?;
    narrator.show(&run);
    let Integration {
        ann,
        cleo,
        visit,
        tokens,
        values,
    } = integration;
    let title = "The next click of ann and of cleo asks for a password";
    narrator.step(title, ask([ann, cleo])).await?;
    let title = "Their tokens are dead: Postern's, PHP Commerce's, and at Adobe";
    narrator
        .step(title, is_over(stage, &visit, &tokens))
        .await?;
    let gone = traces::expect_none(&stage.shop, &values);
    let title = "No removed value is left in the database or in any file";
    narrator.step(title, gone).await?;
    let run = narrator
        .step("The product's own search agrees", search(stage))
        .await?;
    narrator.show(&run);
    narrator
        .step("Disabling once more is harmless", repeat(stage))
        .await
}

async fn dry_run(stage: &Stage) -> Result<(), Mismatch> {
    let before = State::of(&stage.shop).await?;
    let arguments = [DISABLE, "--dry-run", "--format", "json"];
    let run = stage.shop.command_line.succeed(&arguments, "").await?;
    run.json::<Receipt>()?.expect("would_disable")?;
    before.expect_unchanged(&stage.shop).await
}

async fn disable(stage: &Stage) -> Result<Run, Mismatch> {
    let run = stage.shop.command_line.succeed(&[DISABLE], "").await?;
    run.expect_stdout("Admin Adobe IMS integration is disabled.\n")?;
    Ok(run)
}

/// At once: the command has returned, so the server has no time left to notice.
async fn ask(browsers: [Browser; 2]) -> Result<(), Mismatch> {
    for mut browser in browsers {
        browser.open_admin().await?.expect(200, &[PASSWORD_FORM])?;
    }
    Ok(())
}

async fn is_over(stage: &Stage, visit: &AdobeVisit, tokens: &[String]) -> Result<(), Mismatch> {
    let remains = visit.remains(&stage.shop).await?;
    expect_equal("what is left of the visit", &Vec::new(), &remains)?;
    let (_, kept) = stage.shop.stored_tokens().await?;
    expect_equal("stored tokens", &0, &kept.len())?;
    for token in tokens {
        let is_valid = stage.adobe.is_valid_token(token);
        expect(
            "a token that Adobe has revoked",
            !is_valid,
            "Adobe still takes it",
        )?;
    }
    Ok(())
}

async fn search(stage: &Stage) -> Result<Run, Mismatch> {
    let arguments = ["admin:adobe-ims:residue", "--stdin"];
    stage
        .shop
        .command_line
        .succeed(&arguments, &format!("{CLIENT_SECRET}\n"))
        .await
}

async fn repeat(stage: &Stage) -> Result<(), Mismatch> {
    let before = State::of(&stage.shop).await?;
    let arguments = [DISABLE, "--format", "json"];
    let run = stage.shop.command_line.succeed(&arguments, "").await?;
    run.json::<Receipt>()?.expect("already_disabled")?;
    before.expect_unchanged(&stage.shop).await
}

impl Receipt {
    /// The receipt must have this outcome, and tell of everybody's way back in.
    fn expect(&self, outcome: &str) -> Result<(), Mismatch> {
        expect_equal("the outcome", &outcome, &self.outcome.as_str())?;
        let told: Vec<(&str, &str)> = self
            .admins
            .iter()
            .map(|admin| (admin.username.as_str(), admin.sign_in.as_str()))
            .collect();
        let expected = vec![
            ("ann", "has_password"),
            ("ben", "has_password"),
            ("dan", "locked"),
            ("cleo", "must_reset"),
        ];
        expect_equal("who signs in how", &expected, &told)
    }
}
