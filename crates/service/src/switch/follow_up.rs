//! What follows a committed switch: the settings leave the files, void sessions and stored PHP
//! sessions with Adobe tokens go, PHP's caches forget, and freed database pages are folded away.
//! Every step can be repeated, and whoever opens the instance next repeats them until all are done.

use crate::app::App;
use crate::error::ServiceError;
use commerce::configuration::SWITCH_PATHS;
use domain::sign_in_mode::ModeRecord;
use jiff::SignedDuration;
use secrecy::SecretString;
use store::instance;
use store::php_cache::Outcome;
use store::sign_in_mode;

/// How long what cannot be done is tried again: after a day a server that is still away is taken
/// to be gone for good.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// What following up came to.
#[derive(Default)]
pub(super) struct FollowedUp {
    /// Stored PHP sessions that were removed, by their Adobe tokens.
    pub(super) session_tokens: Vec<SecretString>,
    /// Sessions of Postern's own that were removed from a session server.
    pub(super) sessions: u64,
    /// What could not be done, in words; it will be tried again.
    pub(super) warnings: Vec<String>,
    /// Why the switch has not come to its end.
    pub(super) unfinished: Option<ServiceError>,
}

/// Lets everything follow a switch that somebody else began to let follow, and was interrupted.
pub(super) async fn resume(app: &App, record: &ModeRecord) -> FollowedUp {
    match app.instance().make_durable() {
        Ok(()) => run(app, record).await,
        Err(error) => FollowedUp {
            unfinished: Some(error.into()),
            ..FollowedUp::default()
        },
    }
}

/// Lets everything follow the switch that `record` tells of. What fails keeps nothing else from
/// following.
pub(super) async fn run(app: &App, record: &ModeRecord) -> FollowedUp {
    let mut done = run_here(app, record).await;
    if done.unfinished.is_none() {
        done.unfinished = finish(app, record, &done.warnings).await.err();
    }
    done.warnings.extend(fold_away_deleted(app).await);
    done
}

/// Lets what this machine has follow: its files, the sessions and the caches that it reaches.
pub(super) async fn run_here(app: &App, record: &ModeRecord) -> FollowedUp {
    let mut done = FollowedUp::default();
    let edited = edit_files(app, &mut done.warnings);
    let ended = end_and_clear(app, record, &mut done).await;
    done.unfinished = edited.and(ended).err();
    done
}

async fn end_and_clear(
    app: &App,
    record: &ModeRecord,
    done: &mut FollowedUp,
) -> Result<(), ServiceError> {
    // Void by their epoch since the commit; here they only go.
    match app.sessions().delete_earlier(record.epoch).await {
        Ok(removed) => done.sessions = removed,
        Err(error) => done.warnings.push(error.to_string()),
    }
    let (sessions, cache) = app.php_sessions_and_cache()?;
    let (tokens, unreached) = sessions.end_stored().await?;
    done.session_tokens = tokens;
    done.warnings.extend(unreached);
    for cleared in cache.forget_config_and_revocations().await {
        if let Outcome::NotCleared { why } = cleared.outcome {
            done.warnings.push(format!(
                "the cache in {} was not cleared: {why}",
                cleared.place
            ));
        }
    }
    Ok(())
}

/// Notes that all has followed, or that what has not is not worth waiting for any longer.
async fn finish(app: &App, record: &ModeRecord, warnings: &[String]) -> Result<(), ServiceError> {
    let patience = record
        .changed_at
        .checked_add(PATIENCE)
        .unwrap_or(record.changed_at);
    if warnings.is_empty() || app.now() > patience {
        sign_in_mode::finish_cleanup(app.database(), record.epoch).await?;
    }
    Ok(())
}

/// Folds deleted rows away; last, since it costs the same however much has been written before.
pub(super) async fn fold_away_deleted(app: &App) -> Option<String> {
    let error = app.database().fold_away_deleted().await.err()?;
    Some(format!(
        "deleted rows may still stand in the database's files: {error}"
    ))
}

/// Removes the switch's settings from both files. In the mode Adobe IMS they live in the
/// database, and a locked copy in a file would hide them from PHP. A file that cannot be edited
/// keeps the other from nothing.
fn edit_files(app: &App, warnings: &mut Vec<String>) -> Result<(), ServiceError> {
    let mut edited = Ok(());
    for file in instance::FILES {
        // An editor that was killed leaves a copy beside the file, secrets included.
        if let Err(error) = app.instance().sweep(file) {
            warnings.push(format!(
                "a copy of {file} that an interrupted command left beside it is still there: {error}"
            ));
        }
        let outcome = app.instance().edit(file, |php| {
            for path in SWITCH_PATHS {
                crate::config::files::remove_everywhere(php, file, path)?;
            }
            Ok::<(), ServiceError>(())
        });
        edited = edited.and(outcome.map(drop));
    }
    edited
}

/// Refuses, before anything is changed, where a file that must be edited cannot be.
pub(super) fn check_files(app: &App) -> Result<(), ServiceError> {
    for file in instance::FILES {
        let Some(mut php) = app.instance().read(file)? else {
            continue;
        };
        for path in SWITCH_PATHS {
            crate::config::files::remove_everywhere(&mut php, file, path)?;
        }
        if php.is_changed() {
            app.instance().check_replaceable(file)?;
        }
    }
    Ok(())
}
