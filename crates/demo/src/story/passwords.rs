//! Before the integration: Commerce passwords, and somebody who has locked himself out.

use super::{INCORRECT, PASSWORD_FORM};
use crate::browser::{Browser, Page};
use crate::cast::{ANN, BEN, DAN};
use crate::expectation::Mismatch;
use crate::narrator::{Narrator, Stopped};
use crate::stage::Stage;

/// What is open in browsers when the integration comes.
pub(super) struct Earlier {
    /// ann is signed in.
    pub(super) ann: Browser,
    /// ben has left the sign-in page open.
    pub(super) ben: (Browser, Page),
}

pub(super) async fn tell(stage: &Stage, narrator: &mut Narrator) -> Result<Earlier, Stopped> {
    narrator
        .step("ann, ben and dan get accounts with passwords", stage.hire())
        .await?;
    let ann = narrator
        .step("ann signs in with hers", sign_in(stage))
        .await?;
    let ben = leave_open(stage);
    let ben = narrator
        .step("ben, who has forgotten his, leaves the page open", ben)
        .await?;
    let locked = lock_out(stage);
    narrator
        .step(
            "dan types six wrong ones: now the right one fails, too",
            locked,
        )
        .await?;
    Ok(Earlier { ann, ben })
}

async fn sign_in(stage: &Stage) -> Result<Browser, Mismatch> {
    let mut browser = stage.browser()?;
    let page = browser.sign_in(&ANN, ANN.password).await?;
    page.expect_signed_in(&ANN, "Commerce password")?;
    Ok(browser)
}

async fn leave_open(stage: &Stage) -> Result<(Browser, Page), Mismatch> {
    let mut browser = stage.browser()?;
    browser
        .sign_in(&BEN, "a wild guess")
        .await?
        .expect(401, &[INCORRECT])?;
    let page = browser.open_admin().await?;
    page.expect(200, &[PASSWORD_FORM])?;
    Ok((browser, page))
}

async fn lock_out(stage: &Stage) -> Result<(), Mismatch> {
    stage.lock_dan_out().await?;
    let page = stage.browser()?.sign_in(&DAN, DAN.password).await?;
    page.expect(401, &[INCORRECT])
}
