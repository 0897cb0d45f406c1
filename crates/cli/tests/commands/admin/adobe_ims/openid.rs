//! `admin:adobe-ims:enable --issuer`: any OpenID provider in the place of Adobe.

use crate::shop::Shop;

const STORED: &str = "SELECT path, value FROM #core_config_data WHERE path LIKE 'postern/openid/%' \
                      ORDER BY path";
const CREDENTIALS: &str = "SELECT path FROM #core_config_data WHERE path IN \
                           ('adobe_ims/integration/organization_id', \
                           'adobe_ims/integration/api_key', 'adobe_ims/integration/private_key') \
                           ORDER BY path";

/// Everything there is to set.
const EVERYTHING: [&str; 12] = [
    "--organization-claim=groups",
    "--organization-id=shop staff",
    "--scope=openid",
    "--scope=groups",
    "--second-factor=amr=mfa",
    "--second-factor=acr=urn:strong",
    "--id-token-hint",
    "--role-claim=realm_access.roles",
    "--map-role=cn=owners,ou=shop=Administrators",
    "--map-role=guests=Adobe Ims",
    "--provision",
    "--try=15m",
];

fn refused(shop: &Shop, arguments: &[&str]) -> String {
    let before = shop.fingerprint();
    let run = shop.enabling_open_id(arguments).refused();
    let nothing: Vec<String> = Vec::new();
    assert_eq!(before.differences(&shop.fingerprint()), nothing);
    run.stderr
}

#[test]
fn it_stores_what_it_was_given_and_the_credentials_encrypted() {
    let shop = Shop::new().with_provider();
    let run = shop.enabling_open_id(&EVERYTHING).run().succeeded();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is enabled\n");
    let issuer = shop.provider().open_id_issuer();
    assert_eq!(
        shop.rows(STORED),
        [
            "postern/openid/id_token_hint|1".to_owned(),
            format!("postern/openid/issuer|{issuer}"),
            "postern/openid/organization_claim|groups".to_owned(),
            "postern/openid/provisioning|1".to_owned(),
            "postern/openid/role_claim|realm_access.roles".to_owned(),
            "postern/openid/roles|{\"cn=owners,ou=shop\":\"Administrators\",\"guests\":\"Adobe Ims\"}"
                .to_owned(),
            "postern/openid/scopes|openid groups".to_owned(),
            "postern/openid/second_factor|amr=mfa acr=urn:strong".to_owned(),
        ]
    );
    assert_eq!(shop.rows(CREDENTIALS).len(), 3);
    let plain = "SELECT path FROM #core_config_data WHERE value IN \
                 ('shop staff', 'sandbox-client', 'sandbox-secret')";
    assert!(shop.rows(plain).is_empty());
    let asked = shop.provider().log();
    assert!(asked.iter().all(|it| it.path.starts_with("/oidc/")));
    assert!(asked.iter().any(|it| it.path == "/oidc/token"));
}

#[test]
fn it_shows_the_issuer_and_never_the_secret() {
    let shop = Shop::new().with_provider();
    shop.enabling_open_id(&EVERYTHING).run().succeeded();
    let info = shop.run(["admin:adobe-ims:info"]);
    assert!(!format!("{}{}", info.stdout, info.stderr).contains("sandbox-secret"));
    insta::assert_snapshot!(info, @r"
    exit code 0
    --- stdout ---
    Issuer: http://PROVIDER/oidc
    Client ID: sandbox-client
    Organization ID: shop staff
    Client Secret configured
    --- stderr ---
    The provider accepts the Client ID and the Client Secret.
    ");
    let status = shop.run(["admin:adobe-ims:status"]).succeeded();
    assert_eq!(status.stdout, "Admin Adobe IMS integration is enabled\n");
    let issuer = shop.provider().open_id_issuer();
    assert!(
        status
            .stderr
            .contains(&format!("The provider is {issuer}."))
    );
    let status = shop.run(["admin:adobe-ims:status", "--format=json"]).json();
    assert_eq!(status["issuer"], issuer);
}

#[test]
fn v05_disabling_takes_everything_about_the_provider_from_everywhere() {
    let shop = Shop::adopted().with_provider();
    shop.enabling_open_id(&EVERYTHING).run().succeeded();
    shop.set_configuration("postern/openid/grace", "120");
    shop.sql(
        "INSERT INTO #core_config_data (scope, scope_id, path, value) \
         VALUES ('websites', 1, 'postern/openid/issuer', 'https://elsewhere.test')",
    );
    for file in ["app/etc/env.php", "app/etc/config.php"] {
        let value = "'system' => ['default' => ['postern' => ['openid' => \
                     ['issuer' => 'https://elsewhere.test', 'roles' => '{}', 'grace' => '90']]]],";
        shop.edit(file, "return [", &format!("return [\n    {value}"));
    }
    let preview = shop.run(["admin:adobe-ims:disable", "--dry-run", "--format=json"]);
    let named: Vec<String> = preview.succeeded().json()["removed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{}: {}", it["setting"], it["place"]).replace('"', ""))
        .collect();
    for expected in [
        "Organization ID: core_config_data",
        "Issuer: core_config_data",
        "Issuer: core_config_data, websites 1",
        "Scopes: core_config_data",
        "Organization Claim: core_config_data",
        "Role Claim: core_config_data",
        "Roles: core_config_data",
        "Provisioning: core_config_data",
    ] {
        assert!(
            named.iter().any(|it| it == expected),
            "{expected}: {named:?}"
        );
    }
    let in_files =
        |it: &&String| it.starts_with("Issuer: app/etc/") || it.starts_with("Roles: app/etc/");
    assert_eq!(named.iter().filter(in_files).count(), 4, "{named:?}");

    let run = shop.run(["admin:adobe-ims:disable"]).succeeded();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is disabled.\n");
    assert_eq!(shop.rows(STORED), ["postern/openid/grace|120"]);
    assert!(shop.rows(CREDENTIALS).is_empty());
    for file in ["app/etc/env.php", "app/etc/config.php"] {
        let left = shop.php(file, "$c['system']['default']['postern']['openid']");
        assert!(left.contains("grace") && !left.contains("issuer"), "{left}");
        assert!(!left.contains("roles"), "{left}");
    }
    insta::assert_snapshot!(shop.run(["admin:adobe-ims:info"]), @r"
    exit code 0
    --- stdout ---
    Module is disabled
    ");
}

#[test]
fn what_the_environment_pins_is_named_and_nothing_is_changed() {
    let shop = Shop::new().with_provider();
    shop.enabling_open_id(&EVERYTHING).run().succeeded();
    let name = "CONFIG__DEFAULT__POSTERN__OPENID__ISSUER";
    let before = shop.fingerprint();
    let run = shop
        .postern(&["admin:adobe-ims:disable"])
        .variable(name, "https://elsewhere.test")
        .refused();
    assert!(run.stderr.contains(name), "{run}");
    let nothing: Vec<String> = Vec::new();
    assert_eq!(before.differences(&shop.fingerprint()), nothing);
}

#[test]
fn enabling_for_adobe_again_forgets_the_other_provider() {
    let shop = Shop::new().with_provider();
    shop.enabling_open_id(&EVERYTHING).run().succeeded();
    shop.enabling(&[]).run().succeeded();
    assert!(shop.rows(STORED).is_empty());
}

#[test]
fn adobe_can_have_roles_and_new_members_as_well() {
    let shop = Shop::new().with_provider();
    let run = shop.enabling(&[
        "--role-claim=roles",
        "--map-role=a=Administrators",
        "--provision",
    ]);
    run.run().succeeded();
    assert_eq!(
        shop.rows(STORED),
        [
            "postern/openid/provisioning|1",
            "postern/openid/role_claim|roles",
            "postern/openid/roles|{\"a\":\"Administrators\"}",
        ]
    );
}

#[test]
fn that_everybody_belongs_must_be_said() {
    let shop = Shop::new().with_provider();
    let told = refused(&shop, &["--no-interaction"]);
    assert!(
        told.contains("--organization-claim or --everybody"),
        "{told}"
    );
    let run = shop.enabling_open_id(&[]).input("no\n").refused();
    assert!(run.stderr.contains("--organization-claim"), "{run}");
    shop.enabling_open_id(&[]).input("yes\n").run().succeeded();
    assert_eq!(shop.rows(CREDENTIALS).len(), 2, "no organization");
    let info = shop.run(["admin:adobe-ims:info"]).succeeded();
    assert!(!info.stdout.contains("Organization ID"), "{info}");
    let warned = shop.enabling_open_id(&["--everybody", "--provision"]).run();
    assert!(warned.succeeded().stderr.contains("gets an account here"));
}

#[test]
fn a_script_that_forgot_something_is_told_what() {
    let shop = Shop::new().with_provider();
    for (arguments, told) in [
        (
            &["--everybody", "--role-claim=roles"][..],
            "--map-role need each other",
        ),
        (
            &["--everybody", "--map-role=a=B"],
            "--map-role need each other",
        ),
        (
            &["--everybody", "--role-claim=roles", "--map-role=a=Owners"],
            "no role `Owners` (--map-role)",
        ),
        (
            &[
                "--everybody",
                "--role-claim=r",
                "--map-role=a=X",
                "--map-role=a=Y",
            ],
            "gives `a` two roles",
        ),
        (&["--organization-id=staff"], "needs --organization-claim"),
        (
            &["--everybody", "--scope=two words"],
            "No valid scope provided (--scope)",
        ),
        (
            &["--everybody", "--client-id=two words"],
            "No valid Client ID provided",
        ),
        (
            &["--everybody", "--2fa=no"],
            "require it of your people at the provider",
        ),
        (
            &["--organization-claim=my claim", "--organization-id=staff"],
            "No valid claim provided",
        ),
    ] {
        let stderr = refused(&shop, arguments);
        assert!(stderr.contains(told), "{arguments:?}: {stderr}");
    }
    assert!(
        shop.provider().log().is_empty(),
        "the provider was asked in vain"
    );
}

#[test]
fn an_issuer_that_secrets_must_not_be_sent_to_is_refused() {
    let shop = Shop::new().with_provider();
    for issuer in [
        "http://id.shop.test",
        "ftp://id.shop.test",
        "id.shop.test",
        "https://id.shop.test/?a=b",
    ] {
        let issuer = format!("--issuer={issuer}");
        let stderr = refused(&shop, &["--everybody", &issuer]);
        assert!(
            stderr.contains("No valid issuer provided (--issuer)"),
            "{stderr}"
        );
    }
}

#[test]
fn options_of_other_providers_mean_nothing_to_adobe() {
    let shop = Shop::new().with_provider();
    for option in [
        "--everybody",
        "--scope=openid",
        "--organization-claim=groups",
        "--id-token-hint",
    ] {
        let run = shop.enabling(&[option]).refused();
        assert!(run.stderr.contains("need --issuer"), "{run}");
    }
}

#[test]
fn an_organization_is_either_named_or_everybody() {
    let shop = Shop::new().with_provider();
    let run = shop.enabling_open_id(&["--everybody", "--organization-claim=groups"]);
    let told = run.misused().stderr;
    assert!(told.contains("cannot be used together with"), "{told}");
    let run = shop.enabling_open_id(&["--everybody", "--role-claim=r", "--map-role=a"]);
    let told = run.misused().stderr;
    assert!(
        told.contains("write VALUE=ROLE, such as editors=Content"),
        "{told}"
    );
}

#[test]
fn a11_a_wrong_secret_and_another_issuer_are_found_out_before_anything_changes() {
    let shop = Shop::new().with_provider();
    let wrong = shop.folder().join("wrong");
    std::fs::write(&wrong, "guessed-secret").unwrap();
    let file = format!("--client-secret-file={}", wrong.display());
    let stderr = refused(&shop, &["--everybody", &file]);
    assert!(
        stderr.contains("refused the client ID or its secret"),
        "{stderr}"
    );
    assert!(!stderr.contains("guessed-secret"));
    let other = format!("--issuer={}/", shop.provider().open_id_issuer());
    let stderr = refused(&shop, &["--everybody", &other]);
    assert!(
        stderr.contains("cannot be used") || stderr.contains("issuer"),
        "{stderr}"
    );
}

#[test]
fn a17_a_secret_on_the_command_line_is_warned_of() {
    let shop = Shop::new().with_provider();
    let issuer = format!("--issuer={}", shop.provider().open_id_issuer());
    let run = shop.run([
        "admin:adobe-ims:enable",
        &issuer,
        "--everybody",
        "-csandbox-client",
        "-ssandbox-secret",
        "-ty",
    ]);
    let told = run.succeeded().stderr;
    assert!(
        told.contains("A secret on the command line is seen"),
        "{told}"
    );
}
