//! The story: a shop signs in with passwords, moves to Adobe ID, loses it on a Friday evening, comes
//! back with one command, and later moves again. One file a chapter; every step checks what it tells.

mod adobe_id;
mod care;
mod home_again;
mod outage;
mod passwords;
mod way_back;

use crate::interruption::Interruption;
use crate::narrator::{Narrator, Stopped};
use crate::stage::Stage;
use postern::surroundings::Surroundings;

/// What the sign-in page says while it takes passwords.
const PASSWORD_FORM: &str = "Welcome, please sign in";

/// What it offers while the integration is on.
const ADOBE_BUTTON: &str = "Sign In with Adobe ID";

/// The one answer to everything that is wrong with a name and a password.
const INCORRECT: &str = "The account sign-in was incorrect or your account is disabled \
                         temporarily. Please wait and try again later.";

/// Tells it, and clears up, also when the person has heard enough.
pub(crate) async fn tell(
    surroundings: &Surroundings,
    narrator: &mut Narrator,
    mut interruption: Interruption,
) -> Result<(), Stopped> {
    narrator.title("Postern: the way back into a shop whose single sign-on has failed");
    narrator.chapter("Last month");
    let title = "A throwaway shop, its Admin, and a stand-in for Adobe IMS";
    let told = match narrator.step(title, Stage::open(surroundings)).await {
        Ok(stage) => {
            let told = tokio::select! {
                told = Box::pin(chapters(&stage, narrator)) => told,
                () = interruption.came() => Err(Stopped),
            };
            if let Err(error) = stage.close().await {
                narrator.line(&format!(
                    "  The instance's folder could not be removed: {error}"
                ));
            }
            told
        }
        Err(stopped) => Err(stopped),
    };
    narrator.end(&told);
    told
}

async fn chapters(stage: &Stage, narrator: &mut Narrator) -> Result<(), Stopped> {
    let earlier = Box::pin(passwords::tell(stage, narrator)).await?;
    let mut integration = Box::pin(adobe_id::tell(stage, narrator, earlier)).await?;
    outage::tell(stage, narrator, &mut integration).await?;
    way_back::tell(stage, narrator, integration).await?;
    home_again::tell(stage, narrator).await?;
    care::tell(stage, narrator).await
}
