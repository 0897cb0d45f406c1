//! Everything that a switch may change, to be compared: a preview or a refusal changes nothing.

use crate::expectation::Mismatch;
use crate::shop::Shop;
use domain::sign_in_mode::ModeRecord;
use store::instance::FILES;
use store::sessions::{SessionCount, commerce};
use store::{adobe_tokens, configuration_rows, sign_in_mode};

/// The instance at one moment.
#[derive(Clone, PartialEq)]
pub(crate) struct State {
    files: Vec<Option<Vec<u8>>>,
    rows: Vec<(String, u32, String, Option<String>)>,
    record: Option<ModeRecord>,
    sessions: SessionCount,
    tokens: Vec<String>,
}

impl State {
    /// The instance as it stands now.
    pub(crate) async fn of(shop: &Shop) -> Result<Self, Mismatch> {
        let mut connection = shop.app.database().connection().await?;
        let instance = shop.app.instance();
        let rows = configuration_rows::list(&mut connection).await?;
        Ok(Self {
            files: FILES
                .iter()
                .map(|file| std::fs::read(instance.path_of(*file)).ok())
                .collect(),
            rows: rows
                .into_iter()
                .map(|row| (row.scope, row.scope_id, row.path, row.value))
                .collect(),
            record: sign_in_mode::find(&mut connection).await?,
            sessions: SessionCount {
                own: shop.app.sessions().count(&mut connection).await?,
                commerce: commerce::count(&mut connection).await?,
            },
            tokens: adobe_tokens::list(&mut connection).await?,
        })
    }

    /// Nothing must differ in `shop` now.
    pub(crate) async fn expect_unchanged(&self, shop: &Shop) -> Result<(), Mismatch> {
        self.compare(&Self::of(shop).await?)
    }

    fn compare(&self, now: &Self) -> Result<(), Mismatch> {
        let same = [
            ("app/etc/env.php or config.php", self.files == now.files),
            ("core_config_data", self.rows == now.rows),
            ("the mode", self.record == now.record),
            ("sessions", self.sessions == now.sessions),
            ("stored Adobe tokens", self.tokens == now.tokens),
        ];
        let changed = same
            .iter()
            .filter(|(_, is_same)| !is_same)
            .map(|(name, _)| *name);
        let changed: Vec<&str> = changed.collect();
        if changed.is_empty() {
            return Ok(());
        }
        Err(Mismatch::new(
            "nothing is changed",
            format!("changed: {}", changed.join(", ")),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_has_changed_is_named_without_its_value() {
        let before = State {
            files: vec![None],
            rows: vec![("default".into(), 0, "a/b/c".into(), Some("1".into()))],
            record: None,
            sessions: SessionCount {
                own: 1,
                commerce: 0,
            },
            tokens: Vec::new(),
        };
        assert_eq!(before.compare(&before), Ok(()));
        let sessions = SessionCount {
            own: 0,
            commerce: 0,
        };
        let after = State {
            tokens: vec!["secret".into()],
            sessions,
            ..before.clone()
        };
        let mismatch = before.compare(&after).unwrap_err();
        assert_eq!(mismatch.came, "changed: sessions, stored Adobe tokens");
    }
}
