//! The command line, one file a subcommand. Nothing below this module prints.

pub mod model;
pub mod train;
