//! Where one arrives after signing in without having asked for a page. Commerce names an item of
//! its menu; here two of its items are pages, and the first of all that one may see is the overview.

use crate::app::App;
use crate::error::ServiceError;
use domain::admin::Admin;

/// Where the item is named.
const PATH: &str = "admin/startup/menu_item_id";

/// Commerce's Stores > Settings > Configuration.
const CONFIGURATION: &str = "Magento_Config::system_config";

/// A page to begin at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartPage {
    /// The overview, which everybody may see who has any rights. Stands for Commerce's dashboard.
    Overview,
    /// How people sign in and which policies hold.
    Configuration,
}

impl StartPage {
    /// The page for somebody who signs in: as in Commerce, the one that is set where they may see
    /// it, else the first that they may.
    pub async fn of(app: &App, admin: &Admin) -> Result<Self, ServiceError> {
        let item = app.configuration().await?.text(PATH)?;
        let is_configuration = item.as_deref() == Some(CONFIGURATION) && admin.has_full_rights();
        Ok(match is_configuration {
            true => Self::Configuration,
            false => Self::Overview,
        })
    }
}
