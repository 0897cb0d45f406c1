//! The ways to Adobe and back: signing in, and showing once more who one is. On Adobe's own page
//! the person presses their name, each time: a page that does not ask is not as told.

use super::{Browser, Page};
use crate::cast::Person;
use crate::expectation::Mismatch;
use reqwest::Url;

impl Browser {
    /// Presses "Sign In with Adobe ID", and on Adobe's page one's name. Returns the page to which
    /// that leads.
    pub(crate) async fn sign_in_with_adobe_id(
        &mut self,
        person: &Person,
    ) -> Result<Page, Mismatch> {
        let button = self.open_admin().await?.button()?;
        self.pass_adobe(button, person).await
    }

    /// Fills one's last name in on the page of one's account, which asks at Adobe who one is, and
    /// saves it.
    pub(crate) async fn fill_in_last_name(&mut self, person: &Person) -> Result<Page, Mismatch> {
        let mut address = self.admin.clone();
        address.set_path(&format!("{}/admin/system_account/", self.admin.path()));
        let account = self.get(address.clone(), "same-origin").await?;
        let leave = self.save_account(&account, &address, person).await?;
        let confirmed = self.pass_adobe(leave.button()?, person).await?;
        confirmed.expect(200, &["Identity verified"])?;
        self.save_account(&confirmed, &address, person).await
    }

    async fn pass_adobe(&mut self, way: Url, person: &Person) -> Result<Page, Mismatch> {
        let asked = self.get(way, "same-origin").await?;
        asked.expect(200, &["asks who you are", person.email])?;
        self.send_form(asked.address, &[("person", person.email)])
            .await
    }

    async fn save_account(
        &mut self,
        page: &Page,
        address: &Url,
        person: &Person,
    ) -> Result<Page, Mismatch> {
        let mut fields = vec![("lastname", person.last_name)];
        for name in ["form_key", "owner", "confirmation_id"] {
            fields.extend(page.hidden(name).map(|value| (name, value)));
        }
        self.send_form(address.clone(), &fields).await
    }
}
