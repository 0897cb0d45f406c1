//! What there is to tell: one letter a file. Subjects are, in English, Commerce's own, since
//! people have rules in their mailboxes for them. Who gets which, and when: [`super::notice`].

pub mod account_changed;
pub mod admin_created;
pub mod enrolment_link;
pub mod new_browser;
pub mod password_changed;
pub mod reset_link;
pub mod second_factor;
pub mod set_password;
pub mod welcome;

#[cfg(test)]
mod tests {
    use super::account_changed::Change;
    use super::*;
    use crate::mail::{Letter, Letterhead};
    use crate::words::Language;
    use domain::admin::Admin;
    use jiff::Timestamp;
    use store::admins::Profile;

    const LINK: &str = "https://shop.test/back/admin/auth/resetpassword/?id=7&token=abc";

    fn ann(locale: &str) -> Admin {
        Admin {
            id: 7,
            username: "ann".to_owned(),
            email: Some("ann@shop.test".to_owned()),
            first_name: "Ann".to_owned(),
            last_name: "Smith & <Sons>".to_owned(),
            password_hash: String::new().into(),
            is_active: true,
            created_at: None,
            password_set_at: None,
            last_sign_in: None,
            lockout: Default::default(),
            locale: locale.to_owned(),
            role: None,
        }
    }

    /// Every letter that there is, in a language.
    fn every_letter(locale: &str) -> Vec<Letter> {
        let head = Letterhead::sample(locale);
        let ann = ann(locale);
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let profile = Profile {
            username: "ann".to_owned(),
            email: "ann@shop.test".to_owned(),
            first_name: "Ann".to_owned(),
            last_name: "Smith & <Sons>".to_owned(),
        };
        let changes = [Change::Email, Change::Password, Change::Username];
        let mut letters = vec![
            reset_link::write(&head, &ann, LINK.to_owned(), 2),
            set_password::write(&head, &ann, LINK.to_owned(), 1),
            password_changed::write(&head, &ann, now),
            account_changed::write(&head, &ann, &changes, now),
            new_browser::write(&head, &ann, "192.0.2.1", "Firefox on Linux", now),
            admin_created::write(&head, &profile, now),
            welcome::write(&head, &ann),
            enrolment_link::write(&head, &ann, LINK.to_owned()),
        ];
        let happenings = second_factor::Happening::ALL.into_iter();
        letters.extend(happenings.map(|what| second_factor::write(&head, &ann, what, now)));
        letters
    }

    #[test]
    fn every_letter_in_every_language_is_whole_and_has_the_same_in_text_and_html() {
        for language in Language::all() {
            for letter in every_letter(language.code()) {
                let (text, html) = (letter.text().unwrap(), letter.html().unwrap());
                let subject = letter.subject();
                for told in [&subject, &text, &html] {
                    assert!(!told.contains("{$") && !told.contains("mail_"), "{told}");
                }
                assert!(html.contains(&format!("lang=\"{}\"", language.code())));
                assert!(!html.contains("<Sons>"), "{html}");
                for line in text.lines().filter(|line| line.starts_with("https://")) {
                    let escaped = line.replace('&', "&#38;");
                    assert!(html.contains(&format!("href=\"{escaped}\"")), "{html}");
                }
                // Nothing is fetched from anywhere when a mail is opened.
                for fetched in ["<img", "<link", "src=", "url(", "@import"] {
                    assert!(!html.contains(fetched), "{html}");
                }
            }
        }
    }

    #[test]
    fn english_subjects_are_commerces_where_it_has_one() {
        let subjects: Vec<_> = every_letter("en").iter().map(Letter::subject).collect();
        let expected = [
            "Password Reset Confirmation for Ann Smith & <Sons>",
            "Set your password for the Admin",
            "New password for ann",
            "New email, password, username for ann",
            "New sign-in as ann",
            "New admin user 'ann' created",
            "Ann Smith & <Sons>, you now have access to Adobe Commerce",
            "2FA configuration required for Ann Smith & <Sons>",
            "Second factor of ann",
        ];
        assert_eq!(subjects[..expected.len()], expected);
    }

    #[test]
    fn a_reset_link_reads_well() {
        let letter = every_letter("nl").remove(0);
        insta::assert_snapshot!(letter.text().unwrap(), @"
        Hallo Ann Smith & <Sons>,

        Iemand, waarschijnlijk uzelf, heeft een nieuw wachtwoord gevraagd voor uw account ann. Hier kunt u het instellen:

        Nieuw wachtwoord instellen:
        https://shop.test/back/admin/auth/resetpassword/?id=7&token=abc

        De link werkt één keer, binnen 2 uur.

        Hebt u er niet om gevraagd, dan hoeft u niets te doen: uw wachtwoord blijft zoals het is.

        -- 
        Deze e-mail komt van de Admin van shop.test.
        ");
    }

    #[test]
    fn a_welcome_reads_well() {
        let letter = every_letter("en").remove(6);
        insta::assert_snapshot!(letter.text().unwrap(), @"
        Hello Ann Smith & <Sons>,

        The administrator at shop.test has given you access to the Adobe Commerce Admin.

        Sign in there with the account of your organization that has the address ann@shop.test.

        Get started:
        https://shop.test/back/

        Documentation:
        https://experienceleague.adobe.com/en/docs/commerce

        Release notes:
        https://experienceleague.adobe.com/en/docs/commerce-operations/release/notes/overview

        -- 
        This mail comes from the Admin of shop.test.
        ");
    }

    #[test]
    fn times_are_the_shops() {
        let text = every_letter("en").remove(4).text().unwrap();
        assert!(text.contains("Time: 15 January 2027, 09:00 CET"), "{text}");
    }
}
