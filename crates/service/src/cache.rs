//! The caches of a PHP Commerce that shares the instance. Postern itself keeps nothing but the
//! configuration, and that for a second: see `config::kept`.

use crate::app::App;
use crate::error::ServiceError;
use store::php_cache::{CacheType, Frontend, Outcome, PlaceOutcome};

/// Cleans the named types, or all. Returns their names.
pub async fn clean(app: &App, names: &[String]) -> Result<Vec<&'static str>, ServiceError> {
    let types = types(names)?;
    for frontend in frontends(&types) {
        check(app.cache_of(frontend)?.clean(&types).await)?;
    }
    Ok(types.into_iter().map(CacheType::code).collect())
}

/// Flushes the whole storage that the named types use, or all. Returns their names.
pub async fn flush(app: &App, names: &[String]) -> Result<Vec<&'static str>, ServiceError> {
    let types = types(names)?;
    for frontend in frontends(&types) {
        check(app.cache_of(frontend)?.flush().await)?;
    }
    Ok(types.into_iter().map(CacheType::code).collect())
}

/// Lets this process and PHP Commerce notice a changed configuration. Returns where the latter
/// could not be told, in words: the change itself is made.
pub(crate) async fn forget_configuration(app: &App) -> Result<Vec<String>, ServiceError> {
    app.forget_configuration();
    let outcomes = app.php_cache()?.clean(&[CacheType::Config]).await;
    Ok(outcomes.iter().filter_map(not_cleared).collect())
}

fn types(names: &[String]) -> Result<Vec<CacheType>, ServiceError> {
    if names.is_empty() {
        return Ok(CacheType::all().collect());
    }
    let unknown: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| CacheType::find_by_code(name).is_none())
        .collect();
    if unknown.is_empty() {
        return Ok(names
            .iter()
            .filter_map(|name| CacheType::find_by_code(name))
            .collect());
    }
    let supported: Vec<&str> = CacheType::all().map(CacheType::code).collect();
    Err(ServiceError::Refused(format!(
        "The following requested cache types are not supported: '{}'.\nSupported types: {}",
        unknown.join("', '"),
        supported.join(", ")
    )))
}

fn frontends(types: &[CacheType]) -> Vec<Frontend> {
    let pages = types.contains(&CacheType::FullPage);
    let rest = types
        .iter()
        .any(|cache_type| *cache_type != CacheType::FullPage);
    let pages = pages.then_some(Frontend::PageCache);
    rest.then_some(Frontend::Default)
        .into_iter()
        .chain(pages)
        .collect()
}

fn check(outcomes: Vec<PlaceOutcome>) -> Result<(), ServiceError> {
    match outcomes.iter().find_map(not_cleared) {
        None => Ok(()),
        Some(sentence) => Err(ServiceError::Refused(sentence)),
    }
}

fn not_cleared(place: &PlaceOutcome) -> Option<String> {
    match &place.outcome {
        Outcome::NotCleared { why } => Some(format!(
            "the cache in {} was not cleared: {why}",
            place.place
        )),
        Outcome::Cleared { .. } => None,
    }
}
