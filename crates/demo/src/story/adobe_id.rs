//! The integration is on: no password is taken anywhere, and what Adobe ID brings with it spreads
//! through the instance, as it does in a real shop.

use super::passwords::Earlier;
use super::{ADOBE_BUTTON, PASSWORD_FORM};
use crate::browser::Browser;
use crate::cast::credentials::{CLIENT_ID, CLIENT_SECRET, ORGANIZATION_ID};
use crate::cast::{ANN, BEN, CLEO};
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
    /// cleo's visit with an Adobe ID.
    pub(super) visit: AdobeVisit,
    /// Her browser.
    pub(super) cleo: Browser,
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
    let ann = ends(earlier.ann);
    narrator
        .step("ann's session is over; the page offers Adobe ID alone", ann)
        .await?;
    let ben = refuses(earlier.ben);
    narrator
        .step(
            "ben's page from before is refused: sign in with Adobe ID",
            ben,
        )
        .await?;
    let token = refuses_tokens(stage);
    narrator
        .step(
            "So is a script that asks for a token with a password",
            token,
        )
        .await?;
    let entered = enter(stage);
    let title = "cleo comes in with her Adobe ID; PHP Commerce stores her tokens";
    let (visit, cleo) = narrator.step(title, entered).await?;
    let dumped = dump(stage, &visit);
    let title = "app:config:dump copies the settings into config.php, too";
    let values = narrator.step(title, dumped).await?;
    Ok(Integration {
        visit,
        cleo,
        values,
    })
}

async fn enable(stage: &Stage) -> Result<Run, Mismatch> {
    let run = stage.enable(CLIENT_SECRET).await?;
    run.expect_code(0)?;
    run.expect_stdout("Admin Adobe IMS integration is enabled\n")?;
    Ok(run)
}

async fn ends(mut ann: Browser) -> Result<(), Mismatch> {
    let page = ann.open_admin().await?;
    page.expect(200, &[ADOBE_BUTTON])?;
    expect(
        "no form for a password",
        !page.body.contains(PASSWORD_FORM),
        &page.body,
    )
}

async fn refuses((mut browser, page): (Browser, crate::browser::Page)) -> Result<(), Mismatch> {
    let page = browser.fill_in(&page, &BEN, BEN.password).await?;
    page.expect(403, &["Please sign in with Adobe ID", ADOBE_BUTTON])
}

async fn refuses_tokens(stage: &Stage) -> Result<(), Mismatch> {
    let answer = stage.browser()?.ask_for_token(&ANN, ANN.password).await?;
    answer.expect(401, &[TOKENS_DISABLED])
}

async fn enter(stage: &Stage) -> Result<(AdobeVisit, Browser), Mismatch> {
    let visit = stage.let_cleo_in().await?;
    let mut browser = stage.browser()?;
    php_commerce::enter(&mut browser, &visit);
    browser
        .open_admin()
        .await?
        .expect_signed_in(&CLEO, "Adobe ID")?;
    Ok((visit, browser))
}

async fn dump(stage: &Stage, visit: &AdobeVisit) -> Result<Vec<String>, Mismatch> {
    let mut values = php_commerce::dump_configuration(&stage.shop).await?;
    let database = "data/postern.sqlite";
    let places = ["app/etc/config.php", "app/etc/env.php", database];
    traces::expect_in(&stage.shop, &values, &places).await?;
    values.extend([ORGANIZATION_ID, CLIENT_ID, CLIENT_SECRET].map(ToOwned::to_owned));
    values.extend([visit.session_token.clone(), visit.web_api_token.clone()]);
    Ok(values)
}
