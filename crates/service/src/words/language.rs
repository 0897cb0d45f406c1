//! The languages that there are, and which of them somebody reads.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_langneg::{NegotiationStrategy, negotiate_languages, parse_accepted_languages};
use std::fmt;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// Code and text of every file in `locales/`.
const LOCALES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// A language with sentences.
#[derive(Clone, Copy)]
pub struct Language {
    locale: &'static Locale,
}

struct Locale {
    code: &'static str,
    tag: LanguageIdentifier,
    bundle: FluentBundle<FluentResource>,
}

static ALL: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let mut all: Vec<Locale> = LOCALES
        .iter()
        .map(|(code, text)| Locale::new(code, text))
        .collect();
    // Stable, so the others stay in the order of their codes.
    all.sort_by_key(|locale| locale.code != "en");
    all
});

impl Locale {
    fn new(code: &'static str, text: &'static str) -> Self {
        let tag: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag.clone()]);
        // The marks around arguments are for mixed directions; in mail and attributes they are rubbish.
        bundle.set_use_isolating(false);
        // A test parses every file; what is sound in one that is not remains usable.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(sound, _)| sound);
        bundle.add_resource_overriding(resource);
        Self { code, tag, bundle }
    }
}

impl Language {
    /// English, which has every sentence.
    pub fn english() -> Self {
        static EMPTY: LazyLock<Locale> = LazyLock::new(|| Locale::new("en", ""));
        Self::all().next().unwrap_or(Self { locale: &EMPTY })
    }

    /// Every language, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|locale| Self { locale })
    }

    /// The language with this code, such as `nl`.
    pub fn find(code: &str) -> Option<Self> {
        Self::all().find(|language| language.code() == code)
    }

    /// The language of an `interface_locale` of Commerce's, such as `nl_BE`.
    pub fn of_commerce_locale(locale: &str) -> Option<Self> {
        Self::find(locale.split(['_', '-']).next().unwrap_or_default())
    }

    /// The language that a browser asks for with `Accept-Language` (RFC 9110 section 12.5.4), if
    /// one of ours is among those it names.
    pub fn of_browser(accept_language: &str) -> Option<Self> {
        let wanted = parse_accepted_languages(accept_language);
        let ours: Vec<&LanguageIdentifier> = ALL.iter().map(|locale| &locale.tag).collect();
        let found = negotiate_languages(&wanted, &ours, None, NegotiationStrategy::Lookup);
        let tag = found.first()?;
        Self::all().find(|language| language.locale.tag == ***tag)
    }

    /// The code of the language, as HTML's `lang` has it.
    pub fn code(self) -> &'static str {
        self.locale.code
    }

    /// The `interface_locale` of Commerce's that it stands for, such as `nl_NL`.
    pub fn commerce_locale(self) -> String {
        self.format("language-locale", &FluentArgs::new())
            .unwrap_or_default()
    }

    /// What its speakers call it.
    pub fn name(self) -> String {
        self.format("language-name", &FluentArgs::new())
            .unwrap_or_else(|| self.code().to_owned())
    }

    /// `ltr` or `rtl`, as HTML's `dir` has it.
    pub fn direction(self) -> String {
        self.format("language-direction", &FluentArgs::new())
            .unwrap_or_else(|| "ltr".to_owned())
    }

    pub(super) fn format(self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let message = self.locale.bundle.get_message(key)?.value()?;
        // A sentence whose argument is missing is said with the argument's name; a test compares them.
        let mut errors = Vec::new();
        let text = self
            .locale
            .bundle
            .format_pattern(message, Some(arguments), &mut errors);
        Some(text.into_owned())
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_comes_first_and_every_language_names_itself() {
        let all: Vec<_> = Language::all()
            .map(|language| (language.code(), language.name()))
            .collect();
        let named: Vec<_> = all
            .iter()
            .map(|(code, name)| (*code, name.as_str()))
            .collect();
        assert_eq!(
            named,
            [("en", "English"), ("nl", "Nederlands"), ("sv", "Svenska")]
        );
    }

    #[test]
    fn a_browser_gets_the_first_language_it_names_that_there_is() {
        for (header, code) in [
            ("nl-BE,nl;q=0.9,en;q=0.8", Some("nl")),
            ("fr-CA, sv-SE;q=0.7, en;q=0.3", Some("sv")),
            ("en-GB", Some("en")),
            ("de", None),
            ("", None),
            ("*", None),
            (";;;,,,q=1,\u{fffd}", None),
        ] {
            let found = Language::of_browser(header);
            assert_eq!(found.map(Language::code), code, "{header}");
        }
    }

    #[test]
    fn commerces_locales_name_a_language_and_a_country() {
        let code = |locale| Language::of_commerce_locale(locale).map(Language::code);
        assert_eq!(code("nl_NL"), Some("nl"));
        assert_eq!(code("sv_FI"), Some("sv"));
        assert_eq!(code("en_US"), Some("en"));
        assert_eq!(code("de_DE"), None);
        assert_eq!(code(""), None);
    }

    #[test]
    fn every_file_is_sound() {
        for (code, text) in LOCALES {
            let parsed = FluentResource::try_new((*text).to_owned());
            assert!(
                parsed.is_ok(),
                "{code}: {:?}",
                parsed.err().map(|(_, errors)| errors)
            );
        }
    }
}
