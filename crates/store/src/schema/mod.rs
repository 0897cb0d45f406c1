//! The tables: Commerce's, which a new instance gets and an adopted one already has, and our own.
//! Each table is described once ([`table`]) and rendered for both engines ([`render`]), so that
//! the engines cannot drift apart. Commerce's tables are never altered, only checked ([`check`]);
//! our own grow by numbered migrations ([`postern`]).

mod check;
mod commerce;
mod inspect;
mod postern;
mod render;
mod table;

pub use check::{SchemaReport, TableReport, TableState, check};
pub use commerce::{ADMINISTRATORS_ROLE, create_commerce_tables};
pub use postern::{migrate, versions};
