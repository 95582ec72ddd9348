//! Clauses about configurations as they are read.
use super::*;
