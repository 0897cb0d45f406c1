//! The product's main job, on an instance that PHP made: its files, its tables, its password
//! hashes. The integration is on, `bin/magento admin:adobe-ims:disable` is typed, and an admin
//! signs in with the password they had before.

use crate::server::{Server, postern};
use std::path::Path;
use std::process::Command;
use store::testing::{TestDatabase, server_address};

const PREFIX: &str = "mg_";
const ORGANIZATION_ID: &str = "0123456789ABCDEFABCDEF01";
const CLIENT_ID: &str = "headline-client";
const CLIENT_SECRET: &str = "p8e-headline-secret-0987654321";
const PASSWORD: &str = "Anna123456";

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_of_a_php_instance_signs_in_with_the_password_from_before() {
    let database = TestDatabase::mariadb_empty(PREFIX).await;
    let root = tempfile::tempdir().unwrap();
    let name = database.texts("SELECT DATABASE()").await.remove(0);
    let script = "../store/tests/php/commerce_database.php";
    php(&[script, &server_address(), &name, PREFIX]);
    let folder = root.path().to_str().unwrap();
    php(&[
        "tests/php/instance.php",
        folder,
        &server_address(),
        &name,
        PREFIX,
        ORGANIZATION_ID,
        CLIENT_ID,
        CLIENT_SECRET,
    ]);

    postern(root.path(), &["setup:upgrade"]);
    let server = Server::start(root.path());
    assert_eq!(
        server.token("anna", PASSWORD),
        (401, r#"{"message":"Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN."}"#.to_owned())
    );

    let disabled = Command::new(root.path().join("bin/magento"))
        .arg("admin:adobe-ims:disable")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&disabled.stderr).into_owned();
    assert!(disabled.status.success(), "{told}");
    assert_eq!(
        String::from_utf8_lossy(&disabled.stdout),
        "Admin Adobe IMS integration is disabled.\n"
    );
    assert!(told.contains("nothing of it is left"), "{told}");

    let (status, token) = server.token("anna", PASSWORD);
    assert_eq!(status, 200, "{token}");
    assert_eq!(server.token("anna", "Anna1234567").0, 401);
    assert_eq!(server.token("anna", "").0, 400);
    assert_eq!(server.token("bjørn", "smørrebrød 1").0, 200);

    assert_eq!(what_php_reads(root.path()), "modules,system|1|");
    assert!(!root.path().join("var/session/sess_adobeadmin").exists());
    assert!(root.path().join("var/session/sess_customer").exists());
    let left = database
        .texts("SELECT path FROM `#core_config_data` WHERE path LIKE 'adobe_ims/integration/%'")
        .await;
    assert_eq!(left, ["adobe_ims/integration/admin_enabled"]);
    let customers = database
        .texts("SELECT COUNT(*) FROM `#oauth_token` WHERE customer_id IS NOT NULL AND revoked = 0")
        .await;
    assert_eq!(customers, ["1"]);
}

/// The top-level keys of `config.php`, a neighbouring value, and what is left of the settings, as
/// PHP reads them.
fn what_php_reads(root: &Path) -> String {
    let code = "$c = include $argv[1]; echo implode(',', array_keys($c)), '|', \
                $c['system']['default']['web']['secure']['use_in_adminhtml'], '|', \
                implode(',', array_keys($c['system']['default']['adobe_ims'] ?? []));";
    let file = root.join("app/etc/config.php");
    let output = Command::new("php")
        .args(["-r", code, file.to_str().unwrap()])
        .output();
    String::from_utf8(output.expect("php must be installed").stdout).unwrap()
}

fn php(arguments: &[&str]) {
    let output = Command::new("php")
        .args(arguments)
        .output()
        .expect("php must be installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
