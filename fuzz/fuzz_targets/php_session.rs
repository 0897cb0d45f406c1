//! Any bytes as a PHP session, and as a row of the session table.
#![no_main]

use commerce::php_session::{adobe_tokens, decode_database_row};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = adobe_tokens(data);
    let _ = adobe_tokens(&decode_database_row(data));
});
