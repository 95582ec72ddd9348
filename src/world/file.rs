//! A world's file as it is written: the TOML schema.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::algebra::{Monomial, monomials};
use crate::language::Expr;

/// Version of the schema below.
pub const SCHEMA: u32 = 1;

/// One file under `experiments/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldFile {
    /// Version of the schema; see [`SCHEMA`].
    pub schema: u32,
    /// Question id, e.g. `1b.ii`.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What the question asks for, in words.
    pub asks: String,
    /// Points the question is worth.
    pub points: f64,
    /// The world whose symbols, hypotheses and definitions hold here too.
    pub extends: Option<Spanned<String>>,
    /// A world whose propositions with clauses word for word hold here too, without anything else of it.
    pub borrows: Option<Spanned<String>>,
    /// Sets of words that stand for each other in clauses, by name.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// Letters and words whose presence speaks for this question, with a weight.
    #[serde(default)]
    pub signals: BTreeMap<String, f64>,
    /// Dimensions with the smallest and largest size to try.
    #[serde(default)]
    pub dimensions: BTreeMap<String, [usize; 2]>,
    /// Index letters that stand for one fixed index each.
    #[serde(default)]
    pub letters: Vec<String>,
    /// Scalars.
    #[serde(default)]
    pub scalars: BTreeMap<String, ScalarFile>,
    /// Scalars in the order in which their limits are taken.
    #[serde(default)]
    pub limits: Vec<Spanned<String>>,
    /// Vectors and matrices.
    #[serde(default)]
    pub vectors: BTreeMap<String, VectorFile>,
    /// Indexed vectors.
    #[serde(default)]
    pub families: BTreeMap<String, FamilyFile>,
    /// Matrices whose columns are a family.
    #[serde(default)]
    pub columns: BTreeMap<String, Spanned<String>>,
    /// Symbols defined through others.
    #[serde(default)]
    pub definitions: BTreeMap<String, Spanned<String>>,
    /// Other names of a symbol.
    #[serde(default)]
    pub synonyms: BTreeMap<String, String>,
    /// What the sheet supplies.
    #[serde(default)]
    pub slots: Vec<SlotFile>,
    /// What the sheet may say in words.
    #[serde(default)]
    pub propositions: Vec<PropositionFile>,
    /// What the sheet may suppose in words.
    #[serde(default)]
    pub suppositions: Vec<SuppositionFile>,
    /// Names of quantities in words, with the expression each stands for.
    #[serde(default)]
    pub quantities: BTreeMap<String, Spanned<String>>,
    /// Bounds on draws to which an answer may keep, one each: the question allows to ignore the others.
    #[serde(default)]
    pub may_keep_to: Vec<Spanned<String>>,
    /// Accuracies that the sheet reports.
    pub accuracy: Option<AccuracyFile>,
    /// Whether counts, shares and facts of the data in words are read.
    #[serde(default)]
    pub counts: bool,
    /// Growth orders that the sheet states.
    pub growth: Option<GrowthFile>,
    /// How documents are corrupted.
    pub corruption: Option<CorruptionFile>,
    /// Plots to draw.
    #[serde(default)]
    pub plots: Vec<toml::Table>,
    /// True claims with wrong versions of each, for the tests and the audit.
    #[serde(default)]
    pub mutants: Vec<MutantsFile>,
}

/// Span corruption: what a sheet may say of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorruptionFile {
    /// Characters of a block, where a sheet names no other number.
    pub block: f64,
    /// The shortest beginning of a document that is kept, in characters.
    pub shortest: f64,
    /// The longest, as a fraction of the block: numerator and denominator.
    pub longest: [f64; 2],
    /// The span's average length as a fraction of what is kept.
    pub average: [f64; 2],
    /// What is emitted: `prefix`, `mask`, `suffix`, `span`, `pads`.
    pub order: Vec<String>,
    /// Pieces that the loss does not see.
    pub ignored: Vec<String>,
}

/// A true claim and wrong versions of it: the program must confirm the one and refute the others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutantsFile {
    /// The claim.
    pub claim: Spanned<String>,
    /// Its wrong versions, at least one.
    pub wrong: Vec<Spanned<String>>,
    /// Definitions under which all of them are judged.
    #[serde(default)]
    pub given: BTreeMap<String, Spanned<String>>,
}

/// A scalar: where it is sampled and which limit it takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScalarFile {
    /// Smallest and largest value to try.
    pub range: [f64; 2],
    /// `infinity` or `0`.
    pub limit: Option<Spanned<String>>,
}

/// A vector or matrix.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
    /// One or two dimensions.
    pub shape: Vec<String>,
    /// `generic` (any) or `separates` (a query that one key's score stands out for).
    pub law: Spanned<String>,
    /// For `separates`: the family whose scores are meant.
    pub family: Option<String>,
    /// For `separates`: the letter of the member that stands out.
    pub letter: Option<String>,
    /// For `separates`: the scalar by which its score exceeds every other at least.
    pub gap: Option<String>,
}

/// An indexed family of vectors.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyFile {
    /// The dimension that counts its members.
    pub count: String,
    /// Dimension of each member.
    pub dimension: String,
    /// `generic`, `orthonormal` or `gaussian`.
    pub law: Spanned<String>,
    /// Orthonormal families of one frame are orthogonal to each other.
    pub frame: Option<String>,
    /// For `gaussian`: mean of member i.
    pub mean: Option<Spanned<String>>,
    /// For `gaussian`: covariance of member i.
    pub covariance: Option<Spanned<String>>,
    /// For `gaussian`: covariance of single members, by letter.
    #[serde(default)]
    pub except: BTreeMap<String, Spanned<String>>,
    /// For `gaussian`: name of the standard-normal vectors behind the isotropic part.
    pub noise: Option<String>,
    /// For `gaussian`: name under which the covariance of member i is known.
    pub covariance_name: Option<String>,
}

/// Something that the question asks for and the sheet supplies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotFile {
    /// The symbol, e.g. `q` or `q_1`.
    pub symbol: Spanned<String>,
    /// What must hold of whatever fills the slot.
    pub requirement: Spanned<String>,
    /// What the symbol means where the sheet does not say.
    pub reference: Spanned<String>,
    /// The answer that is shown as the correction.
    pub correct: String,
    /// Slots that must be filled with something else.
    #[serde(default)]
    pub differs_from: Vec<String>,
    /// Words that announce a filling without the symbol ("expression for q").
    #[serde(default)]
    pub cues: Vec<String>,
    /// Requirements under another reading.
    #[serde(default)]
    pub readings: Vec<ReadingFile>,
    /// Why it works, shown when it does.
    #[serde(default)]
    pub because: String,
}

/// Another reading of a slot under which a filling is right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingFile {
    /// What must hold under the reading.
    pub requirement: Spanned<String>,
    /// The reading in words.
    pub change: String,
    /// The statement that holds literally.
    pub becomes: String,
}

/// Something that the question asks for in words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PropositionFile {
    /// Its name in the reports.
    pub id: String,
    /// What it says, in words.
    pub says: String,
    /// Cues: each is a list of words that must occur in order in one clause (`swing*|jump*`).
    #[serde(default)]
    pub cues: Vec<String>,
    /// Clauses word for word, with optional words and sets of words (see `claim::clauses`).
    #[serde(default)]
    pub clauses: Vec<String>,
    /// Clauses by their notions, in any order and with nothing else (see `world::frames`).
    #[serde(default)]
    pub frames: Vec<String>,
    /// Words that must not occur in the clause.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Whether the cues are looked for in the whole sentence and not clause by clause.
    #[serde(default)]
    pub sentence: bool,
    /// Whether worlds that extend this one know it too.
    #[serde(default)]
    pub inherited: bool,
    /// Relations that decide it: all must hold.
    #[serde(default)]
    pub claims: Vec<Spanned<String>>,
    /// Whether a claim that holds only in the limit counts as false ("exactly", "zero").
    #[serde(default)]
    pub strict: bool,
    /// Definitions under which the claims are judged.
    #[serde(default)]
    pub given: BTreeMap<String, Spanned<String>>,
    /// Why, when it holds.
    #[serde(default)]
    pub because: String,
    /// Why, when it is refuted, and what would be right.
    #[serde(default)]
    pub but: String,
    /// What evidence would bear on it, when nothing decides it.
    #[serde(default)]
    pub evidence: String,
    /// What recorded runs measured that bears on it.
    pub measured: Option<MeasuredFile>,
    /// The small change after which it is true, when it is true only so.
    pub change: Option<String>,
    /// Whether the sheet's own queries decide it: without them it is not checked.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The plot that shows it.
    pub plot: Option<String>,
}

/// A supposition in words ("if all weights are equal") and what it says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppositionFile {
    /// Cues as in `PropositionFile::cues`.
    pub cues: Vec<String>,
    /// Words that must not occur.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The equalities that are supposed; `#` stands for the first number of the clause.
    pub supposes: Vec<Spanned<String>>,
    /// Whether their index letters leave out the world's own ("every other key").
    #[serde(default)]
    pub others: bool,
    /// Whether the words suppose it wherever they stand ("two keys only"), not only after "if", "suppose" and the like.
    #[serde(default)]
    pub bare: bool,
}

/// Accuracies: what they are out of and which constant answers the data can confirm.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccuracyFile {
    /// Questions in the dev set.
    pub items: u64,
    /// What has to be trained to confirm the rest.
    pub needs: String,
    /// The model whose accuracy is asked for, where recorded runs bear on it.
    pub setting: Option<SettingFile>,
}

/// Which of the course's models an accuracy is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SettingFile {
    /// Vanilla, trained on the pairs alone.
    Alone,
    /// Vanilla, pretrained and finetuned.
    Pretrained,
    /// Perceiver, pretrained and finetuned.
    Perceiver,
}

impl SettingFile {
    /// Its name in a world's file.
    pub fn name(self) -> &'static str {
        match self {
            SettingFile::Alone => "alone",
            SettingFile::Pretrained => "pretrained",
            SettingFile::Perceiver => "perceiver",
        }
    }
}

/// What recorded runs measured that bears on a proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeasuredFile {
    /// Accuracies with and without pretraining, and on documents with exchanged places.
    Pretraining,
    /// How sure a model is of right, wrong and unknowable answers.
    Confidence,
}

/// Growth orders: the subjects a sheet may speak of and the true operation counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrowthFile {
    /// Variables, with the words that name them.
    pub variables: BTreeMap<String, String>,
    /// Variables that count as constant in an order that does not mention them.
    pub constant: Vec<String>,
    /// Regimes as `m <= l`.
    pub regimes: Vec<String>,
    /// Words by which variables are named in sentences, as cues.
    #[serde(default)]
    pub names: BTreeMap<String, Vec<String>>,
    /// The variable that grows when something is "twice as long".
    #[serde(default)]
    pub lengthened: Option<String>,
    /// The variable that grows as a model gets deeper.
    #[serde(default)]
    pub deepened: Option<String>,
    /// Things that no cost depends on, with the words that name them.
    #[serde(default)]
    pub absent: BTreeMap<String, Vec<String>>,
    /// Words for the whole of a model.
    #[serde(default)]
    pub whole: Vec<String>,
    /// What parts are counted in: scores, comparisons.
    #[serde(default)]
    pub units: Vec<String>,
    /// The models that are compared, each the id of the subject that is the whole of it, with the words that mention it.
    #[serde(default)]
    pub models: BTreeMap<String, Vec<String>>,
    /// Words of parts that one model alone has, by its id.
    #[serde(default)]
    pub telling: BTreeMap<String, Vec<String>>,
    /// What orders are stated of; the first whose cue matches is meant.
    pub subjects: Vec<SubjectFile>,
    /// Parts whose scores are counted at given sizes; the first that words name is meant.
    #[serde(default)]
    pub tallies: Vec<TallyFile>,
    /// Groups of blocks whose scores are set against each other; the first that words name is meant.
    #[serde(default)]
    pub portions: Vec<PortionFile>,
}

impl GrowthFile {
    /// The exponents of the variables in a term, up to numbers and the number of layers; `None` of a sum of different terms.
    pub fn term_shape(&self, term: &Expr) -> Option<Monomial> {
        let mut list = monomials(term)?;
        if let Some(deep) = &self.deepened {
            list.iter_mut().for_each(|m| m.retain(|name, _| name != deep));
        }
        list.dedup();
        <[_; 1]>::try_from(list).ok().map(|[one]| one)
    }
}

/// A group of blocks of a model and its number of scores.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortionFile {
    /// Lists of words, alternatives by `|`: one of each has to occur, in any order.
    pub marks: Vec<String>,
    /// Words that must not occur.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The model that it is a part of.
    pub model: String,
    /// Whether the model has to be mentioned, where the words themselves do not tell.
    #[serde(default)]
    pub mentioned: bool,
    /// Whether it is one of the terms that make up the model's scores, the number of one of them given first.
    #[serde(default)]
    pub term: bool,
    /// Its number of scores; one of these is meant.
    pub scores: Vec<String>,
}

/// A part of a model whose scores a sheet counts at given sizes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TallyFile {
    /// What it is, in words.
    pub says: String,
    /// Lists of words, alternatives by `|`: one of each has to occur, in any order.
    pub marks: Vec<String>,
    /// Words that must not occur.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The model that it is a part of.
    pub model: String,
    /// Whether the model has to be mentioned before, where the words themselves do not tell.
    #[serde(default)]
    pub mentioned: bool,
    /// Whether it is the whole of its model.
    #[serde(default)]
    pub whole: bool,
    /// Its number of scores.
    pub scores: String,
}

/// One thing whose cost a sheet may state.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectFile {
    /// Its name in the reports.
    pub id: String,
    /// What it is, in words.
    pub says: String,
    /// Cues as in `PropositionFile::cues`.
    pub cues: Vec<String>,
    /// Words that must not occur.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The model that it is a part of, where others have a part of the same name.
    #[serde(default)]
    pub model: Option<String>,
    /// The subjects that it speaks of one by one ("every block").
    #[serde(default)]
    pub each: Vec<String>,
    /// The subject of which it is all there are.
    #[serde(default)]
    pub all: Option<String>,
    /// Its exact number of scores.
    #[serde(default)]
    pub scores: Option<String>,
    /// The variable that counts the positions that it works on.
    #[serde(default)]
    pub positions: Option<String>,
    /// The operation counts that the subject may mean (scores alone, with projections, a layer).
    #[serde(default)]
    pub truths: Vec<Spanned<String>>,
}
