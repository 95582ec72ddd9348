//! The trainer held against calculus, against padding, and against itself.

mod commands;
mod gradients;
mod packing;
mod parity;
mod promise;
mod recorded;
mod resume;
mod support;
mod weights;
