//! Brokers, one folder a family. Sans-IO: requests in, effects out; no link, no clock, no client program.

pub mod rabbitmq;
