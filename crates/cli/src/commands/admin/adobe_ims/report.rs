//! What a switch did and who can sign in, in words on standard error: as calm as a receipt.

use crate::console::{Output, Style, Text};
use jiff::Timestamp;
use service::switch::receipt::{AdminProspect, Outcome, Receipt, Residue, Revoked};

/// Where the second column begins.
const COLUMN: usize = 11;

/// How wide the name of a setting is at the least.
const SETTING: usize = "Organization ID".len();

/// The receipt of `admin:adobe-ims:disable`.
pub(super) fn receipt(receipt: &Receipt, output: &Output) {
    let conditional = receipt.outcome == Outcome::WouldDisable;
    if conditional {
        output.note("Nothing was changed. Disabling the integration would do this:");
    } else if receipt.outcome == Outcome::AlreadyDisabled {
        output.note("It was disabled already.");
    }
    output.note("");
    let verb = |past: &str, future: &str| (if conditional { future } else { past }).to_owned();
    if receipt.removed.is_empty() {
        fact(
            output,
            &verb("Removed", "Remove"),
            "nothing: no settings are stored",
        );
    }
    let settings = receipt.removed.iter().map(|removed| removed.setting.len());
    let width = settings.max().unwrap_or_default().max(SETTING);
    for (index, removed) in receipt.removed.iter().enumerate() {
        let label = if index == 0 {
            verb("Removed", "Remove")
        } else {
            String::new()
        };
        fact(
            output,
            &label,
            &format!("{:width$}  {}", removed.setting, removed.place),
        );
    }
    fact(output, &verb("Ended", "End"), &ended(receipt));
    fact(
        output,
        &verb("Voided", "Void"),
        &format!(
            "web API tokens of {}, {}",
            counted(receipt.ended.admins_with_void_tokens, "admin", "admins"),
            counted(
                receipt.ended.adobe_tokens,
                "stored Adobe token",
                "stored Adobe tokens"
            ),
        ),
    );
    if let Some(revoked) = &receipt.revoked {
        let is_open_id = receipt.removed.iter().any(|it| it.setting == "Issuer");
        let provider = if is_open_id { "Provider" } else { "Adobe" };
        fact(output, provider, &at_provider(*revoked));
    }
    for node in &receipt.nodes {
        let how = if node.acknowledged {
            "has taken notice"
        } else {
            "ran out of its lease"
        };
        fact(output, "Server", &format!("{} {how}", node.name));
    }
    if let Some(found) = &receipt.residue {
        residue(found, output);
    }
    for warning in &receipt.warnings {
        output.warning(format!("  {warning}"));
    }
    admins(&receipt.admins, conditional, output);
    for mail in &receipt.notified {
        match &mail.why {
            None => fact(
                output,
                "Mailed",
                &format!("{} a link to set a password", mail.username),
            ),
            Some(why) => output.warning(format!("  No mail to {}: {why}", mail.username)),
        }
    }
}

/// What a search found.
pub(super) fn residue(residue: &Residue, output: &Output) {
    let places = counted(residue.searched as u64, "place", "places");
    if residue.found.is_empty() {
        fact(
            output,
            "Searched",
            &format!("{places}: nothing of it is left"),
        );
    } else {
        fact(output, "Searched", &format!("{places}; still found:"));
        for found in &residue.found {
            output.warning(format!("{:width$}{found}", "", width = COLUMN + 2));
        }
    }
    for place in &residue.not_searched {
        output.warning(format!(
            "{:width$}not searched: {place}",
            "",
            width = COLUMN + 2
        ));
    }
}

/// Who can sign in with a Commerce password, and who needs what.
pub(super) fn admins(admins: &[AdminProspect], conditional: bool, output: &Output) {
    output.note("");
    let heading = if conditional {
        "Who could sign in with a Commerce password"
    } else {
        "Who can sign in with a Commerce password now"
    };
    output.note(Text::new().styled(Style::Comment, heading));
    let width = admins
        .iter()
        .map(|admin| admin.username.chars().count())
        .max()
        .unwrap_or(0);
    for admin in admins {
        output.note(
            Text::from(format!("  {:width$}  ", admin.username))
                .styled(style(admin), way_in(admin)),
        );
    }
    if !admins
        .iter()
        .any(|admin| admin.has_full_rights && admin.sign_in == "has_password")
    {
        output.warning(
            "  Nobody with full rights has a usable password: set one with admin:user:create, or \
             use \"Forgot your password?\".",
        );
    }
}

fn style(admin: &AdminProspect) -> Style {
    if admin.sign_in == "has_password" {
        Style::Info
    } else {
        Style::Comment
    }
}

fn way_in(admin: &AdminProspect) -> String {
    let email = admin.email.as_deref().unwrap_or("no address");
    match (admin.sign_in, admin.locked_until) {
        ("has_password", _) => "with the password from before".to_owned(),
        ("locked", Some(until)) => format!(
            "locked until {}; admin:user:unlock {} ends that",
            Timestamp::from_second(until).map_or_else(
                |_| String::new(),
                |at| { at.strftime("%H:%M UTC").to_string() }
            ),
            admin.username
        ),
        ("must_reset", _) => {
            format!("must set a password first: \"Forgot your password?\" ({email})")
        }
        _ => format!("no reachable mail ({email}): set a password with admin:user:create"),
    }
}

fn ended(receipt: &Receipt) -> String {
    let ended = &receipt.ended;
    format!(
        "{} here, {} of PHP Commerce, {} with an Adobe token",
        counted(ended.sessions, "session", "sessions"),
        ended.commerce_sessions,
        counted(
            ended.php_sessions,
            "stored PHP session",
            "stored PHP sessions"
        ),
    )
}

fn at_provider(revoked: Revoked) -> String {
    let mut parts = vec![format!(
        "{} revoked",
        counted(revoked.revoked as u64, "token", "tokens")
    )];
    if revoked.refused > 0 {
        parts.push(format!(
            "{} refused, so no longer valid there",
            revoked.refused
        ));
    }
    if revoked.unreached > 0 {
        parts.push(format!(
            "{} without an answer; they run off by themselves",
            revoked.unreached
        ));
    }
    parts.join(", ")
}

/// A line of two columns.
pub(super) fn fact(output: &Output, label: &str, text: &str) {
    output.note(
        Text::from("  ")
            .styled(Style::Info, format!("{label:COLUMN$}"))
            .plain(text.to_owned()),
    );
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
