//! A provider that answers what a test has written down for each path, and remembers what it was
//! asked. It knows nothing of the protocol: so it can say anything.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, Response, Uri},
};
use serde_json::Value;

/// What is answered at a path.
#[derive(Clone)]
pub(crate) struct Canned {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// One request.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

#[derive(Default)]
struct Script {
    answers: HashMap<String, Canned>,
    asked: Vec<Asked>,
}

/// A running provider; it ends with the test's runtime.
#[derive(Clone)]
pub(crate) struct Play {
    pub(crate) base: String,
    script: Arc<Mutex<Script>>,
}

impl Canned {
    pub(crate) fn json(body: &Value) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
        }
    }

    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn refusal(status: u16, word: &str) -> Self {
        Self {
            status,
            ..Self::json(&serde_json::json!({ "error": word }))
        }
    }
}

impl Asked {
    /// A field of the posted form.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        url::form_urlencoded::parse(self.body.as_bytes())
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned())
    }
}

impl Play {
    /// Opens on a free port; every path answers 404 until it is written down.
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let play = Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            script: Arc::default(),
        };
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&play.script));
        tokio::spawn(async move { axum::serve(listener, router).await });
        play
    }

    pub(crate) fn on(&self, path: &str, canned: Canned) {
        let mut script = self.script.lock().unwrap();
        script.answers.insert(path.to_owned(), canned);
    }

    /// The requests to a path.
    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        let script = self.script.lock().unwrap();
        let here = script.asked.iter().filter(|asked| asked.path == path);
        here.cloned().collect()
    }
}

async fn answer(
    State(script): State<Arc<Mutex<Script>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<axum::body::Body> {
    let path = uri.path().to_owned();
    let mut script = script.lock().unwrap();
    let canned = script.answers.get(&path).cloned();
    script.asked.push(Asked {
        method,
        path,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let canned = canned.unwrap_or_else(|| Canned::status(404));
    let mut response = Response::builder().status(canned.status);
    for (name, value) in canned.headers {
        response = response.header(name, value);
    }
    response.body(canned.body.into()).unwrap()
}
