//! What a browser, or something that is none, says on its way through nginx: nothing of it is
//! believed, and what cannot be understood opens nothing.

use e2e::front::{Front, MEMBERS_PAGE};
use e2e::shop::{PASSWORD, USERNAME};
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};

/// Not that of nginx, whose word is believed.
const SOMEWHERE_ELSE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

#[test]
fn v10_an_address_that_a_browser_invents_is_not_believed_behind_nginx() {
    let front = Front::open();
    let mut anna = front.visitor(SOMEWHERE_ELSE);
    for header in [
        "x-forwarded-for",
        "x_forwarded_for",
        "x-real-ip",
        "forwarded",
        "client-ip",
    ] {
        anna.claim(header, "198.51.100.7");
    }
    assert_eq!(anna.sign_in(USERNAME, PASSWORD).status, 303);
    let page = anna.open(MEMBERS_PAGE).body;
    assert!(page.contains("127.0.0.2"), "{page}");
    assert!(!page.contains("198.51.100.7"), "{page}");
}

#[test]
fn v06_no_header_sends_a_browser_to_another_host_behind_nginx() {
    let front = Front::open();
    let mut anna = front.visitor(SOMEWHERE_ELSE);
    for header in ["x-forwarded-host", "x-forwarded-server", "x-host"] {
        anna.claim(header, "evil.example");
    }
    anna.claim("x-original-url", "/backstage/security/session/activity/");
    anna.claim("x-rewrite-url", "/backstage/security/session/activity/");
    assert_eq!(
        anna.open("/backstage/security/session/activity").status,
        401
    );
    let signed_in = anna.sign_in(USERNAME, PASSWORD);
    let target = signed_in.location.expect("signed in");
    assert_eq!(target.origin().ascii_serialization(), front.origin());
}

/// Spellings of the members' page, and requests that are none.
const MALFORMED: [&str; 16] = [
    "GET /backstage/security/session/activity/%",
    "GET /backstage/security/session/activity/%2",
    "GET /backstage/security/session/activity/%zz",
    "GET /backstage/security/session/activity/%00",
    "GET /backstage/security/session/activity/%ff",
    "GET /backstage/security/session/activity/?%=%&a[=\u{fffd}",
    "GET /backstage/%2e%2e/backstage/security/session/activity/",
    "GET /backstage/static/..%2fsecurity/session/activity/",
    "GET /backstage//security///session//activity/",
    "GET /backstage/;/security/session/activity/",
    "GET /backstage\\security\\session\\activity\\",
    "GET //evil.example/backstage/security/session/activity/",
    "GET https://evil.example/backstage/security/session/activity/",
    "GET backstage/security/session/activity/",
    "get /backstage/security/session/activity/",
    "PROPFIND /backstage/security/session/activity/",
];

#[test]
fn v07_what_is_malformed_opens_nothing_behind_nginx() {
    let front = Front::open();
    for request in MALFORMED {
        let answer = send(front.port(), request);
        let status: u16 = answer
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3)?.parse().ok())
            .unwrap_or_else(|| panic!("{request}: {answer}"));
        assert!(matches!(status, 301..=499), "{request}: {answer}");
        let head = answer.split("\r\n\r\n").next().expect("a head");
        let own = format!("location: {}/", front.origin());
        for line in head
            .to_lowercase()
            .lines()
            .filter(|line| line.starts_with("location:"))
        {
            let is_path = line.starts_with("location: /") && !line.starts_with("location: //");
            assert!(is_path || line.starts_with(&own), "{request}: {answer}");
        }
    }
    let mut anna = front.visitor(SOMEWHERE_ELSE);
    assert_eq!(
        anna.sign_in(USERNAME, PASSWORD).status,
        303,
        "both nodes are well"
    );
}

/// Sends a request byte by byte as it stands, which no client for HTTP does.
fn send(port: u16, request: &str) -> String {
    let mut client = Command::new("openssl")
        .args(["s_client", "-quiet", "-ign_eof", "-servername", "localhost"])
        .args(["-connect", &format!("127.0.0.1:{port}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this test needs openssl");
    let mut wire = client.stdin.take().expect("a pipe");
    let head = "Host: localhost\r\nConnection: close";
    write!(wire, "{request} HTTP/1.1\r\n{head}\r\n\r\n").expect("a wire");
    let answer = client.wait_with_output().expect("an answer");
    String::from_utf8_lossy(&answer.stdout).into_owned()
}
