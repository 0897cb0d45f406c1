//! `setup:*`.

mod db_status;
mod install;
mod upgrade;
