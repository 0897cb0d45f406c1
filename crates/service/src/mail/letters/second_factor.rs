//! To the owner of an account: something happened with its second factor. Whoever did not do it
//! learns of it here.

use crate::mail::{Letter, Letterhead, letterhead};
use crate::words::Words;
use domain::admin::Admin;
use domain::second_factor::Provider;
use jiff::Timestamp;

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A factor was set up.
    Enrolled(Provider),
    /// A factor was taken away.
    Removed(Provider),
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed,
    /// There are new recovery codes.
    RecoveryCodesIssued,
    /// Somebody who knows the password typed too many wrong codes.
    Locked,
    /// A security key counts as if there were two of it.
    ClonedKey,
}

impl Happening {
    /// The sentence for it.
    fn key(self) -> &'static str {
        match self {
            Self::Enrolled(Provider::Google) => "mail_second_factor-app_enrolled",
            Self::Enrolled(Provider::U2fKey) => "mail_second_factor-key_enrolled",
            Self::Removed(Provider::Google) => "mail_second_factor-app_removed",
            Self::Removed(Provider::U2fKey) => "mail_second_factor-key_removed",
            Self::RecoveryCodeUsed => "mail_second_factor-recovery_code_used",
            Self::RecoveryCodesIssued => "mail_second_factor-recovery_codes_issued",
            Self::Locked => "mail_second_factor-locked",
            Self::ClonedKey => "mail_second_factor-cloned_key",
        }
    }

    /// Everything that there can be.
    #[cfg(test)]
    pub(super) const ALL: [Self; 8] = [
        Self::Enrolled(Provider::Google),
        Self::Enrolled(Provider::U2fKey),
        Self::Removed(Provider::Google),
        Self::Removed(Provider::U2fKey),
        Self::RecoveryCodeUsed,
        Self::RecoveryCodesIssued,
        Self::Locked,
        Self::ClonedKey,
    ];
}

/// Writes the letter.
pub fn write(head: &Letterhead, admin: &Admin, happening: Happening, now: Timestamp) -> Letter {
    let words = letterhead::words_of(admin);
    let username = [("username", admin.username.as_str().into())];
    let subject = words.tell("mail_second_factor-subject", &username);
    Letter::new(words, head, subject)
        .greeting(&admin.full_name())
        .paragraph(what(head, &words, admin, happening, now))
        .paragraph(words.say("mail_second_factor-unexpected"))
        .link(
            words.say("mail_second_factor-link"),
            head.page("admin/auth/forgotpassword/"),
        )
}

fn what(
    head: &Letterhead,
    words: &Words,
    admin: &Admin,
    happening: Happening,
    now: Timestamp,
) -> String {
    let moment = head.moment(words, now);
    let about = [
        ("username", admin.username.as_str().into()),
        ("moment", moment.as_str().into()),
    ];
    words.tell(happening.key(), &about)
}
