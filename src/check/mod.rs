//! Deciding: the only room that sees claims and engines together.

mod accuracy;
mod describe;
mod draw;
mod evidence;
mod exact;
mod grade;
mod growth;
mod infer;
mod law;
mod measured;
mod numbers;
mod proposition;
mod relation;
mod repair;
mod ruling;
mod scene;
mod sheet;
mod slot;
mod statement;

pub use ruling::Ruling;
pub use sheet::{CheckError, Settings, check};
