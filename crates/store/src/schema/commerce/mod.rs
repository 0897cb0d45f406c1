//! Commerce's own tables, as far as Postern uses or keeps them: one file per Commerce module, as
//! its `etc/db_schema.xml` has them (section numbers refer to the reference of formats). They are
//! created for a new instance only; an adopted one has them, and they are never altered.

mod admin_adobe_ims;
mod adobe_ims;
mod authorization;
mod captcha;
mod config;
mod integration;
mod jwt_user_token;
mod security;
mod seed;
mod setup;
mod store;
mod two_factor_auth;
mod user;

pub use seed::ADMINISTRATORS_ROLE;

use super::render::{self, Frame};
use super::table::Table;
use crate::database::{Connection, DatabaseError};

/// Every table, those first that others refer to.
pub(crate) fn tables() -> impl Iterator<Item = &'static Table> {
    [
        setup::TABLES,
        store::TABLES,
        config::TABLES,
        user::TABLES,
        security::TABLES,
        authorization::TABLES,
        integration::TABLES,
        jwt_user_token::TABLES,
        adobe_ims::TABLES,
        admin_adobe_ims::TABLES,
        two_factor_auth::TABLES,
        captcha::TABLES,
    ]
    .into_iter()
    .flatten()
}

/// Creates Commerce's tables and the rows every instance begins with: the Admin and default
/// websites and stores, and the role `Administrators` that may do everything. Tables and rows that
/// are there already stay as they are, so an interrupted call may be repeated; on SQLite it is all
/// or nothing.
pub async fn create_commerce_tables(connection: &mut Connection) -> Result<(), DatabaseError> {
    let frame = Frame::open(connection).await?;
    let outcome = create_and_seed(connection).await;
    frame.close(connection, outcome).await
}

async fn create_and_seed(connection: &mut Connection) -> Result<(), DatabaseError> {
    for table in tables() {
        render::create(connection, table).await?;
    }
    seed::insert_first_rows(connection).await
}
