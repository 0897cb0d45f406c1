//! What mails say of the shop that they come from: its address and its time.

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
}

impl Letterhead {
    /// The shop as it is configured now. A time zone that is unknown here is UTC; every time is
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
        })
    }

    /// The shop's name, or its address where it has none.
    pub(super) fn shop(&self) -> &str {
        &self.shop
    }

    /// The address of a page of the Admin.
    pub(super) fn page(&self, path: &str) -> String {
        format!("{}/{path}", self.admin_url)
    }

    /// A time, for a reader of `words`.
    pub(super) fn moment(&self, words: &Words, at: Timestamp) -> String {
        words.moment(&at.to_zoned(self.zone.clone()))
    }

    /// The words of whoever reads the shop's own mailbox.
    pub(super) fn words(&self) -> Words {
        self.words
    }
}

/// The words that a person reads.
pub(super) fn words_of(admin: &Admin) -> Words {
    words(&admin.locale)
}

fn words(locale: &str) -> Words {
    Words::of(Language::of_commerce_locale(locale).unwrap_or_else(Language::english))
}
