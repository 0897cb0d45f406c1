//! Everything that runs in the demo, and how it is brought to the evening on which the story
//! turns: the integration is on, and four people have four different ways back in.

use crate::browser::Browser;
use crate::cast::credentials::{CLIENT_ID, CLIENT_SECRET, ORGANIZATION_ID};
use crate::cast::{self, ANN, BEN, CLEO, DAN, EVE, FRONT_NAME, MEMBERS};
use crate::command_line::Run;
use crate::expectation::{Mismatch, expect};
use crate::front_door::FrontDoor;
use crate::php_commerce::{self, AdobeVisit};
use crate::shop::Shop;
use ims_sandbox::{Options, Person, Sandbox};
use postern::surroundings::Surroundings;
use secrecy::SecretString;

/// How many wrong passwords lock an account, by Commerce's default.
const FAILURES_TO_LOCK: usize = 6;

/// The shop, its server, and the stand-in for Adobe.
pub(crate) struct Stage {
    /// The instance.
    pub(crate) shop: Shop,
    /// The server.
    pub(crate) door: FrontDoor,
    /// The stand-in.
    pub(crate) adobe: Sandbox,
}

impl Stage {
    /// Makes and starts all three, and tells the shop where "Adobe" is.
    pub(crate) async fn open(surroundings: &Surroundings) -> Result<Self, Mismatch> {
        let shop = Shop::open(surroundings).await?;
        let adobe = Sandbox::start(Options {
            organization_id: ORGANIZATION_ID.to_owned(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: SecretString::from(CLIENT_SECRET),
            people: people(),
            ask: true,
            ..Options::default()
        })?;
        let door = FrontDoor::open(&shop.app).await?;
        let stage = Self { shop, door, adobe };
        let (base_url, adobe_url) = (format!("{}/", stage.origin()), stage.adobe.url());
        let addresses = [
            ("web/unsecure/base_url", base_url.as_str()),
            ("web/secure/base_url", base_url.as_str()),
            ("adobe_ims/integration/imsUrl", adobe_url.as_str()),
            (
                "adobe_ims/integration/organizationMembershipUrl",
                adobe_url.as_str(),
            ),
            // Nothing leaves this machine, mail neither.
            ("system/smtp/transport", "file"),
        ];
        stage.shop.configure(&addresses).await?;
        Ok(stage)
    }

    /// What stands in front of every path of the server.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.door.address)
    }

    /// The address of the Admin.
    pub(crate) fn admin_url(&self) -> String {
        format!("{}/{FRONT_NAME}", self.origin())
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Result<Browser, Mismatch> {
        Browser::new(&self.admin_url())
    }

    /// ann, ben and dan get accounts; ann's has no last name.
    pub(crate) async fn hire(&self) -> Result<(), Mismatch> {
        for person in [ANN, BEN, DAN] {
            self.shop.hire(&person).await?;
        }
        php_commerce::forget_last_name(&self.shop, &ANN).await
    }

    /// dan types wrong passwords until not even the right one is taken.
    pub(crate) async fn lock_dan_out(&self) -> Result<(), Mismatch> {
        let mut client = self.browser()?;
        for _ in 0..FAILURES_TO_LOCK {
            client
                .ask_for_token(&DAN, "not this one")
                .await?
                .expect(401, &[])?;
        }
        client
            .ask_for_token(&DAN, DAN.password)
            .await?
            .expect(401, &[])
    }

    /// The operator switches the integration on, with this client secret on standard input and
    /// these options beside what must be said.
    pub(crate) async fn enable(
        &self,
        client_secret: &str,
        options: &[&str],
    ) -> Result<Run, Mismatch> {
        let mut arguments = vec![
            "admin:adobe-ims:enable",
            "--organization-id",
            ORGANIZATION_ID,
            "--client-id",
            CLIENT_ID,
            "--client-secret",
            "-",
            "--2fa",
            "yes",
        ];
        arguments.extend(options);
        let command_line = &self.shop.command_line;
        command_line
            .run(&arguments, &format!("{client_secret}\n"))
            .await
    }

    /// cleo, whom the shop does not know yet, signs in with her Adobe ID, and goes on to the PHP
    /// Commerce that shares the instance.
    pub(crate) async fn let_cleo_in(&self) -> Result<(Browser, AdobeVisit), Mismatch> {
        let mut browser = self.browser()?;
        let page = browser.sign_in_with_adobe_id(&CLEO).await?;
        // Her role has no rights until somebody gives it some.
        let name = format!("{} {}", CLEO.first_name, CLEO.last_name);
        page.expect(
            403,
            &[&name, "Sorry, you need permissions to view this content."],
        )?;
        let visit = php_commerce::visit(&self.shop, &CLEO).await?;
        for token in [&visit.session_token, &visit.web_api_token] {
            let is_known = self.adobe.admit_token(token, CLEO.email);
            expect(CLEO.email, is_known, "unknown to Adobe")?;
        }
        Ok((browser, visit))
    }

    /// Stops everything and removes the instance.
    pub(crate) async fn close(self) -> std::io::Result<()> {
        self.door.close().await;
        self.shop.remove().await
    }
}

/// Everybody with an Adobe ID.
fn people() -> Vec<Person> {
    let with_name = |person: &cast::Person| Person {
        first_name: person.first_name.to_owned(),
        last_name: person.last_name.to_owned(),
        ..Person::with_email(person.email)
    };
    let mut people: Vec<Person> = MEMBERS.iter().map(with_name).collect();
    people.push(Person {
        member: false,
        ..with_name(&EVE)
    });
    people
}
