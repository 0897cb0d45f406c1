//! Opening a session for who proved who they are. Unless accounts are shared
//! (`admin/security/admin_account_sharing`), it ends the person's others, PHP Commerce's included.

use super::{digest, end_all_in, limits, new_id};
use crate::app::App;
use crate::error::ServiceError;
use crate::sign_in::password::Verified;
use domain::session::{EndReason, Session};
use domain::sign_in_mode::SignInMode;
use secrecy::SecretString;
use store::admins;
use store::sessions::{Origin, StoredSession, Whose};

/// A session that was just opened.
pub struct Opened {
    /// For the browser's cookie, and kept nowhere else.
    pub id: SecretString,
    /// Whether other sessions of the person were open and are ended now.
    pub others_ended: bool,
}

/// Opens a session for a person whose password was right.
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
            mode: SignInMode::Commerce,
            epoch: verified.epoch,
            created_at: now,
            last_seen_at: now,
            ended: None,
        },
        origin: origin.clone(),
    };
    let mut transaction = app.database().begin().await?;
    // Of two who sign in at once, the second ends the session of the first.
    admins::hold(&mut transaction, admin.id).await?;
    let mut others_ended = false;
    if !is_shared {
        let (whose, reason) = (Whose::Of(admin.id), EndReason::SignedInElsewhere);
        let by = (admin.username.as_str(), now);
        let ended = end_all_in(app, &mut transaction, whose, reason, by).await?;
        others_ended = ended.own + ended.commerce > 0;
    }
    let forget_at = limits.forget_at(&stored.session);
    let sessions = app.sessions();
    sessions
        .create(&mut transaction, &stored, forget_at)
        .await?;
    transaction.commit().await?;
    Ok(Opened { id, others_ended })
}
