//! Statements and the conditions under which they are made.

use super::change::{Change, Effect};
use super::scaling::Scaling;
use super::sweeping::Sweeping;
use super::whose::Around;
use crate::language::{Chain, Expr, Index, Order, Relation, Symbol};
use crate::span::Span;

/// One relation of a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Left side.
    pub left: Expr,
    /// The relation.
    pub relation: Relation,
    /// Right side.
    pub right: Expr,
}

impl Link {
    /// One of a chain's relations.
    pub fn at(chain: &Chain, i: usize) -> Link {
        Link { left: chain.operands[i].expr.clone(), relation: chain.relations[i], right: chain.operands[i + 1].expr.clone() }
    }

    /// The link as a chain of two operands, for printing.
    pub fn chain(&self) -> Chain {
        let operand = |e: &Expr| crate::language::Operand { expr: e.clone(), span: Span::default() };
        Chain { operands: vec![operand(&self.left), operand(&self.right)], relations: vec![self.relation] }
    }
}

/// A relation in an example with vectors and matrices.
#[derive(Debug, Clone, PartialEq)]
pub struct Concrete {
    /// What the writer gave, in order.
    pub given: Vec<(Symbol, Expr)>,
    /// The relation.
    pub link: Link,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A relation, with other readings of the same text where it has more than one.
    Relation {
        /// The reading.
        link: Link,
        /// Other readings.
        alternatives: Vec<Link>,
    },
    /// An expression that fills a slot without naming it.
    Filling {
        /// The slot's symbol.
        slot: Symbol,
        /// What fills it.
        expr: Expr,
    },
    /// A clause that matches a proposition of the world.
    Proposition {
        /// Which one.
        index: usize,
        /// Whether the sentence denies it.
        denied: bool,
    },
    /// A count, a total and a share.
    Accuracy {
        /// How many were right.
        correct: f64,
        /// Of how many.
        total: f64,
        /// The share as written, a percentage.
        percent: f64,
        /// Digits after the point of the percentage.
        decimals: u32,
        /// A constant answer in quotation marks that the sentence names.
        constant: Option<String>,
    },
    /// A comparison of reported accuracies: "2.5 times as good", "3 points below the baseline".
    Comparison {
        /// Its number.
        value: f64,
        /// Digits after its point as written.
        decimals: u32,
        /// Whether it is said to be approximate.
        about: bool,
        /// What the number counts.
        measure: Measure,
        /// Which way it goes.
        degree: Degree,
        /// Whether it is said of a constant answer.
        of_baseline: bool,
        /// Whether a constant answer is what is compared with.
        to_baseline: bool,
        /// The accuracies that the part reports.
        figures: Vec<Figure>,
    },
    /// A number in words: a share, a difference, a fact of the data.
    Counted(super::counts::Counted),
    /// What is said of span corruption.
    Corrupted(super::corruption::Corrupted),
    /// What a change of one thing does to another.
    Change {
        /// What is changed.
        change: Change,
        /// What is looked at.
        effect: Effect,
        /// Whether it is said to stay as it was.
        stays: bool,
    },
    /// What a change of scores, keys, queries or values does, or what depends on what.
    Intervention(super::interventions::Claim),
    /// What weights and output are in a configuration of keys, values and query.
    Configured(super::configured::Configured),
    /// How many keys can hold how much weight.
    Holding(super::holders::Holding),
    /// Whether another expression would fill a slot.
    Serving(super::serving::Serving),
    /// What comes out with another answer in the place of the one that is asked for.
    Instead(super::instead::Instead),
    /// What a change of a scalar of the question does to a quantity.
    Response(super::quantities::Response),
    /// What is said of the weights as a whole: of every case, of some, or of none.
    Overall {
        /// The relation.
        link: Link,
        /// Of which cases.
        mode: super::overall::Mode,
    },
    /// Weights that are said to come out of scores, all of them numbers.
    Softmax {
        /// The scores.
        scores: Vec<f64>,
        /// The weights, each with its digits after the point.
        weights: Vec<(f64, u32)>,
    },
    /// A relation of vectors and matrices that the writer gave by their entries.
    Concrete(Concrete),
    /// A growth order of a subject of the world.
    Growth {
        /// Of which subjects, if the sentence tells, and under what.
        around: Around,
        /// The kind of order.
        order: Order,
        /// The bound.
        bound: Expr,
    },
    /// How a cost changes, in words.
    Scaling(Scaling),
    /// A condition or definition.
    Supposition {
        /// Whether it was understood.
        understood: bool,
    },
    /// Mathematics that did not parse whole.
    Unread {
        /// What stopped the reader, with the token.
        stopped: String,
    },
    /// Words in which nothing known was recognised.
    Prose,
}

/// An accuracy that a part reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// As a share of 1.
    pub value: f64,
    /// Half a unit of its last digit; 0 for a count.
    pub slack: f64,
    /// Whether it is that of a constant answer.
    pub baseline: bool,
}

/// What the number of a comparison counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// `x / y` ("2.5 times as good").
    Times,
    /// `x / y`, or `x / y - 1` ("2.5 times better").
    TimesMore,
    /// `x - y` in percentage points.
    Points,
    /// `(x - y) / y` in percent.
    Percent,
}

/// Which way a comparison goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degree {
    /// The first is larger.
    Up,
    /// The first is smaller.
    Down,
}

/// A condition that binds to statements.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A symbol has a value, `n = 2`, `X = 1.5`.
    Value(Symbol, Expr),
    /// A relation holds, `n > 2`, `gamma > 1`.
    Holds(Link),
    /// Two index letters are equal.
    Same(Index, Index),
    /// Two index letters differ.
    Differ(Index, Index),
    /// An index letter is one of these, `r ∈ {a, b}`.
    Among(Index, Vec<Index>),
    /// A symbol is defined for the statement, `q_1 = q_2`.
    Define(Symbol, Expr),
    /// A scalar is taken to its limit, `beta -> infinity`, `lambda >> 1`.
    Limit(Symbol, LimitSense),
}

/// Where a condition sends a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitSense {
    /// It grows.
    Large,
    /// It vanishes.
    Small,
    /// It goes to minus infinity.
    Negative,
    /// It stays at one value, whatever it is, while others go to their limits.
    Fixed,
}

/// A relation that is supposed and cannot be imposed on an instance.
#[derive(Debug, Clone, PartialEq)]
pub struct Premise {
    /// Its words.
    pub text: String,
    /// What it says.
    pub links: Vec<Link>,
    /// Whether its free index letters leave out the indices that the world names (`every other key`).
    pub others: bool,
}

/// Under what a statement is made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope {
    /// Conditions that were understood.
    pub conditions: Vec<Condition>,
    /// Suppositions in words that were not.
    pub unread: Vec<String>,
    /// Suppositions that are relations which cannot be imposed (`for c = ½ (v_a + v_b)`): where
    /// they are true anyway, nothing depends on them.
    pub premises: Vec<Premise>,
    /// Values that the part gives elsewhere to symbols which these conditions leave open.
    pub elsewhere: Vec<Condition>,
    /// Of these, the ones that were told before it or in its own sentence, each the only value that the symbol has until then.
    pub told: Vec<Condition>,
    /// Whether the statement itself is tentative (`where x = y`): it explains, it does not claim.
    pub tentative: bool,
    /// Whether the statement says that it holds exactly: no limit is meant.
    pub exact: bool,
    /// The change without which the text could not be read, in words.
    pub mended: Option<String>,
    /// Words by which the sentence claims more than a limit gives ("no matter how small").
    pub sweeping: Option<Sweeping>,
    /// Words of the sentence that may limit it and were not understood: it may be confirmed, and is not refuted.
    pub circumstance: Option<String>,
    /// Bounds on single draws beside a number of the law: it may be of those draws.
    pub over: Vec<Condition>,
    /// Conditions without which the statement is said not to hold ("only if", "if and only if").
    pub converse: Vec<Condition>,
    /// The formula of the writer's with which a number was computed: where that is wrong, the number says nothing.
    pub rests: Option<Span>,
    /// Whether it is said to be required of an answer ("the weights have to satisfy …"), not of the one that was given.
    pub required: bool,
    /// The sentence of which it is said to be the consequence ("Then …", "This makes …").
    pub follows: Option<Span>,
}

/// One statement of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Where it stands. The statements of one part do not overlap, but for propositions.
    pub span: Span,
    /// What it says.
    pub body: Body,
    /// Under what it is made.
    pub scope: Scope,
    /// Remarks on how the source was read (lost subscripts, scanned signs).
    pub remarks: Vec<String>,
}
