//! One file for each command; the path is the name: `a:b:c` is `a/b/c.rs`, with its arguments, its
//! help and its `run`. A command reads its arguments, calls one use case and says what came of it.

pub mod admin;
pub mod cache;
pub mod complete;
pub mod completion;
pub mod config;
pub mod format;
mod given_secret;
pub mod help;
pub mod info;
pub mod list;
pub mod security;
pub mod serve;
pub mod setup;

use crate::console;
use crate::context::Context;
use crate::failure::Failure;

/// Every command by its name.
#[derive(clap::Subcommand)]
#[expect(missing_docs, reason = "a variant is the command of its name")]
pub enum Command {
    #[command(name = "admin:adobe-ims:disable")]
    AdminAdobeImsDisable(admin::adobe_ims::disable::Arguments),
    #[command(name = "admin:adobe-ims:enable")]
    AdminAdobeImsEnable(admin::adobe_ims::enable::Arguments),
    #[command(name = "admin:adobe-ims:info")]
    AdminAdobeImsInfo(admin::adobe_ims::info::Arguments),
    #[command(name = "admin:adobe-ims:residue")]
    AdminAdobeImsResidue(admin::adobe_ims::residue::Arguments),
    #[command(name = "admin:adobe-ims:status")]
    AdminAdobeImsStatus(admin::adobe_ims::status::Arguments),
    #[command(name = "admin:identity:list")]
    AdminIdentityList(admin::identity::list::Arguments),
    #[command(name = "admin:identity:unlink")]
    AdminIdentityUnlink(admin::identity::unlink::Arguments),
    #[command(name = "admin:session:end")]
    AdminSessionEnd(admin::session::end::Arguments),
    #[command(name = "admin:session:list")]
    AdminSessionList(admin::session::list::Arguments),
    #[command(name = "admin:user:create")]
    AdminUserCreate(admin::user::create::Arguments),
    #[command(name = "admin:user:unlock")]
    AdminUserUnlock(admin::user::unlock::Arguments),
    #[command(name = "cache:clean")]
    CacheClean(cache::clean::Arguments),
    #[command(name = "cache:flush")]
    CacheFlush(cache::flush::Arguments),
    #[command(name = "completion")]
    Completion(completion::Arguments),
    #[command(name = "_complete", hide = true)]
    Complete(complete::Arguments),
    #[command(name = "config:sensitive:set")]
    ConfigSensitiveSet(config::sensitive::set::Arguments),
    #[command(name = "config:set")]
    ConfigSet(config::set::Arguments),
    #[command(name = "config:show")]
    ConfigShow(config::show::Arguments),
    #[command(name = "help")]
    Help(help::Arguments),
    #[command(name = "info:adminuri")]
    InfoAdminuri(info::adminuri::Arguments),
    #[command(name = "list")]
    List(list::Arguments),
    #[command(name = "security:tfa:configure-link")]
    SecurityTfaConfigureLink(security::tfa::configure_link::Arguments),
    #[command(name = "security:tfa:google:set-secret")]
    SecurityTfaGoogleSetSecret(security::tfa::google::set_secret::Arguments),
    #[command(name = "security:tfa:providers")]
    SecurityTfaProviders(security::tfa::providers::Arguments),
    #[command(name = "security:tfa:reset")]
    SecurityTfaReset(security::tfa::reset::Arguments),
    #[command(name = "security:tfa:status")]
    SecurityTfaStatus(security::tfa::status::Arguments),
    #[command(name = "serve")]
    Serve(serve::Arguments),
    #[command(name = "setup:db:status")]
    SetupDbStatus(setup::db::status::Arguments),
    #[command(name = "setup:install")]
    SetupInstall(Box<setup::install::Arguments>),
    #[command(name = "setup:upgrade")]
    SetupUpgrade(setup::upgrade::Arguments),
}

/// All commands as clap knows them.
pub fn model() -> clap::Command {
    console::model::<Command>()
}

impl Command {
    /// Runs the command.
    pub async fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::AdminAdobeImsDisable(it) => admin::adobe_ims::disable::run(it, context).await,
            Self::AdminAdobeImsEnable(it) => admin::adobe_ims::enable::run(it, context).await,
            Self::AdminAdobeImsInfo(it) => admin::adobe_ims::info::run(it, context).await,
            Self::AdminAdobeImsResidue(it) => admin::adobe_ims::residue::run(it, context).await,
            Self::AdminAdobeImsStatus(it) => admin::adobe_ims::status::run(it, context).await,
            Self::AdminIdentityList(it) => admin::identity::list::run(it, context).await,
            Self::AdminIdentityUnlink(it) => admin::identity::unlink::run(it, context).await,
            Self::AdminSessionEnd(it) => admin::session::end::run(it, context).await,
            Self::AdminSessionList(it) => admin::session::list::run(it, context).await,
            Self::AdminUserCreate(it) => admin::user::create::run(it, context).await,
            Self::AdminUserUnlock(it) => admin::user::unlock::run(it, context).await,
            Self::CacheClean(it) => cache::clean::run(it, context).await,
            Self::CacheFlush(it) => cache::flush::run(it, context).await,
            Self::Completion(it) => {
                completion::run(&it, &context.output);
                Ok(())
            }
            Self::Complete(it) => {
                complete::run(&it, &model(), &context.output);
                Ok(())
            }
            Self::ConfigSensitiveSet(it) => config::sensitive::set::run(it, context).await,
            Self::ConfigSet(it) => config::set::run(it, context).await,
            Self::ConfigShow(it) => config::show::run(it, context).await,
            Self::Help(it) => help::run(&it, &model(), &context.output).map_err(Failure::from),
            Self::InfoAdminuri(it) => info::adminuri::run(it, context).await,
            Self::List(it) => list::run(&it, &model(), &context.output).map_err(Failure::from),
            Self::SecurityTfaConfigureLink(it) => {
                security::tfa::configure_link::run(it, context).await
            }
            Self::SecurityTfaGoogleSetSecret(it) => {
                security::tfa::google::set_secret::run(it, context).await
            }
            Self::SecurityTfaProviders(_) => {
                security::tfa::providers::run(&context.output);
                Ok(())
            }
            Self::SecurityTfaReset(it) => security::tfa::reset::run(it, context).await,
            Self::SecurityTfaStatus(it) => security::tfa::status::run(it, context).await,
            Self::Serve(it) => serve::run(it, context).await,
            Self::SetupDbStatus(it) => setup::db::status::run(it, context).await,
            Self::SetupInstall(it) => setup::install::run(*it, context).await,
            Self::SetupUpgrade(it) => setup::upgrade::run(it, context).await,
        }
    }

    /// Whether the command serves many at once and so wants every core.
    pub fn is_server(&self) -> bool {
        matches!(self, Self::Serve(_))
    }
}
