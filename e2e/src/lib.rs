//! Tests of the whole: the real program on an instance as PHP leaves it, stopped or refused at
//! each of its calls that write. What is here serves the tests in `tests/`; how to run them is in
//! the README. Whatever they need and do not find makes them fail, never pass.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "only tests use it, and a test stops at the first thing that is not as it should be"
)]

pub mod dump;
pub mod front;
pub mod php;
pub mod program;
pub mod redis;
pub mod residue;
pub mod shop;
pub mod tracer;
