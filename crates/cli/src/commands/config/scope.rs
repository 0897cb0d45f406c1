//! `--scope` and `--scope-code`, with Commerce's rules and words.

use crate::failure::Failure;
use commerce::configuration::{Scope, ScopeRefusal};

/// The scope of a configuration value.
#[derive(clap::Args, Debug)]
pub(crate) struct ScopeOptions {
    /// Configuration scope (default, website, or store).
    #[arg(long, default_value = "default")]
    scope: String,
    /// Scope code (required only if scope is not 'default')
    #[arg(long)]
    scope_code: Option<String>,
}

impl ScopeOptions {
    /// The scope, if the two fit together.
    pub(crate) fn scope(&self) -> Result<Scope, Failure> {
        Scope::parse(&self.scope, self.scope_code.as_deref())
            .map_err(|refusal| Failure::Refused(sentence(&refusal)))
    }
}

fn sentence(refusal: &ScopeRefusal) -> String {
    match refusal {
        ScopeRefusal::CodeForDefault => "The \"default\" scope can't include a scope code. Try \
                                         again without entering a scope code."
            .to_owned(),
        ScopeRefusal::MissingScope => "A scope is missing. Enter a scope and try again.".to_owned(),
        ScopeRefusal::MissingCode => {
            "A scope code is missing. Enter a code and try again.".to_owned()
        }
        ScopeRefusal::MalformedCode => "The scope code can include only lowercase letters (a-z), \
                                        numbers (0-9) and underscores (_). Also, the first \
                                        character must be a letter."
            .to_owned(),
        ScopeRefusal::UnknownScope(scope) => {
            format!("The \"{scope}\" value doesn't exist. Enter another value and try again.")
        }
    }
}
