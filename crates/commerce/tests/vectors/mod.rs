//! The vectors that real PHP made for Commerce's formats, by section.

/// The entries of one section of `commerce.json`.
pub(crate) fn vectors(section: &str) -> Vec<serde_json::Value> {
    let all: serde_json::Value = serde_json::from_str(include_str!("commerce.json")).unwrap();
    all[section].as_array().unwrap().clone()
}
