//! The search for residue: after the integration was switched off, the removed values are looked
//! for in everything the instance keeps, while they are still in memory. The rule it guards: the
//! report names labels and places, never a value, and a place that was not searched to its end is
//! said to be so. Begin with [`Search`]; what counts as a value is in `needle`, how deep bytes are
//! looked into in `haystack`, where they come from in `places`.

mod budget;
#[cfg(test)]
mod fixtures;
mod forms;
mod haystack;
mod needle;
mod places;
mod report;
mod search;

pub use budget::Budget;
pub use needle::{Needle, NeedleError, Needles, SHORTEST_VALUE};
pub use places::database_file::locate as locate_database_file;
pub use report::{Finding, Gap, Place, Report};
pub use search::Search;
