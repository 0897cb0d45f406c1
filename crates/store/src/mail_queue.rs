//! Mail that has not left yet, `postern_mail`. A node claims a row before it works on it, so that
//! of two nodes one does; a claim runs out by itself when its node dies.

use crate::database::{Connection, DatabaseError, Row};
use crate::time;
use jiff::Timestamp;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// A mail as it is to leave.
    Letter,
    /// A mail address that somebody typed; whoever has it is to be sent a link.
    ResetRequest,
}

impl MailKind {
    fn code(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::ResetRequest => "reset_request",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Letter, Self::ResetRequest]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A mail to be queued.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// What it is.
    pub kind: MailKind,
    /// The mail address.
    pub recipient: String,
    /// The person's name.
    pub recipient_name: String,
    /// The language it is written in.
    pub locale: String,
    /// The subject.
    pub subject: String,
    /// The body as text, encrypted.
    pub text: Option<String>,
    /// The body as HTML, encrypted.
    pub html: Option<String>,
    /// When it is no longer worth sending.
    pub give_up_at: Timestamp,
}

/// A mail that waits.
#[derive(Clone, Debug)]
pub struct QueuedMail {
    /// The row.
    pub id: i64,
    /// What waits.
    pub mail: NewMail,
    /// When it was queued.
    pub created_at: Timestamp,
    /// How often it was claimed.
    pub attempts: u32,
}

/// Queues a mail; to be called in the transaction of what it tells of.
pub async fn append(
    connection: &mut Connection,
    mail: &NewMail,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_mail (kind, recipient, recipient_name, locale, subject, text, \
               html, created_at, give_up_at, attempts, next_attempt_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)";
    let arguments = vec![
        mail.kind.code().into(),
        fitting(&mail.recipient).into(),
        fitting(&mail.recipient_name).into(),
        mail.locale.as_str().into(),
        fitting(&mail.subject).into(),
        mail.text.as_deref().into(),
        mail.html.as_deref().into(),
        now.as_second().into(),
        mail.give_up_at.as_second().into(),
        now.as_second().into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// What is due at `now`, at most `limit` of it, the longest due first.
pub async fn list_due(
    connection: &mut Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<QueuedMail>, DatabaseError> {
    let sql = "SELECT id, kind, recipient, recipient_name, locale, subject, text, html, \
               give_up_at, created_at, attempts FROM #postern_mail WHERE next_attempt_at <= ? \
               ORDER BY next_attempt_at, id LIMIT ?";
    connection
        .fetch_all(sql, vec![now.as_second().into(), limit.into()])
        .await?
        .iter()
        .map(queued_mail)
        .collect()
}

fn queued_mail(row: &Row) -> Result<QueuedMail, DatabaseError> {
    let kind = MailKind::from_code(&row.text(1)?).ok_or(DatabaseError::Shape { column: 1 })?;
    Ok(QueuedMail {
        id: row.integer(0)?,
        mail: NewMail {
            kind,
            recipient: row.text(2)?,
            recipient_name: row.text(3)?,
            locale: row.text(4)?,
            subject: row.text(5)?,
            text: row.optional_text(6)?,
            html: row.optional_text(7)?,
            give_up_at: time::required(row, 8)?,
        },
        created_at: time::required(row, 9)?,
        attempts: row.id(10)?,
    })
}

/// Whether nothing waits, due or not.
pub async fn is_empty(connection: &mut Connection) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM #postern_mail LIMIT 1";
    let row = connection.fetch_optional(sql, Vec::new()).await?;
    Ok(row.is_none())
}

/// Takes a mail for oneself until `until`. Returns it with the attempt counted, or nothing where
/// somebody else was faster.
pub async fn claim(
    connection: &mut Connection,
    mail: QueuedMail,
    until: Timestamp,
) -> Result<Option<QueuedMail>, DatabaseError> {
    let sql = "UPDATE #postern_mail SET attempts = attempts + 1, next_attempt_at = ? \
               WHERE id = ? AND attempts = ?";
    let arguments = vec![
        until.as_second().into(),
        mail.id.into(),
        mail.attempts.into(),
    ];
    let is_ours = connection.execute(sql, arguments).await? == 1;
    Ok(is_ours.then(|| QueuedMail {
        attempts: mail.attempts + 1,
        ..mail
    }))
}

/// Gives a claimed mail back, to be tried again at `next_attempt_at`. A claim that has run out, so
/// that somebody else holds the mail by now, changes nothing.
pub async fn postpone(
    connection: &mut Connection,
    mail: &QueuedMail,
    next_attempt_at: Timestamp,
    last_error: &str,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_mail SET next_attempt_at = ?, last_error = ? \
               WHERE id = ? AND attempts = ?";
    let arguments = vec![
        next_attempt_at.as_second().into(),
        fitting(last_error).into(),
        mail.id.into(),
        mail.attempts.into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Removes a mail that has left or is given up. Returns false where it is gone already.
pub async fn delete(connection: &mut Connection, id: i64) -> Result<bool, DatabaseError> {
    let sql = "DELETE FROM #postern_mail WHERE id = ?";
    Ok(connection.execute(sql, vec![id.into()]).await? == 1)
}

/// Removes every request for a reset link that names the mail address `recipient`. Returns how
/// many there were.
pub async fn delete_reset_requests(
    connection: &mut Connection,
    recipient: &str,
) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_mail WHERE kind = ? AND recipient = ?";
    let arguments = vec![MailKind::ResetRequest.code().into(), recipient.into()];
    connection.execute(sql, arguments).await
}

/// As much of a text as its column takes.
fn fitting(text: &str) -> String {
    text.chars().take(255).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn mail(recipient: &str, kind: MailKind) -> NewMail {
        NewMail {
            kind,
            recipient: recipient.to_owned(),
            recipient_name: "Ann Ångström".to_owned(),
            locale: "sv".to_owned(),
            subject: "s".repeat(300),
            text: Some("0:3:text".to_owned()),
            html: None,
            give_up_at: at(86_400),
        }
    }

    #[tokio::test]
    async fn a_mail_is_claimed_once_until_the_claim_runs_out() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            assert!(is_empty(&mut connection).await.unwrap());
            let letter = mail("ann@shop.test", MailKind::Letter);
            append(&mut connection, &letter, at(0)).await.unwrap();
            assert!(!is_empty(&mut connection).await.unwrap());
            assert!(
                list_due(&mut connection, at(-1), 9)
                    .await
                    .unwrap()
                    .is_empty()
            );

            let due = list_due(&mut connection, at(0), 9).await.unwrap().remove(0);
            assert_eq!(due.mail.recipient_name, letter.recipient_name);
            assert_eq!(due.mail.subject.len(), 255);
            let mine = claim(&mut connection, due.clone(), at(300)).await.unwrap();
            assert_eq!(mine.unwrap().attempts, 1);
            let theirs = claim(&mut connection, due, at(300)).await.unwrap();
            assert!(theirs.is_none());
            assert!(
                list_due(&mut connection, at(299), 9)
                    .await
                    .unwrap()
                    .is_empty()
            );
            assert_eq!(
                list_due(&mut connection, at(300), 9).await.unwrap().len(),
                1
            );
        })
        .await;
    }

    #[tokio::test]
    async fn whose_claim_ran_out_puts_nothing_off() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            let letter = mail("ann@shop.test", MailKind::Letter);
            append(&mut connection, &letter, at(0)).await.unwrap();
            let due = list_due(&mut connection, at(0), 9).await.unwrap().remove(0);
            let slow = claim(&mut connection, due, at(300)).await.unwrap().unwrap();
            let due = list_due(&mut connection, at(300), 9)
                .await
                .unwrap()
                .remove(0);
            let quick = claim(&mut connection, due, at(600)).await.unwrap().unwrap();

            postpone(&mut connection, &slow, at(301), "slow")
                .await
                .unwrap();
            assert!(
                list_due(&mut connection, at(599), 9)
                    .await
                    .unwrap()
                    .is_empty()
            );
            postpone(&mut connection, &quick, at(310), "quick")
                .await
                .unwrap();
            assert_eq!(
                list_due(&mut connection, at(310), 9).await.unwrap().len(),
                1
            );
            assert!(delete(&mut connection, quick.id).await.unwrap());
            assert!(!delete(&mut connection, slow.id).await.unwrap());
        })
        .await;
    }

    #[tokio::test]
    async fn requests_of_one_address_are_removed_together() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            for (recipient, kind) in [
                ("ann@shop.test", MailKind::ResetRequest),
                ("ann@shop.test", MailKind::ResetRequest),
                ("bob@shop.test", MailKind::ResetRequest),
                ("ann@shop.test", MailKind::Letter),
            ] {
                append(&mut connection, &mail(recipient, kind), at(0))
                    .await
                    .unwrap();
            }
            let removed = delete_reset_requests(&mut connection, "ann@shop.test").await;
            assert_eq!(removed.unwrap(), 2);
            assert_eq!(list_due(&mut connection, at(0), 9).await.unwrap().len(), 2);
            assert_eq!(list_due(&mut connection, at(0), 1).await.unwrap().len(), 1);
        })
        .await;
    }
}
