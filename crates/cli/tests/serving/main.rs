//! Tests on real server processes: the main job on an instance that PHP made, and several servers
//! that must take notice of a switch at once.

#![cfg(test)]

mod headline;
mod nodes;
mod outage;
mod server;
