//! `attest` reads what a person wrote about attention and says of every statement whether it
//! holds, how it knows, and what would be right instead.
//!
//! Data flows one way: `document` → `claim` → `check` → `record` → `report`. The engines
//! (`algebra`, `numeric`, `montecarlo`, `quadrature`, `runs`) are leaves that know no questions;
//! only `check` sees claims and engines together. `ARCHITECTURE.md` is the map.
#![deny(missing_docs)]

pub mod algebra;
pub mod check;
pub mod claim;
pub mod command;
pub mod document;
pub mod experiment;
pub mod language;
pub mod montecarlo;
pub mod numeric;
pub mod quadrature;
pub mod record;
pub mod report;
pub mod runs;
pub mod span;
pub mod tolerance;
pub mod trainer;
pub mod world;
