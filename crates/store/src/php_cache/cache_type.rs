//! Commerce's cache types and the tag that marks every entry of a type.

/// A cache type, as `cache:clean` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each is described by its code, which is its name"
)]
pub enum CacheType {
    Config,
    Layout,
    BlockHtml,
    Collections,
    Reflection,
    DbDdl,
    CompiledConfig,
    Eav,
    CustomerNotification,
    ConfigIntegration,
    ConfigIntegrationApi,
    FullPage,
    ConfigWebservice,
    Translate,
}

/// Type, code in `cache_types` and on the command line, tag (`CACHE_TAG` of the type's class).
const TABLE: [(CacheType, &str, &str); 14] = [
    (CacheType::Config, "config", "CONFIG"),
    (CacheType::Layout, "layout", "LAYOUT_GENERAL_CACHE_TAG"),
    (CacheType::BlockHtml, "block_html", "BLOCK_HTML"),
    (CacheType::Collections, "collections", "COLLECTION_DATA"),
    (CacheType::Reflection, "reflection", "REFLECTION"),
    (CacheType::DbDdl, "db_ddl", "DB_DDL"),
    (
        CacheType::CompiledConfig,
        "compiled_config",
        "COMPILED_CONFIG",
    ),
    (CacheType::Eav, "eav", "EAV"),
    (
        CacheType::CustomerNotification,
        "customer_notification",
        "CUSTOMER_NOTIFICATION",
    ),
    (
        CacheType::ConfigIntegration,
        "config_integration",
        "INTEGRATION",
    ),
    (
        CacheType::ConfigIntegrationApi,
        "config_integration_api",
        "INTEGRATION_API_CONFIG",
    ),
    (CacheType::FullPage, "full_page", "FPC"),
    (
        CacheType::ConfigWebservice,
        "config_webservice",
        "WEBSERVICE",
    ),
    (CacheType::Translate, "translate", "TRANSLATE"),
];

impl CacheType {
    /// All types, in the order in which Commerce lists them.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(cache_type, ..)| *cache_type)
    }

    /// The type with this code, if there is one.
    pub fn find_by_code(code: &str) -> Option<Self> {
        let row = TABLE.iter().find(|(_, known, _)| *known == code)?;
        Some(row.0)
    }

    /// The code by which configuration and commands name the type.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// The tag of the type's entries, without the instance's prefix.
    pub(super) fn tag(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        TABLE
            .into_iter()
            .find(|(cache_type, ..)| *cache_type == self)
            .unwrap_or((self, "", ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_its_code_and_has_a_tag() {
        assert_eq!(CacheType::all().count(), 14);
        for cache_type in CacheType::all() {
            assert_eq!(CacheType::find_by_code(cache_type.code()), Some(cache_type));
            assert!(!cache_type.tag().is_empty());
        }
        assert_eq!(CacheType::find_by_code("Config"), None);
    }
}
