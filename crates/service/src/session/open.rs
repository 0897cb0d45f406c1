//! Opening a session for who proved who they are. Unless accounts are shared
//! (`admin/security/admin_account_sharing`), it ends the person's others, PHP Commerce's included.
//! A browser that is new to the account is told of by mail.

use super::{browser, digest, end_commerce, grant, limits, new_id};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::{Letterhead, notice};
use crate::sign_in::Verified;
use crate::sign_in::known_browser::Introduction;
use crate::switch;
use domain::session::{EndReason, Session};
use secrecy::SecretString;
use store::second_factors::session_factors;
use store::sessions::{Origin, StoredSession, Whose};

/// A session that was just opened.
pub struct Opened {
    /// For the browser's cookie, and kept nowhere else.
    pub id: SecretString,
    /// Whether other sessions of the person were open and are ended now.
    pub others_ended: bool,
}

/// Opens a session for a person who was verified at either door.
pub async fn open(app: &App, verified: &Verified, origin: &Origin) -> Result<Opened, ServiceError> {
    let now = app.now();
    let id = new_id()?;
    let limits = limits(app).await?;
    let configuration = app.configuration().await?;
    let is_shared = configuration.flag("admin/security/admin_account_sharing")?;
    let admin = &verified.admin;
    let stored = StoredSession {
        id_hash: digest(app, &id),
        session: Session {
            admin: admin.id,
            mode: verified.mode(),
            epoch: verified.epoch,
            created_at: now,
            last_seen_at: now,
            ended: None,
        },
        origin: origin.clone(),
    };
    let head = Letterhead::new(app, &configuration)?;
    let sessions = app.sessions();
    let forget_at = limits.forget_at(&stored.session);
    let reason = EndReason::SignedInElsewhere;
    let end_others = (!is_shared).then_some(reason);
    let mut change = sessions.begin(app.database()).await?;
    if verified.grant.is_some() {
        // Before any other row is locked, as in a switch.
        switch::hold(&mut change, verified.epoch).await?;
    }
    let own = sessions
        .create(&mut change, &stored, forget_at, end_others)
        .await?;
    let mut transaction = change.transaction(app.database()).await?;
    // Where the mode was switched meanwhile the session is void, and no token is kept.
    if let Some(grant) = &verified.grant
        && switch::hold(&mut transaction, verified.epoch).await?
    {
        grant::keep(app, &mut transaction, &stored, grant).await?;
    }
    if let Some(factor) = verified.factor {
        let id_hash = &stored.id_hash;
        session_factors::create(&mut transaction, id_hash, admin.id, factor, now).await?;
    }
    let mut others_ended = false;
    if !is_shared {
        let (whose, by) = (Whose::Of(admin.id), (admin.username.as_str(), now));
        let ended = end_commerce(&mut transaction, own, whose, reason, by).await?;
        others_ended = ended.own + ended.commerce > 0;
    }
    if is_worth_a_notice(verified) {
        let (ip, agent) = (&origin.ip, &origin.user_agent);
        let browser = browser::name_of(agent).unwrap_or_else(|| agent.clone());
        notice::new_browser(app, &mut transaction, &head, admin, ip, &browser, now).await?;
    }
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(Opened { id, others_ended })
}

/// Whether the browser is new to the account. To a new account every browser is.
fn is_worth_a_notice(verified: &Verified) -> bool {
    let is_new = |introduction: &Introduction| introduction.is_new;
    verified.browser.as_ref().is_some_and(is_new) && verified.admin.last_sign_in.is_some()
}
