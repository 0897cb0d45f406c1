//! What somebody has set up, for themselves, the operator or an admin who looks after others.

use super::{recovery, user_config};
use crate::app::App;
use crate::error::ServiceError;
use domain::admin::Admin;
use domain::second_factor::Enrolled;

/// What one person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overview {
    /// What is set up to the end.
    pub enrolled: Enrolled,
    /// How many recovery codes are left.
    pub codes_left: u32,
}

/// What `admin` has.
pub async fn of(app: &App, admin: &Admin) -> Result<Overview, ServiceError> {
    let mut connection = app.database().connection().await?;
    let config = user_config::load(app, &mut connection, admin).await?;
    Ok(Overview {
        enrolled: user_config::enrolled(app, admin, &config)?,
        codes_left: recovery::count_left(app, &mut connection, admin).await?,
    })
}
