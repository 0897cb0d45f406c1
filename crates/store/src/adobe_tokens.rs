//! Tokens of the provider's that are stored: by Commerce in `admin_adobe_ims_webapi` (web API) and
//! `adobe_user_profile` (the Stock sign-in, which uses the same client), by us in
//! `postern_provider_grant` (sessions).

use crate::database::{Connection, DatabaseError};

/// The stored, encrypted tokens, each once. A shop without Adobe's modules has no such tables.
pub async fn list(connection: &mut Connection) -> Result<Vec<String>, DatabaseError> {
    let queries = [
        "SELECT access_token, NULL FROM #admin_adobe_ims_webapi",
        "SELECT access_token, refresh_token FROM #adobe_user_profile",
        "SELECT access_token, refresh_token FROM #postern_provider_grant",
    ];
    let mut tokens = Vec::new();
    for sql in queries {
        for row in where_installed(connection.fetch_all(sql, Vec::new()).await)? {
            tokens.extend(row.optional_text(0)?);
            tokens.extend(row.optional_text(1)?);
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    Ok(tokens)
}

/// Forgets every stored token. Profiles keep their names and addresses. Returns how many rows
/// held a token.
pub async fn erase(connection: &mut Connection) -> Result<u64, DatabaseError> {
    let statements = [
        "DELETE FROM #admin_adobe_ims_webapi",
        "DELETE FROM #postern_provider_grant",
        "UPDATE #adobe_user_profile SET access_token = NULL, refresh_token = NULL \
         WHERE access_token IS NOT NULL OR refresh_token IS NOT NULL",
    ];
    let mut erased = 0;
    for sql in statements {
        erased += where_installed(connection.execute(sql, Vec::new()).await)?;
    }
    Ok(erased)
}

/// An absent table holds nothing.
fn where_installed<T: Default>(result: Result<T, DatabaseError>) -> Result<T, DatabaseError> {
    match result {
        Err(DatabaseError::MissingTable(_)) => Ok(T::default()),
        other => other,
    }
}
