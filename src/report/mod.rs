//! Showing what was found: terminal, JSON, CSV, pictures, one page.
//!
//! Everything here reads a [`crate::record::SheetRecord`] and gives back text or bytes; nothing
//! prints, and only [`write()`] touches the disk. The same record always gives the same bytes:
//! what may differ between two runs stands in `run.json` alone.

mod bundle;
pub mod json;
pub mod page;
pub mod plot;
pub mod table;
pub mod terminal;
mod text;
pub mod write;

pub use bundle::{Budget, Bundle, BundleError, RunInfo, Timing, bundle};
pub use write::{WriteError, write};
