//! The integration is on: no password is taken anywhere, people sign in with their Adobe IDs, and
//! what those bring with them spreads through the instance, as it does in a real shop.

use super::passwords::Earlier;
use super::{ADOBE_BUTTON, PASSWORD_FORM};
use crate::browser::{Browser, Page};
use crate::cast::credentials::{CLIENT_ID, CLIENT_SECRET, ORGANIZATION_ID};
use crate::cast::{ANN, BEN, EVE};
use crate::command_line::Run;
use crate::expectation::{Mismatch, expect};
use crate::narrator::{Narrator, Stopped};
use crate::php_commerce::{self, AdobeVisit};
use crate::stage::Stage;
use crate::traces;

/// Commerce's words to a script that asks for a token with a password.
const TOKENS_DISABLED: &str =
    "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN.";

/// What the switch will have to end and to remove.
pub(super) struct Integration {
    /// ann's browser, signed in with her Adobe ID.
    pub(super) ann: Browser,
    /// cleo's browser, the same.
    pub(super) cleo: Browser,
    /// What PHP Commerce keeps of cleo's.
    pub(super) visit: AdobeVisit,
    /// Tokens that Adobe takes until they are revoked.
    pub(super) tokens: Vec<String>,
    /// Every value that must be gone afterwards, as it was typed and as it is stored.
    pub(super) values: Vec<String>,
}

pub(super) async fn tell(
    stage: &Stage,
    narrator: &mut Narrator,
    earlier: Earlier,
) -> Result<Integration, Stopped> {
    narrator.chapter("This week");
    let run = narrator
        .step("The Adobe IMS integration is switched on", enable(stage))
        .await?;
    narrator.show(&run);
    let Earlier { mut ann, ben } = earlier;
    let title = "ann's session is over; the page offers Adobe ID alone";
    narrator.step(title, ends(&mut ann)).await?;
    let title = "ben's page from before is refused: sign in with Adobe ID";
    narrator.step(title, refuses(ben)).await?;
    let title = "So is a script that asks for a token with a password";
    narrator.step(title, refuses_tokens(stage)).await?;
    let title = "ann signs in with her Adobe ID: same address, same account";
    narrator.step(title, sign_in(&mut ann)).await?;
    let title = "eve has an Adobe ID, too, but no business here: refused";
    narrator.step(title, keep_out(stage)).await?;
    let title = "ann fills in her last name; Adobe asks once more who she is";
    narrator.step(title, confirm(&mut ann)).await?;
    let title = "cleo is new: her Adobe ID makes her an account, without rights";
    let (cleo, visit) = narrator.step(title, stage.let_cleo_in()).await?;
    let title = "app:config:dump copies the settings into config.php, too";
    let (tokens, values) = narrator.step(title, spread(stage, &visit)).await?;
    Ok(Integration {
        ann,
        cleo,
        visit,
        tokens,
        values,
    })
}

async fn enable(stage: &Stage) -> Result<Run, Mismatch> {
    let run = stage.enable(CLIENT_SECRET, &["--provision"]).await?;
    run.expect_code(0)?;
    run.expect_stdout("Admin Adobe IMS integration is enabled\n")?;
    Ok(run)
}

async fn ends(ann: &mut Browser) -> Result<(), Mismatch> {
    let page = ann.open_admin().await?;
    page.expect(200, &[ADOBE_BUTTON])?;
    expect(
        "no form for a password",
        !page.body.contains(PASSWORD_FORM),
        &page.body,
    )
}

async fn refuses((mut browser, page): (Browser, Page)) -> Result<(), Mismatch> {
    let page = browser.fill_in(&page, &BEN, BEN.password).await?;
    page.expect(403, &["Please sign in with Adobe ID", ADOBE_BUTTON])
}

async fn refuses_tokens(stage: &Stage) -> Result<(), Mismatch> {
    let answer = stage.browser()?.ask_for_token(&ANN, ANN.password).await?;
    answer.expect(401, &[TOKENS_DISABLED])
}

async fn sign_in(ann: &mut Browser) -> Result<(), Mismatch> {
    let page = ann.sign_in_with_adobe_id(&ANN).await?;
    page.expect_signed_in(&ANN, "Adobe ID")
}

async fn keep_out(stage: &Stage) -> Result<(), Mismatch> {
    let mut browser = stage.browser()?;
    let page = browser.sign_in_with_adobe_id(&EVE).await?;
    page.expect(
        200,
        &[
            "does not belong to the organization of this shop",
            "Use another account",
        ],
    )?;
    browser.open_admin().await?.expect(200, &[ADOBE_BUTTON])
}

async fn confirm(ann: &mut Browser) -> Result<(), Mismatch> {
    let page = ann.fill_in_last_name(&ANN).await?;
    page.expect(200, &["You saved the account.", ANN.last_name])
}

/// Returns the tokens that Adobe takes, and every value that must be gone after the switch.
async fn spread(stage: &Stage, visit: &AdobeVisit) -> Result<(Vec<String>, Vec<String>), Mismatch> {
    let mut values = php_commerce::dump_configuration(&stage.shop).await?;
    let database = "data/postern.sqlite";
    let places = ["app/etc/config.php", "app/etc/env.php", database];
    traces::expect_in(&stage.shop, &values, &places).await?;
    let (mut tokens, kept) = stage.shop.stored_tokens().await?;
    traces::expect_in(&stage.shop, &kept, &[database]).await?;
    tokens.push(visit.session_token.clone());
    for token in &tokens {
        let is_valid = stage.adobe.is_valid_token(token);
        expect("a token that Adobe takes", is_valid, "Adobe refuses it")?;
    }
    values.extend([ORGANIZATION_ID, CLIENT_ID, CLIENT_SECRET].map(ToOwned::to_owned));
    values.extend(kept);
    values.extend(tokens.iter().cloned());
    Ok((tokens, values))
}
