//! Any bytes as a session field of Redis: refused, or unpacked within the bound.
#![no_main]

use commerce::redis_session::{MAX_SESSION_BYTES, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|field: &[u8]| {
    if let Ok(data) = decode(field) {
        assert!(data.len() <= MAX_SESSION_BYTES);
    }
    for mark in [b":gz:", b":sn:", b":l4:", b":lz:"] {
        let _ = decode(&[mark, field].concat());
    }
});
