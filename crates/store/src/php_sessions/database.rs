//! Sessions in the table `session`: the id column holds a keyed digest of the cookie, the data is
//! base64 of what PHP would have written to a file. All of it can run within the caller's
//! transaction, so that these sessions end with the mode that opened them.

use super::{Found, Removal, Search, is_adobe, tokens_in};
use crate::database::{Connection, DatabaseError, Value};
use crate::not_searched::{Gaps, NotSearched};
use commerce::php_session::decode_database_row;
use secrecy::{ExposeSecret as _, SecretString};
use std::ops::ControlFlow;
use zeroize::Zeroizing;

const PLACE: &str = "table session";

pub(super) async fn find_adobe(connection: &mut Connection) -> Result<Search, DatabaseError> {
    let mut search = Search::default();
    let mut gaps = Gaps::default();
    let query = "SELECT session_id, session_data FROM #session";
    let result = connection
        .for_each(query, Vec::new(), |row| {
            search.searched += 1;
            let data = row.bytes(1).ok().flatten().unwrap_or_default();
            match (tokens_in(&decode_database_row(data)), row.text(0)) {
                (Ok(Some(tokens)), Ok(id)) => search.found.push(Found {
                    id: SecretString::from(id),
                    tokens,
                }),
                (Ok(Some(_)), Err(error)) => gaps.add(error),
                (Ok(None), _) => {}
                (Err(error), _) => gaps.add(error),
            }
            ControlFlow::Continue(())
        })
        .await;
    search.not_searched = gaps.in_place(PLACE, "sessions");
    match result {
        Ok(()) => Ok(search),
        Err(DatabaseError::MissingTable(_)) => {
            let gap = NotSearched::new(PLACE, "the table does not exist");
            search.not_searched.push(gap);
            Ok(search)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn remove(
    found: &Found,
    connection: &mut Connection,
) -> Result<Removal, DatabaseError> {
    let id = found.id.expose_secret();
    let query = "SELECT HEX(session_data) FROM #session WHERE session_id = ?";
    let Some(row) = connection.fetch_optional(query, vec![id.into()]).await? else {
        return Ok(Removal::NothingToRemove);
    };
    let stored = Zeroizing::new(row.text(0)?);
    let data = data_encoding::HEXUPPER
        .decode(stored.as_bytes())
        .map(Zeroizing::new)
        .unwrap_or_default();
    if !is_adobe(&decode_database_row(&data)) {
        return Ok(Removal::NothingToRemove);
    }
    // In hexadecimal, since the engines differ in how they compare text with bytes.
    let statement = "DELETE FROM #session WHERE session_id = ? AND HEX(session_data) = ?";
    let arguments: Vec<Value> = vec![id.into(), stored.as_str().into()];
    match connection.execute(statement, arguments).await? {
        0 => Ok(Removal::Failed {
            why: "a request wrote this session at the same moment".to_owned(),
        }),
        _ => Ok(Removal::Removed),
    }
}

#[cfg(test)]
mod tests;
