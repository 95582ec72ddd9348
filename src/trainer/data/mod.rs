//! What models are trained on: the course's files, or a world made up from a seed.

mod corpus;
mod corruption;
mod course;
mod small_world;
mod source;
mod vocabulary;

pub use corpus::{Corpus, name_in};
pub use corruption::{Corruption, arranged, corrupt};
pub use course::{Course, Pair, read_lines, read_pairs, read_questions};
pub use small_world::{Person, SmallWorld};
pub use source::{Documents, Mixed, Pairs, Source, shuffled, stream};
pub use vocabulary::{MASK, PAD, Vocabulary};
