//! What a switch did and who can sign in, in words on standard error: as calm as a receipt.

use crate::console::{Output, Style, Text};
use jiff::Timestamp;
use service::second_factor::survey::Module;
use service::switch::receipt::{AdminProspect, Outcome, Receipt, Residue, Revoked, SecondFactors};

/// Where the second column begins.
const COLUMN: usize = 11;

/// How wide the name of a setting is at the least.
const SETTING: usize = "Organization ID".len();

/// The receipt of `admin:adobe-ims:disable`.
pub(super) fn receipt(receipt: &Receipt, output: &Output) {
    let conditional = receipt.outcome.is_preview();
    match receipt.outcome {
        Outcome::Disabled => {}
        Outcome::AlreadyDisabled => output.note("It was disabled already."),
        Outcome::WouldDisable => {
            output.note("Nothing was changed. Disabling the integration would do this:");
        }
        Outcome::WouldRemoveLeftovers => output.note(
            "Nothing was changed. It is disabled already; doing so again would remove what is left:",
        ),
    }
    output.note("");
    removed(receipt, conditional, output);
    voided(receipt, conditional, output);
    if let Some(revoked) = &receipt.revoked {
        let is_open_id = receipt.removed.iter().any(|it| it.setting == "Issuer");
        let provider = if is_open_id { "Provider" } else { "Adobe" };
        at_provider(provider, *revoked, output);
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
    if let Some(factors) = &receipt.second_factors {
        second_factors(factors, conditional, output);
    }
    mailed(receipt, output);
}

/// The settings, one a line.
fn removed(receipt: &Receipt, conditional: bool, output: &Output) {
    let label = if conditional { "Remove" } else { "Removed" };
    if receipt.removed.is_empty() {
        fact(output, label, "nothing: no settings are stored");
    }
    let settings = receipt.removed.iter().map(|removed| removed.setting.len());
    let width = settings.max().unwrap_or_default().max(SETTING);
    for (index, removed) in receipt.removed.iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        let line = format!("{:width$}  {}", removed.setting, removed.place);
        fact(output, label, &line);
    }
}

/// Sessions and tokens that open nothing any more.
fn voided(receipt: &Receipt, conditional: bool, output: &Output) {
    let (end, void) = match conditional {
        true => ("End", "Void"),
        false => ("Ended", "Voided"),
    };
    let counts = &receipt.ended;
    fact(output, end, &ended(receipt));
    let admins = counted(counts.admins_with_void_tokens, "admin", "admins");
    let tokens = counted(
        counts.adobe_tokens,
        "stored Adobe token",
        "stored Adobe tokens",
    );
    fact(
        output,
        void,
        &format!("web API tokens of {admins}, {tokens}"),
    );
}

/// Who was or would be sent a link, and who could not be.
fn mailed(receipt: &Receipt, output: &Output) {
    for username in &receipt.would_notify {
        fact(
            output,
            "Mail",
            &format!("{username} a link to set a password"),
        );
    }
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
    if residue.searched == 0 && residue.found.is_empty() {
        fact(output, "Searched", "nothing");
    } else if residue.found.is_empty() {
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
    let anybody = |way: &str| {
        let mut admins = admins.iter();
        admins.any(|admin| admin.has_full_rights && admin.sign_in == way)
    };
    if anybody("locked") && !anybody("has_password") {
        output.warning("  Everybody with full rights who has a password is locked for now.");
    } else if !anybody("has_password") {
        output.warning(
            "  Nobody with full rights has a usable password: set one with admin:user:create, or \
             use \"Forgot your password?\".",
        );
    }
}

/// What is asked of them besides the password.
fn second_factors(factors: &SecondFactors, conditional: bool, output: &Output) {
    let people = [&factors.enrolled, &factors.must_enrol, &factors.unreadable];
    let is_about_nobody = people.iter().all(|people| people.is_empty());
    if factors.module == Module::Missing || (factors.module == Module::On && is_about_nobody) {
        return;
    }
    output.note("");
    output.note(Text::new().styled(Style::Comment, "Second factors"));
    if factors.module == Module::SwitchedOff {
        let sentence = "nobody is asked: app/etc/config.php switches Magento_TwoFactorAuth off";
        output.note(format!("  {sentence}"));
        return;
    }
    let (asked, must) = match conditional {
        true => ("would be asked for it", "would have to set one up first"),
        false => ("will be asked for it", "must set one up first"),
    };
    let line = |names: &[String], what: &str| {
        if !names.is_empty() {
            let count = names.len();
            output.note(format!("  {count} {what}: {}", names.join(", ")));
        }
    };
    line(&factors.enrolled, &format!("with one, who {asked}"));
    line(&factors.must_enrol, &format!("without, who {must}"));
    for name in &factors.unreadable {
        output.warning(format!(
            "  What {name} has cannot be read, and {name} does not get in: security:tfa:reset"
        ));
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
                |at| { at.strftime("%Y-%m-%d %H:%M UTC").to_string() }
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

/// What a provider said to revoking its tokens.
pub(super) fn at_provider(provider: &str, revoked: Revoked, output: &Output) {
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
    fact(output, provider, &parts.join(", "));
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
