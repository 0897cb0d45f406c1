//! Everybody comes back in: by the password from before, by an unlocked account, by a new
//! password; and she who never had one is told apart.

use super::INCORRECT;
use crate::cast::{ANN, BEN, CLEO, DAN};
use crate::command_line::Run;
use crate::expectation::Mismatch;
use crate::narrator::{Narrator, Stopped};
use crate::stage::Stage;

/// What the operator sets for ben.
const NEW_PASSWORD: &str = "Fresh-start-2026";

pub(super) async fn tell(stage: &Stage, narrator: &mut Narrator) -> Result<(), Stopped> {
    narrator.chapter("Five minutes later");
    let ann = sign_in_as_before(stage);
    narrator
        .step("ann signs in with the password she had before", ann)
        .await?;
    let dan = unlock(stage);
    let title = "dan is refused, is unlocked, and signs in with his own";
    let run = narrator.step(title, dan).await?;
    narrator.show(&run);
    let ben = set_password(stage);
    let run = narrator
        .step("ben is given a new password, and signs in with it", ben)
        .await?;
    narrator.show(&run);
    let title = "cleo never had one: what she types is refused, an empty one too";
    narrator.step(title, refuse(stage)).await
}

async fn sign_in_as_before(stage: &Stage) -> Result<(), Mismatch> {
    let mut browser = stage.browser()?;
    let page = browser.sign_in(&ANN, ANN.password).await?;
    page.expect_signed_in(&ANN, "Commerce password")?;
    stage
        .browser()?
        .ask_for_token(&ANN, ANN.password)
        .await?
        .expect(200, &["\"ey"])
}

async fn unlock(stage: &Stage) -> Result<Run, Mismatch> {
    let mut browser = stage.browser()?;
    browser
        .sign_in(&DAN, DAN.password)
        .await?
        .expect(401, &[INCORRECT])?;
    let arguments = ["admin:user:unlock", DAN.username];
    let run = stage.shop.command_line.succeed(&arguments, "").await?;
    run.expect_stdout("The user account \"dan\" has been unlocked\n")?;
    let page = browser.sign_in(&DAN, DAN.password).await?;
    page.expect_signed_in(&DAN, "Commerce password")?;
    Ok(run)
}

async fn set_password(stage: &Stage) -> Result<Run, Mismatch> {
    let arguments = [
        "admin:user:create",
        "--admin-user",
        BEN.username,
        "--admin-email",
        BEN.email,
        "--admin-firstname",
        BEN.first_name,
        "--admin-lastname",
        BEN.last_name,
        "--admin-password",
        "-",
    ];
    let input = format!("{NEW_PASSWORD}\n");
    let run = stage.shop.command_line.succeed(&arguments, &input).await?;
    let page = stage.browser()?.sign_in(&BEN, NEW_PASSWORD).await?;
    page.expect_signed_in(&BEN, "Commerce password")?;
    Ok(run)
}

async fn refuse(stage: &Stage) -> Result<(), Mismatch> {
    let mut browser = stage.browser()?;
    for password in ["", " ", "cleo"] {
        browser
            .sign_in(&CLEO, password)
            .await?
            .expect(401, &[INCORRECT])?;
    }
    Ok(())
}
