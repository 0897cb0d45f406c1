//! Setting up a security key as the first factor.

use super::Enrolled;
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::Letterhead;
use crate::second_factor::prove::{self, Attempt, Context};
use crate::second_factor::security_key::set_up::{Answer, keep};
use crate::second_factor::security_key::{keys, may_set_up, set_up, set_up_by_api, shop};
use crate::second_factor::{FactorRefused, rules, user_config};
use crate::sign_in::known_browser;
use crate::switch;
use domain::admin::Admin;
use domain::second_factor::Factor;
use domain::sign_in_mode::SignInMode;
use secrecy::SecretString;
use store::admins;

/// Sets a security key up on the way in, as [`super::finish_app`] does an app. `answer` is the
/// browser's JSON to [`crate::second_factor::security_key::begin_set_up`]; `name` is what the person
/// calls the key.
pub async fn finish_key(
    app: &App,
    attempt: &Attempt,
    token: &SecretString,
    answer: &SecretString,
    name: &str,
) -> Result<Result<Enrolled, FactorRefused>, ServiceError> {
    let (context, rules) = (Context::read(app).await?, rules::load(app).await?);
    let (mut transaction, pending) = match prove::hold(app, &attempt.id).await? {
        Ok(held) => held,
        Err(refused) => return Ok(Err(refused)),
    };
    let (admin, enrolled, now) = (&pending.admin, pending.enrolled, context.now);
    let may = may_set_up(app, &mut transaction, (admin, &rules), enrolled, token).await?;
    if let Err(refused) = may {
        return Ok(Err(refused));
    }
    let answer = Answer {
        question: set_up(&pending),
        json: answer,
        name,
        shows_codes: true,
    };
    let by = (&context.shop, &context.head);
    let kept = keep(app, &mut transaction, by, admin, &answer, now).await?;
    let recovery_codes = match kept {
        Ok(codes) => codes,
        Err(refused) => return Ok(Err(refused)),
    };
    let cookie = attempt.browser.as_ref();
    let browser = known_browser::recognise(app, &mut transaction, cookie, admin.id, now).await?;
    let shown = (Factor::SecurityKey, browser);
    let entered = prove::enter(app, transaction, &context, pending, attempt, shown).await?;
    app.wake_mail_sender();
    Ok(entered.map(|entered| Enrolled {
        entered,
        recovery_codes,
    }))
}

/// Sets a security key up for who has nothing yet, by the `token` of a link alone: nobody is let in
/// by it. There are no recovery codes yet: nobody would see them here, and each person makes some on
/// their own page.
pub async fn finish_key_by_api(
    app: &App,
    admin: &Admin,
    token: &SecretString,
    answer: &SecretString,
) -> Result<Result<(), FactorRefused>, ServiceError> {
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        return Ok(Err(FactorRefused::IntegrationIsOn));
    }
    let (head, now) = (Letterhead::load(app).await?, app.now());
    let (shop, rules) = (shop::load(app).await?, rules::load(app).await?);
    let mut transaction = app.database().begin().await?;
    admins::hold(&mut transaction, admin.id).await?;
    let config = user_config::load(app, &mut transaction, admin).await?;
    let enrolled = user_config::enrolled(app, admin, &config)?;
    let may = may_set_up(app, &mut transaction, (admin, &rules), enrolled, token).await?;
    if let Err(refused) = may {
        return Ok(Err(refused));
    }
    let subject = admin.id.to_string();
    let answer = Answer {
        question: set_up_by_api(&subject),
        json: answer,
        name: keys::name_of_commerce(),
        shows_codes: false,
    };
    let kept = keep(app, &mut transaction, (&shop, &head), admin, &answer, now).await?;
    if kept.is_ok() {
        transaction.commit().await?;
        app.wake_mail_sender();
    }
    Ok(kept.map(|_| ()))
}
