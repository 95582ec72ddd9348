//! Deciding: the only room that sees claims and engines together.

mod accuracy;
mod comparison;
mod describe;
mod draw;
mod evidence;
mod exact;
mod follow;
mod grade;
mod growth;
mod infer;
mod law;
mod numbers;
mod observe;
mod ordering;
mod proposition;
mod relation;
mod repair;
mod ruling;
mod scene;
mod sheet;
mod slot;
mod solve;
mod statement;
mod stranger;

pub use ruling::Ruling;
pub use sheet::{CheckError, Settings, check};
