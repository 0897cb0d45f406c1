//! The sentences that people read, on pages and in mail, in the language of the reader. They stand
//! in `locales/`, one file a language, in the format of Project Fluent; a key is called after the
//! page or mail that it belongs to. What a language lacks is said in English, though a test sees
//! to it that none lacks anything.

mod language;

pub use fluent_bundle::FluentValue as Value;
pub use language::Language;

use fluent_bundle::FluentArgs;
use jiff::Zoned;

/// The sentences of one language; as cheap to copy as a reference.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The sentences of a language.
    pub fn of(language: Language) -> Self {
        Self { language }
    }

    /// The language they are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence that is the same for everybody.
    pub fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// A sentence with something in it. Numbers choose the plural; texts are put in as they are:
    /// whoever puts the sentence into HTML escapes the whole.
    pub fn tell(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        [self.language, Language::english()]
            .iter()
            .find_map(|language| language.format(key, &arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    /// A day and time of day, with the name of the time zone.
    pub fn moment(&self, at: &Zoned) -> String {
        let time = at.strftime("%H:%M %Z").to_string();
        self.tell(
            "moment",
            &[
                ("day", at.day().to_string().into()),
                ("month", i32::from(at.month()).into()),
                ("year", at.year().to_string().into()),
                ("time", time.into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    fn words(code: &str) -> Words {
        Words::of(Language::find(code).unwrap())
    }

    #[test]
    fn numbers_choose_the_plural_of_the_language() {
        let minutes = |code, count: i32| words(code).tell("minutes", &[("count", count.into())]);
        assert_eq!(minutes("en", 1), "1 minute");
        assert_eq!(minutes("en", 2), "2 minutes");
        assert_eq!(minutes("nl", 2), "2 minuten");
        assert_eq!(minutes("sv", 1), "1 minut");
        assert_eq!(minutes("sv", 0), "0 minuter");
    }

    #[test]
    fn a_moment_is_told_as_people_of_the_language_do() {
        let second = Timestamp::from_second(1_800_000_000).unwrap();
        let at = second.to_zoned(TimeZone::UTC);
        assert_eq!(words("en").moment(&at), "15 January 2027, 08:00 UTC");
        assert_eq!(words("nl").moment(&at), "15 januari 2027, 08:00 UTC");
        assert_eq!(words("sv").moment(&at), "15 januari 2027, 08:00 UTC");
    }

    #[test]
    fn what_is_put_into_a_sentence_stays_as_it_is() {
        let name = "<b>{$x} \u{202e}";
        let told = words("en").tell("sign_out-who", &[("name", name.into())]);
        assert_eq!(told, format!("You are signed in as {name}."));
    }
}
