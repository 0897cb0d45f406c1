//! Showing values: `config:show`.

use super::ConfigRefused;
use crate::app::App;
use crate::error::ServiceError;
use commerce::configuration::{Scope, Settable, is_encrypted, settable, stored_path};

/// A value to show.
#[derive(Debug)]
pub struct Shown {
    /// Its path.
    pub path: String,
    /// The value, or asterisks for one that is kept encrypted.
    pub text: String,
}

/// What stands in place of an encrypted value.
const MASK: &str = "******";

/// The values of a scope at and below `path`, or all of them. Defaults of Commerce's modules are
/// not among them, as in Commerce.
pub async fn show(
    app: &App,
    scope: &Scope,
    path: Option<&str>,
) -> Result<Vec<Shown>, ServiceError> {
    super::set::scope_id(app, scope).await?;
    let settings = app.configuration().await?;
    let entries = settings
        .configuration()
        .entries(scope, path.map_or("", stored_path))?;
    if let Some(path) = path
        && entries.is_empty()
        && settable(path) == Settable::Unknown
        && !is_section(path)
    {
        return Err(ConfigRefused::UnknownPath(path.to_owned()).into());
    }
    Ok(entries
        .into_iter()
        .map(|entry| {
            let text = match entry.found {
                Err(why) => why.to_string(),
                Ok(_) if is_encrypted(&entry.path) => MASK.to_owned(),
                Ok(found) => String::from_utf8_lossy(found.value.as_bytes()).into_owned(),
            };
            Shown {
                path: entry.path,
                text,
            }
        })
        .collect())
}

/// Whether known paths begin with `path`: an empty section is no mistake.
fn is_section(path: &str) -> bool {
    let beginning = format!("{path}/");
    commerce::configuration::DEFAULTS
        .iter()
        .any(|(known, _)| known.starts_with(&beginning))
}
