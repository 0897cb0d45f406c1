//! What somebody who knows the person or the shop would try first as a password.

use crate::config::settings::Settings;
use crate::error::ServiceError;

/// What every shop of this kind has in common.
const OF_ALL_SHOPS: [&str; 6] = ["magento", "adobe", "commerce", "admin", "postern", "shop"];

/// The names themselves, their parts, and the shop's.
pub(super) fn list(names: &[&str], settings: &Settings) -> Result<Vec<String>, ServiceError> {
    let shop = settings
        .text("general/store_information/name")?
        .unwrap_or_default();
    let base_url = settings.base_url()?;
    let whole = names.iter().copied().chain([shop.as_str()]);
    let parts = names
        .iter()
        .copied()
        .chain([shop.as_str(), base_url.as_str()])
        .flat_map(|text| text.split(|character: char| !character.is_alphanumeric()));
    let mut words: Vec<String> = whole
        .chain(parts)
        .chain(OF_ALL_SHOPS)
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 3)
        .collect();
    words.sort_unstable();
    words.dedup();
    Ok(words)
}
