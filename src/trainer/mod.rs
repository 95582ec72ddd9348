//! A compact transformer trainer on nalgebra: the engine behind accuracies that answers report.
//!
//! A leaf: it knows no claims, no questions, and prints nothing. Features are rows and tokens are
//! columns, so that one token is one contiguous column; sequences are packed end to end, so that
//! no arithmetic is spent on padding.

pub mod batch;
pub mod bfloat16;
pub mod checkpoint;
pub mod config;
pub mod data;
pub mod error;
pub mod evaluate;
pub mod export;
pub mod flops;
pub mod layer;
pub mod layout;
pub mod model;
pub mod network;
pub mod optimizer;
pub mod pipeline;
pub mod pool;
pub mod product;
pub mod real;
pub mod recipe;
pub mod record;
pub mod session;
pub mod statistics;
pub mod training;
pub mod weights;

pub use config::Config;
pub use model::{Model, Workspace};
pub use network::Network;
