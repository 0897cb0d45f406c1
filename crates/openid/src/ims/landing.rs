//! Where an authorization request would end.
//!
//! Adobe answers it with a redirect to its own sign-in page, whose address carries the address to
//! go on to, and that one the next: `callback`, `uc_callback`, in the end `redirect_uri`. An
//! `error` may stand at any depth. Only addresses are read here, none is followed.

use url::Url;

use super::endpoints::same_origin;

/// How many addresses within addresses are looked into; Adobe nests three.
const DEPTH: usize = 6;

/// What the redirect of an authorization request says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Landing {
    /// The sign-in would come back to us.
    Ours,
    /// It would come back to another place, or to none that is named.
    Elsewhere,
    /// The request was refused with this word.
    Error(String),
}

/// Reads a redirect.
pub(super) fn landing(location: &Url, redirect_uri: &Url) -> Landing {
    let mut found = Landing::Elsewhere;
    if same_origin(location, redirect_uri) && location.path().starts_with(redirect_uri.path()) {
        found = Landing::Ours;
    }
    let mut places = vec![location.clone()];
    for _ in 0..DEPTH {
        let mut nested = Vec::new();
        for (name, value) in places.iter().flat_map(parameters) {
            match name.as_str() {
                "error" if !value.is_empty() => return Landing::Error(value),
                "redirect_uri" if leads_to(&value, redirect_uri) => found = Landing::Ours,
                "callback" | "uc_callback" => nested.extend(Url::parse(&value)),
                _ => (),
            }
        }
        places = nested;
    }
    found
}

fn leads_to(value: &str, redirect_uri: &Url) -> bool {
    Url::parse(value).is_ok_and(|uri| same_origin(&uri, redirect_uri))
}

/// The parameters of the query and of the fragment, where single-page sign-ins keep theirs.
fn parameters(place: &Url) -> Vec<(String, String)> {
    let fragment = place.fragment().unwrap_or_default();
    let fragment = fragment
        .split_once('?')
        .map_or(fragment, |(_, parameters)| parameters);
    let in_fragment = url::form_urlencoded::parse(fragment.as_bytes()).into_owned();
    place
        .query_pairs()
        .into_owned()
        .chain(in_fragment)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://shop.test/admin/adobe_ims_auth/oauth/imscallback/";

    fn read(location: &str) -> Landing {
        landing(&Url::parse(location).unwrap(), &Url::parse(OURS).unwrap())
    }

    /// `outer` with `value` as one more parameter.
    fn with(outer: &str, name: &str, value: &str) -> String {
        Url::parse_with_params(outer, [(name, value)])
            .unwrap()
            .into()
    }

    fn adobe(redirect_uri: &str) -> String {
        let code = with(
            "https://ims.test/ims/adobeid/c/AdobeID/code",
            "redirect_uri",
            redirect_uri,
        );
        let federated = with(
            "https://auth.test/en_US/federated.html",
            "uc_callback",
            &code,
        );
        with("https://auth.test/en_US/index.html", "callback", &federated)
    }

    #[test]
    fn our_redirect_uri_is_found_through_nested_callbacks() {
        assert_eq!(read(&adobe(OURS)), Landing::Ours);
    }

    #[test]
    fn a_provider_that_signs_in_at_once_lands_here_directly() {
        assert_eq!(read(&with(OURS, "code", "c")), Landing::Ours);
        assert_eq!(
            read("https://shop.test/elsewhere?code=c"),
            Landing::Elsewhere
        );
    }

    #[test]
    fn another_host_scheme_or_port_is_not_ours() {
        for uri in [
            "https://shop.test.evil.test/admin/adobe_ims_auth/oauth/imscallback/",
            "http://shop.test/admin/adobe_ims_auth/oauth/imscallback/",
            "https://shop.test:444/admin/adobe_ims_auth/oauth/imscallback/",
            "https://default.test/",
        ] {
            assert_eq!(read(&adobe(uri)), Landing::Elsewhere, "{uri}");
        }
        assert_eq!(read("https://auth.test/index.html"), Landing::Elsewhere);
    }

    #[test]
    fn an_error_is_found_at_any_depth_and_in_fragments() {
        let refused = Landing::Error("invalid_client".into());
        assert_eq!(read("https://auth.test/?error=invalid_client"), refused);
        assert_eq!(read("https://auth.test/#/?error=invalid_client"), refused);
        assert_eq!(read(&adobe(&with(OURS, "x", "error=y"))), Landing::Ours);
        let inner = with("https://ims.test/denied", "error", "invalid_client");
        assert_eq!(
            read(&with("https://auth.test/", "callback", &inner)),
            refused
        );
        assert_eq!(read(&with(OURS, "error", "invalid_client")), refused);
    }

    #[test]
    fn endless_nesting_ends() {
        let mut location = adobe(OURS);
        for _ in 0..8 {
            location = with("https://auth.test/", "callback", &location);
        }
        assert_eq!(read(&location), Landing::Elsewhere);
    }
}
