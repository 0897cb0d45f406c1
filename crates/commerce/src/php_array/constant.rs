//! Class constants whose numbers are fixed, so that a key written with one is a known key.
//! These are the PDO options that `db/connection/…/driver_options` holds; checked against PHP in
//! `tests/php_array_vectors.rs`.

/// The constants by name, without `PDO::`.
pub const PDO_CONSTANTS: [(&str, i64); 23] = [
    ("ATTR_AUTOCOMMIT", 0),
    ("ATTR_TIMEOUT", 2),
    ("ATTR_ERRMODE", 3),
    ("ATTR_CASE", 8),
    ("ATTR_PERSISTENT", 12),
    ("ATTR_STRINGIFY_FETCHES", 17),
    ("ATTR_EMULATE_PREPARES", 20),
    ("MYSQL_ATTR_USE_BUFFERED_QUERY", 1000),
    ("MYSQL_ATTR_LOCAL_INFILE", 1001),
    ("MYSQL_ATTR_INIT_COMMAND", 1002),
    ("MYSQL_ATTR_COMPRESS", 1003),
    ("MYSQL_ATTR_DIRECT_QUERY", 1004),
    ("MYSQL_ATTR_FOUND_ROWS", 1005),
    ("MYSQL_ATTR_IGNORE_SPACE", 1006),
    ("MYSQL_ATTR_SSL_KEY", 1007),
    ("MYSQL_ATTR_SSL_CERT", 1008),
    ("MYSQL_ATTR_SSL_CA", 1009),
    ("MYSQL_ATTR_SSL_CAPATH", 1010),
    ("MYSQL_ATTR_SSL_CIPHER", 1011),
    ("MYSQL_ATTR_SERVER_PUBLIC_KEY", 1012),
    ("MYSQL_ATTR_MULTI_STATEMENTS", 1013),
    ("MYSQL_ATTR_SSL_VERIFY_SERVER_CERT", 1014),
    ("MYSQL_ATTR_LOCAL_INFILE_DIRECTORY", 1015),
];

/// The number of `\PDO::NAME` or `PDO::NAME`. Inside a namespace the short form would be another
/// class; no file of configuration has one that is called PDO.
pub(super) fn known_number(source: &[u8]) -> Option<i64> {
    let source = source.strip_prefix(b"\\").unwrap_or(source);
    let (class, name) = source.split_at_checked(3)?;
    let name = name.strip_prefix(b"::")?;
    if !class.eq_ignore_ascii_case(b"PDO") {
        return None;
    }
    let found = PDO_CONSTANTS
        .iter()
        .find(|(known, _)| known.as_bytes() == name);
    found.map(|(_, number)| *number)
}
