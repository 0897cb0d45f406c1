//! Metrics and health of a real server, at an address of their own.

use crate::server::{Server, postern};

#[test]
fn metrics_are_where_they_were_asked_for_and_nowhere_else() {
    let shop = tempfile::tempdir().unwrap();
    postern(
        shop.path(),
        &["setup:install", "--backend-frontname=backstage"],
    );
    let mut server = Server::start_with(shop.path(), &["--metrics-listen=127.0.0.1:0"]);
    let answers = server.observe(&["/metrics", "/healthz", "/backstage"]);
    let (status, text) = &answers[0];
    assert_eq!(*status, 200);
    assert!(text.contains("postern_mode{mode=\"commerce\"} 1"), "{text}");
    assert_eq!(answers[1], (200, "ok\n".to_owned()));
    assert_eq!(answers[2].0, 404);
    // Not at the front door.
    assert_eq!(server.get_path("/metrics").0, 404);
}
