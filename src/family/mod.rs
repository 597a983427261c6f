//! The families of brokers: what an offset means, where retention cuts, who stores what. Each is one folder.

pub mod rabbitmq;
