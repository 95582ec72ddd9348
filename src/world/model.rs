//! What a world is, once its file is read.

use std::collections::BTreeMap;

use super::clauses::Clause;
use super::file::{AccuracyFile, CorruptionFile, GrowthFile, PropositionFile};
use super::frames::{Frame, Vocabulary};
use crate::language::{Chain, Expr, Lexicon, Symbol};
use crate::numeric::Definition;

/// Where a scalar goes in its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitPoint {
    /// To infinity.
    Infinity,
    /// To zero from above.
    Zero,
    /// To minus infinity: no question asks for it, but writers look there too.
    MinusInfinity,
}

/// A scalar of a world.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// Smallest and largest value to try.
    pub range: (f64, f64),
    /// Its limit, if it takes one.
    pub limit: Option<LimitPoint>,
}

/// How a vector or matrix is drawn.
#[derive(Debug, Clone)]
pub enum VectorLaw {
    /// Anything.
    Generic,
    /// A query for which one member's score exceeds every other's by at least the scalar `gap`.
    Separates {
        /// The family whose scores are meant.
        family: String,
        /// The letter of the member that stands out.
        letter: String,
        /// The scalar.
        gap: String,
    },
}

/// A vector or matrix of a world.
#[derive(Debug, Clone)]
pub struct VectorSpec {
    /// Row and column dimensions; `1` for a vector's column.
    pub shape: (String, String),
    /// How it is drawn.
    pub law: VectorLaw,
}

/// The covariance of a Gaussian family.
#[derive(Debug, Clone)]
pub struct Covariance {
    /// Of every member, with the index letter `i`.
    pub general: Expr,
    /// Of single members, by letter.
    pub except: BTreeMap<String, Expr>,
}

/// How a family is drawn.
#[derive(Debug, Clone)]
pub enum Law {
    /// Anything.
    Generic,
    /// Orthonormal, and orthogonal to the other families of the frame.
    Orthonormal {
        /// The frame's name.
        frame: String,
    },
    /// Independent Gaussians.
    Gaussian {
        /// Mean of member `i`.
        mean: Box<Expr>,
        /// Covariances.
        covariance: Box<Covariance>,
        /// Name of the standard-normal vectors behind the isotropic part.
        noise: Option<String>,
        /// Name under which the covariance of a member is known.
        covariance_name: Option<String>,
    },
}

/// An indexed family of vectors.
#[derive(Debug, Clone)]
pub struct Family {
    /// The dimension that counts its members.
    pub count: String,
    /// Dimension of each member.
    pub dimension: String,
    /// How it is drawn.
    pub law: Law,
}

/// Another reading of a slot.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What must hold under it.
    pub requirement: Chain,
    /// The reading in words.
    pub change: String,
    /// The statement that holds literally.
    pub becomes: String,
}

/// Something that the question asks for and a sheet supplies.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The symbol.
    pub symbol: Symbol,
    /// What must hold of its filling.
    pub requirement: Chain,
    /// What the symbol means where the sheet does not say.
    pub reference: Expr,
    /// The correction that is shown.
    pub correct: String,
    /// Slots that must be filled differently.
    pub differs_from: Vec<Symbol>,
    /// Words that announce a filling without the symbol.
    pub cues: Vec<String>,
    /// Other readings.
    pub readings: Vec<Reading>,
    /// Why it works.
    pub because: String,
}

/// Something that the question asks for in words.
#[derive(Debug, Clone)]
pub struct Proposition {
    /// The file's entry.
    pub entry: PropositionFile,
    /// Clauses that say it, word for word.
    pub clauses: Vec<Clause>,
    /// Clauses that say it, by their notions.
    pub frames: Vec<Frame>,
    /// The relations that decide it.
    pub claims: Vec<Chain>,
    /// Definitions under which they are judged.
    pub given: Vec<Definition>,
}

/// A quantity that has a name in words.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// The words in order: alternatives apart by `|`, optional ones in brackets, `v_?` for a symbol
    /// whose index is one of the world's letters.
    pub words: String,
    /// What they stand for, with `?` for that index; with `=` at the end where a value follows.
    pub expression: String,
}

/// A supposition that a sheet may make in words.
#[derive(Debug, Clone)]
pub struct Supposition {
    /// Its cues.
    pub cues: Vec<String>,
    /// Words that must not occur.
    pub unless: Vec<String>,
    /// The equalities that it says, with `#` for the clause's first number.
    pub claims: Vec<String>,
    /// Whether their free index letters leave out the world's own.
    pub others: bool,
    /// Whether the words need no "if" before them.
    pub bare: bool,
}

/// A true claim and wrong versions of it.
#[derive(Debug, Clone)]
pub struct Mutants {
    /// The claim.
    pub claim: Chain,
    /// Its wrong versions.
    pub wrong: Vec<Chain>,
    /// Definitions under which all of them are judged.
    pub given: Vec<Definition>,
}

/// What one question supposes and asks for.
#[derive(Debug, Clone)]
pub struct World {
    /// Question id.
    pub id: String,
    /// The worlds it extends, nearest first: what a writer defined there holds here too.
    pub parents: Vec<String>,
    /// Title.
    pub title: String,
    /// What is asked for.
    pub asks: String,
    /// Points.
    pub points: f64,
    /// Words that speak for the question, with weights.
    pub signals: BTreeMap<String, f64>,
    /// Dimensions and the sizes to try.
    pub dimensions: BTreeMap<String, (usize, usize)>,
    /// Index letters that stand for fixed indices.
    pub letters: Vec<String>,
    /// Scalars.
    pub scalars: BTreeMap<String, Scalar>,
    /// Scalars in the order in which their limits are taken.
    pub limits: Vec<String>,
    /// Vectors and matrices.
    pub vectors: BTreeMap<String, VectorSpec>,
    /// Families.
    pub families: BTreeMap<String, Family>,
    /// Matrices made of a family's members as columns.
    pub columns: BTreeMap<String, String>,
    /// Definitions.
    pub definitions: Vec<Definition>,
    /// Other names of symbols.
    pub synonyms: BTreeMap<String, String>,
    /// The question that asks for the slots: this one, or one that it extends and whose answers hold here.
    pub asked_in: String,
    /// Slots.
    pub slots: Vec<Slot>,
    /// What words stand for in the frames of its propositions.
    pub vocabulary: Vocabulary,
    /// Propositions.
    pub propositions: Vec<Proposition>,
    /// Claims with wrong versions.
    pub mutants: Vec<Mutants>,
    /// Suppositions in words.
    pub suppositions: Vec<Supposition>,
    /// Quantities in words.
    pub quantities: Vec<Quantity>,
    /// Bounds on draws to which an answer may keep, one each.
    pub may_keep_to: Vec<Chain>,
    /// Accuracies.
    pub accuracy: Option<AccuracyFile>,
    /// Whether counts, shares and facts of the data in words are read.
    pub counts: bool,
    /// Growth orders.
    pub growth: Option<GrowthFile>,
    /// How documents are corrupted.
    pub corruption: Option<CorruptionFile>,
    /// Plots.
    pub plots: Vec<toml::Table>,
    /// The names, for the reader of mathematics.
    pub lexicon: Lexicon,
}
