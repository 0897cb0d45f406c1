//! Options that Commerce accepts on some commands to steer PHP's start; here they change nothing.
//!
//! They exist so that scripts written for Commerce run unchanged.

use clap::Args;

/// `--bootstrap`, as `cache:*` takes it.
#[derive(Args, Clone, Debug, Default)]
pub struct BootstrapOption {
    /// add or override parameters of the bootstrap
    #[arg(long)]
    pub bootstrap: Option<String>,
}

/// `--magento-init-params`, as `setup:*`, `info:*` and `admin:user:create` take it.
#[derive(Args, Clone, Debug, Default)]
pub struct InitializationOption {
    /// Add to any command to customize Magento initialization parameters
    #[arg(
        long,
        help = "Add to any command to customize Magento initialization parameters\nFor example: \
                \"MAGE_MODE=developer&MAGE_DIRS[base][path]=/var/www/example.com\
                &MAGE_DIRS[cache][path]=/var/tmp/cache\""
    )]
    pub magento_init_params: Option<String>,
}
