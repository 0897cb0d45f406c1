//! What a browser, or something that is none, says on its way through nginx.
