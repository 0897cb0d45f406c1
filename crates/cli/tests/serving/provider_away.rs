//! A provider that is away when the server starts: the server starts all the same, serves, says
//! the true reason to who clicks, and signs people in as soon as the provider is back.

use crate::outage::install;
use crate::server::{Server, postern};
use ims_sandbox::{Fault, Options, Sandbox};
use std::path::Path;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a15_a_provider_that_is_away_keeps_no_server_from_starting() {
    for is_open_id in [false, true] {
        let provider = Sandbox::start(Options::default()).unwrap();
        let shop = tempfile::tempdir().unwrap();
        install(shop.path(), &[]);
        enable(shop.path(), &provider, is_open_id);
        for (fault, reason) in [
            (Fault::Down, "cannot be reached"),
            (Fault::ServerError, "status 500"),
        ] {
            provider.set_fault("*", fault);
            let server = Server::start(shop.path());
            let (status, page) = server.get_path("/backstage");
            assert!(status == 200 && page.contains("class=\"button\""), "{page}");
            let (status, page) = server.get_path("/backstage/admin/auth/adobe");
            assert_eq!(status, 503, "{page}");
            assert!(page.contains(reason), "{fault:?} {page}");
            assert!(page.contains("admin:adobe-ims:disable"), "{page}");
            provider.clear_faults();
            let deadline = Instant::now() + Duration::from_secs(60);
            while server.get_path("/backstage/admin/auth/adobe").0 != 303 {
                assert!(Instant::now() < deadline, "it is back, and nobody gets in");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

pub(crate) fn enable(root: &Path, provider: &Sandbox, is_open_id: bool) {
    let set = |path: &str, value: &str| {
        postern(root, &["config:set", path, value]);
    };
    set("web/secure/base_url", "https://shop.test/");
    for name in ["imsUrl", "organizationMembershipUrl"] {
        set(&format!("adobe_ims/integration/{name}"), &provider.url());
    }
    let secret = root.join("client-secret");
    std::fs::write(&secret, "sandbox-secret\n").unwrap();
    let secret = format!("--client-secret-file={}", secret.display());
    let issuer = format!("--issuer={}", provider.open_id_issuer());
    let whose: &[&str] = match is_open_id {
        true => &[&issuer, "--everybody"],
        false => &["--organization-id=0123456789ABCDEF01234567"],
    };
    let mut arguments = vec!["admin:adobe-ims:enable", "--2fa=yes", &secret];
    arguments.push("--client-id=sandbox-client");
    arguments.extend(whose);
    postern(root, &arguments);
}
