//! `#{imsUrl}`-style placeholders in the addresses of the provider.
//! Rule guarded here: an inserted value cannot add a parameter or a path segment of its own. Only
//! the address a pattern begins with is inserted as it is.

/// A pattern needs a value that was not given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no value for the placeholder `#{{{0}}}`")]
pub struct MissingPlaceholder(
    /// Its name.
    pub String,
);

/// Replaces every placeholder of a pattern. A value at its very beginning is taken for an address
/// and loses a slash at its end; every other is percent-encoded (RFC 3986, all but unreserved).
///
/// # Errors
/// When `lookup` has no value for a name.
pub fn expand(
    pattern: &str,
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<String, MissingPlaceholder> {
    let mut address = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, tail)) = rest.split_once("#{") {
        let Some((name, after)) = tail.split_once('}') else {
            break;
        };
        let value = lookup(name).ok_or_else(|| MissingPlaceholder(name.to_owned()))?;
        address.push_str(before);
        if address.is_empty() {
            address.push_str(value.trim_end_matches('/'));
        } else {
            percent_encode(&value, &mut address);
        }
        rest = after;
    }
    address.push_str(rest);
    Ok(address)
}

fn percent_encode(value: &str, address: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(name: &str) -> Option<String> {
        let value = match name {
            "imsUrl" => "https://ims.example.test/",
            "client_id" => "a&b=c d",
            "org_id" => "AB/../CD",
            _ => return None,
        };
        Some(value.to_owned())
    }

    #[test]
    fn values_are_encoded_where_they_land() {
        let expanded = expand(
            "#{imsUrl}/ims/profile/v1?client_id=#{client_id}&x=1",
            values,
        );
        let expected = "https://ims.example.test/ims/profile/v1?client_id=a%26b%3Dc%20d&x=1";
        assert_eq!(expanded.unwrap(), expected);
        let expanded = expand("#{imsUrl}/#{org_id}@AdobeOrg/membership", values);
        let expected = "https://ims.example.test/AB%2F..%2FCD@AdobeOrg/membership";
        assert_eq!(expanded.unwrap(), expected);
    }

    #[test]
    fn a_pattern_without_placeholders_stays_as_it_is() {
        assert_eq!(
            expand("https://a.test/b#{c", values).unwrap(),
            "https://a.test/b#{c"
        );
    }

    #[test]
    fn a_missing_value_is_named() {
        let missing = expand("#{imsUrl}/#{nothing}", values).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "no value for the placeholder `#{nothing}`"
        );
    }
}
