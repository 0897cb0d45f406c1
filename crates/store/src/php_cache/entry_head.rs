//! The first line of a cache file: a PHP-serialized array of `hash`, `mtime`, `expire` and `tags`,
//! the last a string of tags separated by commas. Only the tags matter here, and a tag holds
//! nothing but letters, digits and underscores.

use std::io::{self, BufRead as _, BufReader, Read};

/// More than any real list of tags; a longer first line is no head of ours.
const LONGEST_HEAD: u64 = 1 << 20;
const TAGS_KEY: &str = r#"s:4:"tags";s:"#;

/// Reads the tags of an entry; nothing where the file does not begin as an entry does.
pub(super) fn read_tags(file: impl Read) -> io::Result<Option<Vec<String>>> {
    let mut line = Vec::new();
    BufReader::new(file)
        .take(LONGEST_HEAD)
        .read_until(b'\n', &mut line)?;
    Ok(std::str::from_utf8(&line).ok().and_then(parse))
}

fn parse(line: &str) -> Option<Vec<String>> {
    let (_, rest) = line.split_once(TAGS_KEY)?;
    let (length, rest) = rest.split_once(":\"")?;
    let (tags, rest) = rest.split_at_checked(length.parse().ok()?)?;
    rest.starts_with("\";").then(|| {
        tags.split(',')
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(content: &str) -> Option<Vec<String>> {
        read_tags(content.as_bytes()).unwrap()
    }

    #[test]
    fn tags_are_read_from_what_php_serialized() {
        let head = r#"a:4:{s:4:"hash";s:0:"";s:5:"mtime";i:1;s:6:"expire";i:2;s:4:"tags";s:17:"0af_CONFIG,0af_MG";}"#;
        assert_eq!(
            tags(&format!("{head}\ndata")).unwrap(),
            ["0af_CONFIG", "0af_MG"]
        );
        let none = head.replace(r#"s:17:"0af_CONFIG,0af_MG""#, r#"s:0:"""#);
        assert_eq!(tags(&none).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn other_content_has_no_tags() {
        assert_eq!(tags(""), None);
        assert_eq!(tags("data\ns:4:\"tags\";s:1:\"x\";"), None);
        assert_eq!(tags("s:4:\"tags\";s:99:\"x\";}"), None);
        assert_eq!(tags("s:4:\"tags\";s:-1:\"x\";}"), None);
    }
}
