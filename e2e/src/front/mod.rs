//! The front door as an operator runs it: an instance on MariaDB with its sessions in Redis, two
//! nodes, and nginx with TLS before them, which knows of no stickiness.

mod nginx;
mod node;
mod visitor;

pub use visitor::{Answer, Visitor};

use crate::program;
use crate::redis::Redis;
use crate::shop::{Engine, Sessions, Shop, Start};
use nginx::Nginx;
use node::Node;
use std::net::{Ipv4Addr, TcpListener};

/// A page for those alone who are signed in.
pub const MEMBERS_PAGE: &str = "/backstage/security/session/activity/";

/// All of it, stopped and removed when dropped.
pub struct Front {
    // In the order in which they go: nobody is left without what it needs.
    nginx: Nginx,
    _nodes: [Node; 2],
    /// The instance.
    pub shop: Shop,
    _redis: Redis,
}

impl Front {
    /// Opens it in the mode Commerce.
    pub fn open() -> Self {
        let redis = Redis::start();
        let sessions = Sessions::Redis(redis.port());
        let shop = Shop::make(Engine::MariaDb, Start::Commerce, sessions);
        let port = free_port();
        configure(&shop, port);
        let nodes = [(); 2].map(|()| Node::start(&shop.root()));
        let nginx = Nginx::start(port, nodes.each_ref().map(Node::address));
        Self {
            nginx,
            _nodes: nodes,
            shop,
            _redis: redis,
        }
    }

    /// Switches the integration on, from the command line.
    pub fn enable(&self) {
        let run = self.shop.run(&self.shop.enable());
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    /// Switches it off.
    pub fn disable(&self) {
        let run = self.shop.run(&self.shop.disable());
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    /// Somebody at a browser of their own, at an address of their own.
    pub fn visitor(&self, from: Ipv4Addr) -> Visitor {
        Visitor::new(self.nginx.origin(), self.nginx.certificate(), from)
    }

    /// Where nginx listens.
    pub fn port(&self) -> u16 {
        self.nginx.port()
    }

    /// Where browsers find it.
    pub fn origin(&self) -> String {
        self.nginx.origin()
    }
}

/// Lets the instance know its own address, and nobody have to change the password of before.
fn configure(shop: &Shop, port: u16) {
    let address = format!("https://localhost:{port}/");
    for (path, value) in [
        ("web/secure/base_url", address.as_str()),
        ("admin/security/password_is_forced", "0"),
    ] {
        let root = format!("--root={}", shop.root().display());
        let run = shop.run(&["config:set", &root, path, value].map(ToOwned::to_owned));
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}

/// A file for what a server complains about, which stays after the test: `target/servers/NAME.log`.
fn log(name: &str) -> std::fs::File {
    let profile = program::path().parent().expect("a profile's folder");
    let folder = profile.parent().expect("the target folder").join("servers");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true);
    file.open(folder.join(format!("{name}.log")))
        .expect("a file")
}
