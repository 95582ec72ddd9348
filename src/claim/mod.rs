//! What an answer sheet says: statements with their places, conditions and questions.
//!
//! `document` gives words and mathematics with their spans; here they become statements in the
//! world of their question. Nothing is judged here, and nothing is dropped: what cannot be read
//! becomes a statement that says which token stopped it.

mod accuracy;
mod anaphora;
mod arrows;
mod assigned;
mod atoms;
mod cases;
mod change;
mod circumstance;
mod claims;
mod clauses;
mod code;
mod combined;
mod comparison;
mod condition;
mod corruption;
mod counts;
mod cues;
mod draws;
mod elsewhere;
mod example;
mod fillings;
mod growth;
mod guards;
pub mod heads;
mod larger;
mod laws;
mod letters;
mod lines;
mod links;
mod members;
mod mentioned;
mod named;
mod negations;
mod notation;
mod nouns;
mod overall;
mod pairs;
mod phrases;
mod products;
mod properties;
mod prose;
mod quantify;
mod quantities;
mod read;
mod recall;
mod same;
mod scaling;
mod segment;
mod sized;
mod sizes;
mod softmax;
mod statement;
mod suppose;
mod sweeping;
mod tables;
mod tally;
mod verbs;
mod whose;

pub use change::{Change, Effect};
pub use corruption::{Corrupted, Piece};
pub use counts::{Amount, Bound, Counted};
pub use cues::Cue;
pub use guards::PLAIN as PLAIN_WEIGHT;
pub use overall::Mode;
pub use quantify::Ratio;
pub use read::read_part;
pub use scaling::{Cheaper, Scaling};
pub use segment::{Begins, Stretch};
pub use sizes::{Said as SizeSaid, Sizes};
pub use statement::{Body, Concrete, Condition, Degree, Figure, LimitSense, Link, Measure, Premise, Scope, Statement};
pub use tally::{How, Size, Tally, Told};
pub use whose::{Around, Held, Whose};
