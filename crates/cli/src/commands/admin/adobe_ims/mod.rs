//! `admin:adobe-ims:*`: the switch, from the command line and from nowhere else.

pub mod disable;
pub mod enable;
pub mod info;
mod report;
pub mod residue;
pub mod status;
