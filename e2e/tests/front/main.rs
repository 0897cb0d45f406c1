//! Two nodes on MariaDB and Redis behind a real nginx with TLS: what one node knows the other
//! knows, and nothing that a browser says on its way through nginx is believed.
#![cfg(test)]

mod nodes;
mod switching;
mod wire;
