//! `admin:adobe-ims:*`.

mod disable;
mod enable;
mod info;
mod openid;
mod residue;
mod secrets;
mod status;
mod trial;
