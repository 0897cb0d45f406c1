//! What every command is given: where to speak, whom to ask, and how to reach the instance.

use crate::console::{Globals, Output, Questions};
use crate::failure::Failure;
use crate::surroundings::Surroundings;
use domain::clock::SystemClock;
use service::app::{App, Setting};
use service::error::ServiceError;
use std::path::Path;
use std::sync::Arc;
use store::instance::Instance;

/// The circumstances of one run.
pub struct Context {
    /// Global options.
    pub globals: Globals,
    /// Where results and remarks go.
    pub output: Output,
    /// What the process was started with.
    pub surroundings: Surroundings,
}

impl Context {
    /// Questions to the person at the terminal, or to whoever feeds standard input.
    pub fn questions(&self) -> Result<Questions<'_>, Failure> {
        Questions::new(&self.output, &self.globals)
            .map_err(|_| Failure::Refused("Standard input is closed.".to_owned()))
    }

    /// The instance that the command is about: `--root`, else `POSTERN_ROOT`, else the nearest
    /// folder upwards that is one.
    pub fn instance(&self) -> Result<Instance, Failure> {
        let named = self.globals.root.clone();
        let named = named.or_else(|| self.surroundings.variable("POSTERN_ROOT").map(Into::into));
        let instance = match named {
            Some(root) => Instance::at(&self.surroundings.working_folder.join(root)),
            None => Instance::above(&self.surroundings.working_folder),
        };
        instance.map_err(|error| ServiceError::from(error).into())
    }

    /// The instance, opened with at most `connections` to its database. Nothing is settled or
    /// finished yet: see [`Self::app`].
    pub async fn open(&self, connections: u32) -> Result<App, Failure> {
        Ok(self.open_instance(self.instance()?, connections).await?)
    }

    /// The instance in `root`, which was just made there.
    pub async fn open_at(&self, root: &Path) -> Result<App, ServiceError> {
        self.open_instance(Instance::at(root)?, 2).await
    }

    async fn open_instance(
        &self,
        instance: Instance,
        connections: u32,
    ) -> Result<App, ServiceError> {
        let setting = Setting {
            instance,
            environment: self.surroundings.environment.clone(),
            clock: Arc::new(SystemClock),
            actor: self.surroundings.actor(),
            connections,
        };
        App::open(setting).await
    }

    /// The instance, opened, with an expired trial settled and an interrupted switch finished.
    pub async fn app(&self) -> Result<App, Failure> {
        let app = self.open(2).await?;
        for unfinished in service::switch::resume(&app).await? {
            self.output.warning(unfinished);
        }
        Ok(app)
    }
}
