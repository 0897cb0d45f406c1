//! Everything that runs in the demo, and how it is brought to the evening on which the story
//! turns: the integration is on, and four people have four different ways back in.

use crate::browser::Browser;
use crate::cast::credentials::{CLIENT_ID, CLIENT_SECRET, ORGANIZATION_ID};
use crate::cast::{ANN, BEN, CLEO, DAN, EVERYBODY, FRONT_NAME};
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
            people: EVERYBODY
                .iter()
                .map(|person| Person::with_email(person.email))
                .collect(),
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
        Browser::new(&self.origin(), FRONT_NAME)
    }

    /// ann, ben and dan get accounts.
    pub(crate) async fn hire(&self) -> Result<(), Mismatch> {
        for person in [ANN, BEN, DAN] {
            self.shop.hire(&person).await?;
        }
        Ok(())
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

    /// The operator switches the integration on, with this client secret on standard input.
    pub(crate) async fn enable(&self, client_secret: &str) -> Result<Run, Mismatch> {
        let arguments = [
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
        let command_line = &self.shop.command_line;
        command_line
            .run(&arguments, &format!("{client_secret}\n"))
            .await
    }

    /// cleo comes in with her Adobe ID, through the PHP Commerce that shares the instance.
    pub(crate) async fn let_cleo_in(&self) -> Result<AdobeVisit, Mismatch> {
        let visit = php_commerce::sign_in(&self.shop, &CLEO).await?;
        for token in [&visit.session_token, &visit.web_api_token] {
            expect(
                CLEO.email,
                self.adobe.admit_token(token, CLEO.email),
                "unknown to Adobe",
            )?;
        }
        Ok(visit)
    }

    /// Stops everything and removes the instance.
    pub(crate) async fn close(self) -> std::io::Result<()> {
        self.door.close().await;
        self.shop.remove().await
    }
}
