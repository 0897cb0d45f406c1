//! Values locked in `env.php` and `config.php`, below `system`.

use crate::error::ServiceError;
use commerce::configuration::{ConfigFile, NotLiteralIn, Scope};
use commerce::php_array::{EditError, NotLiteral, PhpFile};

/// Removes the values of `path` from a file, in whatever scopes they stand.
pub fn remove_everywhere(
    php: &mut PhpFile,
    file: ConfigFile,
    path: &str,
) -> Result<(), ServiceError> {
    for scope in scopes(php).map_err(|reason| NotLiteralIn { file, reason })? {
        php.remove(&scope.keys_in_file(path))
            .map_err(|why| edit_refused(file, &why))?;
    }
    Ok(())
}

/// Every scope that a file has a section for.
fn scopes(php: &PhpFile) -> Result<Vec<Scope>, NotLiteral> {
    let websites = php.keys(&["system", "websites"])?;
    let stores = php.keys(&["system", "stores"])?;
    Ok(std::iter::once(Scope::Default)
        .chain(websites.iter().map(|code| Scope::Website(code.to_string())))
        .chain(stores.iter().map(|code| Scope::Store(code.to_string())))
        .collect())
}

/// An edit that the file does not allow.
pub(crate) fn edit_refused(file: ConfigFile, why: &EditError) -> ServiceError {
    match why {
        EditError::NotLiteral(reason) => NotLiteralIn {
            file,
            reason: reason.clone(),
        }
        .into(),
        other => ServiceError::Refused(format!(
            "{file} cannot be edited: {other}; correct it by hand"
        )),
    }
}
