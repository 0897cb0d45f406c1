//! Tokens of the provider's that are stored: by Commerce in `admin_adobe_ims_webapi` (web API) and
//! `adobe_user_profile` (the Stock sign-in, which uses the same client), by us in
//! `postern_provider_grant` (sessions).

use crate::database::{Connection, DatabaseError};

/// Where tokens stand: the access token, the refresh token, the ID token, and who issued them.
const PLACES: [&str; 3] = [
    "SELECT access_token, NULL, NULL, NULL FROM #admin_adobe_ims_webapi",
    "SELECT access_token, refresh_token, NULL, NULL FROM #adobe_user_profile",
    "SELECT access_token, refresh_token, id_token, issuer FROM #postern_provider_grant",
];

/// A token as it is stored.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredToken {
    /// Encrypted.
    pub sealed: String,
    /// Whether it is an ID token: it says who somebody is, and opens nothing.
    pub is_id_token: bool,
    /// Who issued it, where that was noted.
    pub issuer: Option<String>,
}

/// What was forgotten.
pub struct Erased {
    /// How many rows held a token.
    pub rows: u64,
    /// The tokens, each once.
    pub tokens: Vec<StoredToken>,
}

/// The stored, encrypted access and refresh tokens, each once. A shop without Adobe's modules has
/// no such tables.
pub async fn list(connection: &mut Connection) -> Result<Vec<String>, DatabaseError> {
    let mut tokens = read(connection, "").await?;
    tokens.retain(|token| !token.is_id_token);
    Ok(tokens.into_iter().map(|token| token.sealed).collect())
}

/// Forgets every stored token, in the caller's transaction. Profiles keep their names and
/// addresses. What it returns is what it has forgotten: a row that is read here is held, so that
/// no token is renewed in between.
pub async fn erase(connection: &mut Connection) -> Result<Erased, DatabaseError> {
    let suffix = connection.dialect().for_update();
    let tokens = read(connection, suffix).await?;
    let mut rows = 0;
    for table in ["#admin_adobe_ims_webapi", "#postern_provider_grant"] {
        rows += where_installed(connection.delete_all(table).await)?;
    }
    let profiles = "UPDATE #adobe_user_profile SET access_token = NULL, refresh_token = NULL \
                    WHERE access_token IS NOT NULL OR refresh_token IS NOT NULL";
    rows += where_installed(connection.execute(profiles, Vec::new()).await)?;
    Ok(Erased { rows, tokens })
}

async fn read(
    connection: &mut Connection,
    suffix: &str,
) -> Result<Vec<StoredToken>, DatabaseError> {
    let mut tokens = Vec::new();
    for place in PLACES {
        let sql = format!("{place}{suffix}");
        for row in where_installed(connection.fetch_all(&sql, Vec::new()).await)? {
            let issuer = row.optional_text(3)?;
            for (column, is_id_token) in [(0, false), (1, false), (2, true)] {
                tokens.extend(row.optional_text(column)?.map(|sealed| StoredToken {
                    sealed,
                    is_id_token,
                    issuer: issuer.clone(),
                }));
            }
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    Ok(tokens)
}

/// An absent table holds nothing.
fn where_installed<T: Default>(result: Result<T, DatabaseError>) -> Result<T, DatabaseError> {
    match result {
        Err(DatabaseError::MissingTable(_)) => Ok(T::default()),
        other => other,
    }
}
