//! What can go wrong while a model is trained, loaded or saved.

use miette::Diagnostic;
use thiserror::Error;

/// An error of the trainer; each names what a person must look at.
#[derive(Debug, Error, Diagnostic)]
pub enum TrainError {
    /// A file that cannot be read or written.
    #[error("cannot {action} {path}: {reason}")]
    #[diagnostic(code(attest::trainer::file))]
    File {
        /// `read`, `write`, ...
        action: &'static str,
        /// The path.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// A weights file that is no safetensors, or whose numbers have another type.
    #[error("{path} holds no weights: {reason}")]
    #[diagnostic(
        code(attest::trainer::weights),
        help("expected a safetensors file of f32, f64 or bf16 tensors under minGPT's names")
    )]
    Weights {
        /// The path.
        path: String,
        /// Why.
        reason: String,
    },
    /// A tensor that is missing.
    #[error("{path} has no tensor `{tensor}`, which a model of this shape needs")]
    #[diagnostic(code(attest::trainer::missing), help("is it a model of another variant, or with other positions?"))]
    Missing {
        /// The path.
        path: String,
        /// Its name.
        tensor: String,
    },
    /// A tensor that the model has no place for.
    #[error("{path} has a tensor `{tensor}` that a model of this shape has not")]
    #[diagnostic(code(attest::trainer::unknown), help("is it a model of another variant, or with other positions?"))]
    Unknown {
        /// The path.
        path: String,
        /// Its name.
        tensor: String,
    },
    /// A tensor of another shape.
    #[error("{path}: `{tensor}` has shape {found:?}, the model's is {expected:?}")]
    #[diagnostic(code(attest::trainer::shape))]
    Shape {
        /// The path.
        path: String,
        /// The tensor.
        tensor: String,
        /// In the file.
        found: Vec<usize>,
        /// In the model.
        expected: Vec<usize>,
    },
    /// A shape that no model has.
    #[error(transparent)]
    #[diagnostic(code(attest::trainer::config))]
    Config(#[from] super::config::ConfigError),
    /// A character outside the vocabulary.
    #[error("{place}: the character {character:?} is not among the {known} of the vocabulary")]
    #[diagnostic(code(attest::trainer::character), help("the vocabulary is made of the characters of wiki.txt"))]
    Character {
        /// File and line, or what was asked.
        place: String,
        /// The character.
        character: char,
        /// Size of the vocabulary.
        known: usize,
    },
    /// A vocabulary of another size than the model's.
    #[error("the data has a vocabulary of {data}, the model of {model}")]
    #[diagnostic(code(attest::trainer::vocabulary), help("pad and mask count; set `vocabulary` in the recipe's [model]"))]
    Vocabulary {
        /// Characters of the data, pad and mask among them.
        data: usize,
        /// The model's.
        model: usize,
    },
    /// A line without a tab.
    #[error("{path}, line {line}: expected `question<TAB>answer`, found no tab")]
    #[diagnostic(code(attest::trainer::data_line), help("separate question and answer with one tab character"))]
    NoTab {
        /// The path.
        path: String,
        /// Line, from 1.
        line: usize,
    },
    /// A sequence longer than the model reads.
    #[error("{place}: {length} characters, the model reads at most {most}")]
    #[diagnostic(code(attest::trainer::length))]
    TooLong {
        /// File and line, or what was asked.
        place: String,
        /// Its length.
        length: usize,
        /// The block.
        most: usize,
    },
    /// Nothing to train on.
    #[error("{place} holds nothing to train on")]
    #[diagnostic(code(attest::trainer::empty))]
    Empty {
        /// The file.
        place: String,
    },
    /// A loss that is no number, or far above that of a blind guess.
    #[error(
        "training diverged at step {step}: loss {loss}, rate {rate:e}, gradient norm {norm:e}; largest gradient {largest:e} in `{tensor}`"
    )]
    #[diagnostic(
        code(attest::trainer::diverged),
        help("lower `rate`, or lengthen the warm-up; the last good checkpoint is kept")
    )]
    Diverged {
        /// The step, from 1.
        step: u64,
        /// Its loss.
        loss: f64,
        /// Its rate.
        rate: f64,
        /// Norm of the gradient before clipping.
        norm: f64,
        /// Largest gradient by magnitude.
        largest: f64,
        /// Where that is.
        tensor: String,
    },
    /// A recipe that cannot be understood.
    #[error("{path}: {reason}")]
    #[diagnostic(code(attest::trainer::recipe))]
    Recipe {
        /// The path.
        path: String,
        /// Line, key and what is wrong.
        reason: String,
    },
    /// A run of which no record can be made.
    #[error("no record can be made of {path}: {reason}")]
    #[diagnostic(
        code(attest::trainer::not_recorded),
        help("a record is made of a finished run on dev; private data may not be written into it")
    )]
    NotRecorded {
        /// The run's folder.
        path: String,
        /// Why.
        reason: String,
    },
    /// A checkpoint of another run.
    #[error("{path} belongs to another run: {reason}")]
    #[diagnostic(
        code(attest::trainer::checkpoint),
        help("choose another --out, or resume with the recipe and data that it was made with")
    )]
    OtherRun {
        /// The path.
        path: String,
        /// What differs.
        reason: String,
    },
}

impl TrainError {
    /// A file error from the operating system's.
    pub fn file(action: &'static str, path: &std::path::Path, error: &std::io::Error) -> TrainError {
        TrainError::File { action, path: path.display().to_string(), reason: error.to_string() }
    }
}
