//! A person never notices that there are two nodes.

use e2e::front::{Front, MEMBERS_PAGE};
use e2e::shop::{PASSWORD, USERNAME};
use std::net::Ipv4Addr;

#[test]
fn a_sign_in_begun_on_one_node_ends_on_the_other() {
    let front = Front::open();
    let mut anna = front.visitor(Ipv4Addr::LOCALHOST);
    let page = anna.open("/backstage/");
    let signed_in = anna.fill_in(&page, USERNAME, PASSWORD);
    assert_eq!(signed_in.status, 303, "{}", signed_in.body);
    let begun_and_ended = anna.answered();
    assert!(matches!(begun_and_ended[..], [one, other] if one != other));

    for _ in 0..4 {
        assert_eq!(anna.open(MEMBERS_PAGE).status, 200);
    }
    let mut nodes = anna.answered();
    nodes.sort_unstable();
    assert_eq!(nodes, [0, 0, 1, 1], "both were asked");
}

#[test]
fn a_sign_in_with_an_adobe_id_begun_on_one_node_ends_on_the_other() {
    let front = Front::open();
    front.enable();
    let mut anna = front.visitor(Ipv4Addr::LOCALHOST);
    anna.answered();
    anna.sign_in_with_adobe_id();
    let way = anna.answered();
    assert!(
        matches!(way[..], [begun, ended, ..] if begun != ended),
        "{way:?}"
    );
    for _ in 0..2 {
        assert_eq!(anna.open(MEMBERS_PAGE).status, 200);
    }
}

#[test]
fn v05_a_session_that_was_signed_out_on_one_node_is_dead_on_both() {
    let front = Front::open();
    let mut anna = front.visitor(Ipv4Addr::LOCALHOST);
    assert_eq!(anna.sign_in(USERNAME, PASSWORD).status, 303);
    let old = anna.cookies();
    let page = anna.open(MEMBERS_PAGE);
    let form = [("form_key", page.hidden("form_key"))];
    assert_eq!(
        anna.post("/backstage/admin/auth/logout/", &form).status,
        303
    );

    anna.take_cookies(old);
    anna.answered();
    for _ in 0..4 {
        assert_eq!(anna.open(MEMBERS_PAGE).status, 401);
    }
    let mut nodes = anna.answered();
    nodes.sort_unstable();
    assert_eq!(nodes, [0, 0, 1, 1], "both were asked");
}
