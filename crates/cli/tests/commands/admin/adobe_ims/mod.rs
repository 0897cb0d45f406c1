//! `admin:adobe-ims:*`.

mod disable;
mod enable;
mod info;
mod residue;
mod secrets;
mod status;
mod trial;
