//! `admin:user:create`.

use crate::shop::Shop;

const BOB: [&str; 5] = [
    "admin:user:create",
    "--admin-user=bob",
    "--admin-email=bob@shop.test",
    "--admin-firstname=Bob",
    "--admin-lastname=Builder",
];

#[test]
fn it_makes_an_admin_with_the_role_administrators() {
    for shop in [Shop::new(), Shop::adopted()] {
        let arguments = [&BOB[..], &["--admin-password=Secret1234"]].concat();
        let run = shop.postern(&arguments).run().succeeded();
        assert_eq!(run.stdout, "Created Magento administrator user named bob\n");
        let sql = "SELECT u.username, u.email, u.is_active, p.role_name FROM #admin_user u \
                   JOIN #authorization_role r ON r.user_id = u.user_id AND r.role_type = 'U' \
                   JOIN #authorization_role p ON p.role_id = r.parent_id WHERE username = 'bob'";
        assert_eq!(shop.rows(sql), ["bob|bob@shop.test|1|Administrators"]);
    }
}

#[test]
fn php_verifies_the_password_that_it_stored() {
    let shop = Shop::new();
    let arguments = [&BOB[..], &["--admin-password=-"]].concat();
    shop.postern(&arguments)
        .input("Secret1234\n")
        .run()
        .succeeded();
    let hash = shop
        .rows("SELECT password FROM #admin_user WHERE username = 'bob'")
        .remove(0);
    let code = "[$hash, $salt, $version] = explode(':', $argv[1]); \
                [, $length, $operations, $memory] = explode('_', $version); \
                echo hash_equals($hash, bin2hex(sodium_crypto_pwhash((int)$length, $argv[2], \
                substr($salt, 0, 16), (int)$operations, (int)$memory, 2))) ? 'yes' : 'no';";
    let php = std::process::Command::new("php")
        .args(["-r", code, "--", &hash, "Secret1234"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&php.stdout), "yes", "{hash}");
}

#[test]
fn what_is_missing_is_asked_for() {
    let shop = Shop::new();
    let answers = "bob\nSecret1234\nbob@shop.test\nBob\nBuilder\n";
    insta::assert_snapshot!(shop.postern(&["admin:user:create"]).input(answers).run(), @"
    exit code 0
    --- stdout ---
    Created Magento administrator user named bob
    --- stderr ---
    Admin user:
    Admin password:
    Admin email:
    Admin first name:
    Admin last name:
    A second factor is asked for: a link to set one up is mailed at the first sign-in, and security:tfa:configure-link bob prints one
    ");
}

#[test]
fn where_no_second_factor_is_asked_for_nothing_is_said_of_one() {
    let without_module = Shop::new();
    let config = "<?php\nreturn ['modules' => ['Magento_TwoFactorAuth' => 0]];\n";
    without_module.write("app/etc/config.php", config);
    for shop in [without_module, Shop::new().enabled()] {
        let arguments = [&BOB[..], &["--admin-password=Secret1234"]].concat();
        let run = shop.postern(&arguments).run().succeeded();
        assert!(!run.stderr.contains("second factor"), "{run}");
    }
}

#[test]
fn the_same_name_and_address_get_a_new_password_and_keep_their_id() {
    let shop = Shop::new();
    let ann = "SELECT user_id, firstname FROM #admin_user WHERE username = 'ann'";
    assert_eq!(shop.rows(ann), ["1|Ann"]);
    let run = shop.run([
        "a:u:c",
        "--admin-user=ann",
        "--admin-email=Ann@shop.test",
        "--admin-password=Another1234",
        "--admin-firstname=Anna",
        "--admin-lastname=Owner",
    ]);
    run.succeeded();
    assert_eq!(shop.rows(ann), ["1|Anna"]);
}

#[test]
fn every_broken_rule_is_told_at_once() {
    let shop = Shop::new();
    let run = shop.postern(&[
        "admin:user:create",
        "--admin-user= ",
        "--admin-email=nobody",
        "--admin-password=abc",
        "--admin-firstname=B",
        "--admin-lastname=",
    ]);
    insta::assert_snapshot!(run.refused(), @r#"
    exit code 1
    --- stderr ---
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --admin-password - or the prompt.
      "User Name" is required. Enter and try again.
      "Last Name" is required. Enter and try again.
      'nobody' is not a valid email address in the basic format local-part@hostname
      Your password must be at least 7 characters.
      Your password must include both numeric and alphabetic characters.
    "#);
}

#[test]
fn a_name_or_an_address_of_somebody_else_is_refused() {
    let shop = Shop::new();
    let other_address = [
        &BOB[..],
        &["--admin-password=Secret1234", "--admin-user=ann"],
    ]
    .concat();
    insta::assert_snapshot!(shop.postern(&other_address).refused(), @"
    exit code 1
    --- stderr ---
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --admin-password - or the prompt.
      An existing user has the given username but different email. Username and email both need to match an existing user or both be new.
    ");
    let other_name = [
        &BOB[..],
        &["--admin-password=Secret1234", "--admin-email=ann@shop.test"],
    ]
    .concat();
    insta::assert_snapshot!(shop.postern(&other_name).refused(), @"
    exit code 1
    --- stderr ---
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --admin-password - or the prompt.
      An existing user has the given email but different username. Username and email both need to match an existing user or both be new.
    ");
}

#[test]
fn while_the_integration_is_on_the_password_is_set_for_afterwards_and_it_says_so() {
    let shop = Shop::new().enabled();
    let arguments = [&BOB[..], &["--admin-password=Secret1234"]].concat();
    let run = shop.postern(&arguments).run().succeeded();
    assert_eq!(run.stdout, "Created Magento administrator user named bob\n");
    insta::assert_snapshot!(run.stderr, @"
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --admin-password - or the prompt.
    The Adobe IMS integration is on: the password cannot be used until it is off
    A mail about it is queued, and leaves when a server runs: postern serve
    ");
    let sql = "SELECT password FROM #admin_user WHERE username = 'bob'";
    assert!(shop.rows(sql)[0].contains(":3_32_2_67108864"));
}
