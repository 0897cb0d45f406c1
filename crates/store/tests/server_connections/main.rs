//! How the database server is reached: its ways to ask for a password, with TLS and without, and
//! what it says when it lets nobody in.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod plain_wire;

use secrecy::SecretString;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use store::database::{Database, DatabaseError, MySqlAddress, MySqlSettings, Settings};
use store::testing::TestDatabase;

/// A new user of the server, who may use this database. The server has seen the password never
/// before, and so asks for it in full, not for a proof that it can compare with what it remembers.
async fn user(test: &TestDatabase, password: &str) -> MySqlSettings {
    let Settings::MySql(mut settings) = test.settings().clone() else {
        panic!("it is a server")
    };
    let name = settings.database.clone();
    for host in ["%", "localhost"] {
        for statement in [
            format!("DROP USER IF EXISTS `{name}`@`{host}`"),
            format!("CREATE USER `{name}`@`{host}` IDENTIFIED BY '{password}'"),
            format!("GRANT ALL ON `{name}`.* TO `{name}`@`{host}`"),
        ] {
            test.execute(&statement, vec![]).await;
        }
    }
    settings.username = name;
    settings.password = SecretString::from(password);
    settings
}

async fn open(settings: &MySqlSettings) -> Result<Database, DatabaseError> {
    Database::open(&Settings::MySql(settings.clone()), 1).await
}

/// Opens the database and reads something: some servers let one in and then answer nothing.
async fn read(settings: &MySqlSettings) -> Result<(), DatabaseError> {
    let database = open(settings).await?;
    let mut connection = database.connection().await?;
    connection.fetch_all("SELECT 1", vec![]).await.map(drop)
}

/// The cipher of the connection, empty without TLS.
async fn cipher(database: &Database) -> String {
    let mut connection = database.connection().await.unwrap();
    let status = connection.fetch_all("SHOW STATUS LIKE 'Ssl_cipher'", vec![]);
    status.await.unwrap()[0].text(1).unwrap()
}

#[tokio::test]
async fn a_password_opens_the_database_without_tls_and_with_it() {
    let test = TestDatabase::mariadb_empty("").await;
    let mut settings = user(&test, "Geheim-1").await;
    let direct = settings.address.clone();
    settings.address = MySqlAddress::parse(&plain_wire::open());
    let database = open(&settings).await.unwrap();
    assert_eq!(cipher(&database).await, "");
    database.close().await;

    let mut settings = user(&test, "Geheim-2").await;
    settings.address = direct;
    let database = open(&settings).await.unwrap();
    // Debian's MariaDB 10.11 comes without a certificate.
    assert!(test.is_mariadb().await || cipher(&database).await.contains("AES"));
    database.close().await;
}

#[tokio::test]
async fn a_wrong_password_is_refused_without_tls_and_with_it() {
    let test = TestDatabase::mariadb_empty("").await;
    let mut settings = user(&test, "Geheim-1").await;
    settings.password = SecretString::from("Geheim-2");
    for address in [settings.address.to_string(), plain_wire::open()] {
        settings.address = MySqlAddress::parse(&address);
        let refused = open(&settings).await.unwrap_err();
        assert!(matches!(refused, DatabaseError::AccessDenied), "{refused}");
    }
}

#[tokio::test]
async fn an_authority_in_env_php_allows_no_connection_without_tls() {
    let test = TestDatabase::mariadb_empty("").await;
    let mut settings = user(&test, "Geheim-1").await;
    settings.address = MySqlAddress::parse(&plain_wire::open());
    settings.tls_authority = Some(PathBuf::from("/nonexistent/ca.pem"));
    let refused = open(&settings).await.unwrap_err();
    assert!(refused.to_string().contains("TLS"), "{refused}");
}

#[tokio::test]
async fn the_certificate_that_mysql_makes_for_itself_is_checked() {
    let test = TestDatabase::mariadb_empty("").await;
    if test.is_mariadb().await {
        // Debian's MariaDB 10.11 makes none.
        return;
    }
    let folder = PathBuf::from(test.texts("SELECT @@datadir").await.concat());
    let mut settings = user(&test, "Geheim-1").await;
    settings.tls_authority = Some(folder.join("ca.pem"));
    let database = open(&settings).await.unwrap();
    assert_ne!(cipher(&database).await, "");
    database.close().await;

    // It was issued by that authority, not by its neighbour.
    settings.tls_authority = Some(folder.join("client-cert.pem"));
    let refused = open(&settings).await.unwrap_err();
    assert!(refused.to_string().contains("certificate"), "{refused}");
}

#[tokio::test]
async fn an_account_that_may_not_be_used_is_told_in_the_servers_words() {
    let test = TestDatabase::mariadb_empty("").await;
    for (state, word) in [("ACCOUNT LOCK", "locked"), ("PASSWORD EXPIRE", "password")] {
        let settings = user(&test, "Geheim-1").await;
        let name = &settings.username;
        for host in ["%", "localhost"] {
            let alter = format!("ALTER USER `{name}`@`{host}` {state}");
            test.execute(&alter, vec![]).await;
        }
        let refused = read(&settings).await.unwrap_err();
        assert!(
            matches!(&refused, DatabaseError::Unreachable(why) if why.to_lowercase().contains(word)),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_database_that_mysql_holds_read_only_is_told_as_such() {
    let test = TestDatabase::mariadb_empty("").await;
    if test.is_mariadb().await {
        // There only a whole server can be.
        return;
    }
    let database = test.texts("SELECT DATABASE()").await.concat();
    let hold = format!("ALTER SCHEMA `{database}` READ ONLY = 1");
    let release = format!("ALTER SCHEMA `{database}` READ ONLY = 0");
    let mut connection = test.connection().await;
    connection.execute_script(&hold).await.unwrap();
    let create = "CREATE TABLE held (id INT)";
    let refused = connection.execute_script(create).await;
    connection.execute_script(&release).await.unwrap();
    assert!(
        matches!(refused, Err(DatabaseError::ReadOnly)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_connection_that_the_server_closed_for_idleness_is_replaced() {
    let test = TestDatabase::mariadb_empty("").await;
    let settings = user(&test, "Geheim-1").await;
    let database = open(&settings).await.unwrap();
    let mut connection = database.connection().await.unwrap();
    let patience = "SET SESSION wait_timeout = 1";
    connection.execute_script(patience).await.unwrap();
    drop(connection);
    let connected = "SELECT id FROM information_schema.processlist WHERE user = ?";
    let deadline = Instant::now() + Duration::from_secs(60);
    while !test
        .rows(connected, vec![settings.username.as_str().into()])
        .await
        .is_empty()
    {
        assert!(Instant::now() < deadline, "the server closes nothing");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut connection = database.connection().await.unwrap();
    connection.fetch_all("SELECT 1", vec![]).await.unwrap();
}
