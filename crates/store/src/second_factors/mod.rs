//! What is kept of second factors, a table a file: Commerce's own `tfa_user_config`, which says what
//! each person has set up, and what it has no place for.

pub mod code_failures;
pub mod people;
pub mod preferences;
pub mod recovery_codes;
pub mod security_keys;
pub mod session_factors;
pub mod user_configs;
