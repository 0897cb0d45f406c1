//! Password and mail address rules against vectors that real PHP made.

#![cfg(test)]

mod vectors;

use commerce::email_address::{EmailProblem, email_problems, is_valid};
use commerce::password_rules::{DEFAULT_MINIMUM_LENGTH, password_violations};
use proptest::prelude::*;
use vectors::vectors;

fn messages(vector: &serde_json::Value) -> Vec<String> {
    serde_json::from_value(vector["messages"].clone()).unwrap()
}

#[test]
fn passwords_are_judged_with_the_words_of_the_vectors() {
    for vector in vectors("password_rules") {
        let password = vector["password"].as_str().unwrap();
        let violations = password_violations(password, Some(password), DEFAULT_MINIMUM_LENGTH);
        let texts: Vec<String> = violations
            .into_iter()
            .map(|violation| violation.text())
            .collect();
        assert_eq!(texts, messages(&vector), "{password:?}");
        assert_eq!(texts.is_empty(), vector["valid"], "{password:?}");
    }
}

#[test]
fn mail_addresses_are_judged_with_the_words_of_the_vectors() {
    for vector in vectors("email_validation") {
        let email = vector["email"].as_str();
        let problems = email_problems(email);
        let texts: Vec<String> = problems.iter().flat_map(EmailProblem::texts).collect();
        assert_eq!(texts, messages(&vector), "{email:?}");
        assert_eq!(email.is_some_and(is_valid), vector["valid"], "{email:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_without_a_panic(text in any::<String>(), address in "[ -~éü]{0,9}@[a-zü._-]{0,20}") {
        for email in [text.as_str(), address.as_str()] {
            prop_assert_eq!(is_valid(email), email_problems(Some(email)).is_empty());
            prop_assert!(!(is_valid(email) && email.contains(['\r', '\n', '\0'])));
        }
        let _ = password_violations(&text, Some(&address), 7);
    }
}
