//! What the report shows: its words, its tables, its pictures, its files.

mod files;
mod page;
mod pictures;
mod sample;
mod tables;
mod terminal;
