//! What mails say of the shop that they come from: its address, its time, its own mailboxes.

use super::queue::Recipient;
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::words::{Language, Words};
use domain::admin::Admin;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The shop that writes.
pub struct Letterhead {
    admin_url: String,
    shop: String,
    zone: TimeZone,
    words: Words,
    mailboxes: Vec<Recipient>,
}

impl Letterhead {
    /// The shop as it is configured now.
    pub async fn load(app: &App) -> Result<Self, ServiceError> {
        Self::new(app, &app.configuration().await?)
    }

    /// The shop as `settings` have it. A time zone that is unknown here is UTC; every time is
    /// told with its zone.
    pub fn new(app: &App, settings: &Settings) -> Result<Self, ServiceError> {
        let base_url = settings.base_url()?;
        let host = base_url.split("//").last().unwrap_or(&base_url);
        let name = settings.text("general/store_information/name")?;
        let zone = settings.text("general/locale/timezone")?;
        let locale = settings.text("general/locale/code")?;
        Ok(Self {
            admin_url: format!("{base_url}{}", app.front_name()?),
            shop: name
                .filter(|name| !name.trim().is_empty())
                .unwrap_or_else(|| host.trim_end_matches('/').to_owned()),
            zone: zone
                .and_then(|name| TimeZone::get(&name).ok())
                .unwrap_or(TimeZone::UTC),
            words: words(locale.as_deref().unwrap_or_default()),
            mailboxes: mailboxes(app, settings)?,
        })
    }

    /// The shop of a test, in Amsterdam.
    #[cfg(test)]
    pub(super) fn sample(locale: &str) -> Self {
        Self {
            admin_url: "https://shop.test/back".to_owned(),
            shop: "shop.test".to_owned(),
            zone: TimeZone::get("Europe/Amsterdam").unwrap(),
            words: words(locale),
            mailboxes: Vec::new(),
        }
    }

    /// The shop's name, or its address where it has none.
    pub(crate) fn shop(&self) -> &str {
        &self.shop
    }

    /// The address of a page of the Admin; of its first page where `path` is empty.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}/{path}", self.admin_url)
    }

    /// A time, for a reader of `words`.
    pub(super) fn moment(&self, words: &Words, at: Timestamp) -> String {
        words.moment(&at.to_zoned(self.zone.clone()))
    }

    /// Where the shop itself wants to be told, as Commerce has it: the general address, and
    /// `user_admin_email` of `env.php`.
    pub(super) fn mailboxes(&self) -> &[Recipient] {
        &self.mailboxes
    }

    /// The words of whoever reads the shop's own mailbox.
    pub(super) fn words(&self) -> Words {
        self.words
    }
}

fn mailboxes(app: &App, settings: &Settings) -> Result<Vec<Recipient>, ServiceError> {
    let general = settings.text("trans_email/ident_general/email")?;
    let name = settings.text("trans_email/ident_general/name")?;
    let further = app.deployment()?.text("user_admin_email")?;
    let all = [
        (general, name.unwrap_or_default()),
        (further, String::new()),
    ];
    Ok(all
        .into_iter()
        .filter_map(|(address, name)| {
            let address = address.filter(|address| !address.is_empty())?;
            Some(Recipient { address, name })
        })
        .collect())
}

/// The words that a person reads.
pub(super) fn words_of(admin: &Admin) -> Words {
    words(&admin.locale)
}

fn words(locale: &str) -> Words {
    Words::of(Language::of_commerce_locale(locale).unwrap_or_else(Language::english))
}
