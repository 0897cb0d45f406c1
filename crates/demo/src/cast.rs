//! Who the story is about: four admins, each with another way back in, somebody who has no business
//! in the shop, and what Adobe knows of it. All of it is made up, lives in the demo's folder, and goes with it.

/// The first part of the Admin's address.
pub(crate) const FRONT_NAME: &str = "backoffice";

/// Somebody who works in the Admin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    /// User name.
    pub(crate) username: &'static str,
    /// First name.
    pub(crate) first_name: &'static str,
    /// Last name.
    pub(crate) last_name: &'static str,
    /// Mail address; an Adobe ID is matched by it.
    pub(crate) email: &'static str,
    /// The Commerce password; empty where they never had one.
    pub(crate) password: &'static str,
}

/// Has a password from before the integration, and remembers it. An import left her account without
/// a last name.
pub(crate) const ANN: Person = Person {
    username: "ann",
    first_name: "Ann",
    last_name: "Archer",
    email: "ann@shop.example",
    password: "Harbour-light-7",
};

/// Has one, too, and has forgotten it.
pub(crate) const BEN: Person = Person {
    username: "ben",
    first_name: "Ben",
    last_name: "Baker",
    email: "ben@shop.example",
    password: "Gone-with-the-wind-39",
};

/// Came while the integration was on: her account was made on her first sign-in, with a password
/// that nobody knows.
pub(crate) const CLEO: Person = Person {
    username: "cleo",
    first_name: "Cleo",
    last_name: "Carter",
    email: "cleo@shop.example",
    password: "",
};

/// Remembers his, but has locked himself out.
pub(crate) const DAN: Person = Person {
    username: "dan",
    first_name: "Dan",
    last_name: "Dyer",
    email: "dan@shop.example",
    password: "Winter-garden-4",
};

/// Has an Adobe ID, and does not belong to the shop.
pub(crate) const EVE: Person = Person {
    username: "eve",
    first_name: "Eve",
    last_name: "Elsewhere",
    email: "eve@elsewhere.example",
    password: "",
};

/// Who belongs to the shop, in the order of the story.
pub(crate) const MEMBERS: [Person; 4] = [ANN, BEN, CLEO, DAN];

/// What identifies the shop to the stand-in for Adobe.
pub(crate) mod credentials {
    /// The organization.
    pub(crate) const ORGANIZATION_ID: &str = "7D3A1F0C5B9E42680A1B2C3D";
    /// The client.
    pub(crate) const CLIENT_ID: &str = "harbour-shop-admin";
    /// Its secret.
    pub(crate) const CLIENT_SECRET: &str = "p8e-vQ3xkT7mWz0LrB5nYd2H";
}
