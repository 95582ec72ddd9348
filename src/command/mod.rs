//! The rooms of the command line: one file a subcommand.

pub mod equal;
pub mod growth;
pub mod limit;
