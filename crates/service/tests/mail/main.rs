//! Mail as a real mail server gets it: from what people do, by way of the queue, to the mailbox.

#![cfg(test)]

mod forgotten;
mod php_commerce;
mod queue;
mod shop;
mod smtp_server;
