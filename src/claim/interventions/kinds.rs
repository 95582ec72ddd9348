//! What is changed in attention, and what is said to come of it.

use crate::language::Expr;

/// A change of what goes into attention.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervention {
    /// What is done.
    pub operation: Operation,
    /// With what.
    pub thing: Thing,
    /// With which of them.
    pub who: Who,
}

/// What may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// Scores of keys.
    Scores,
    /// The gap of the winner's score to the others.
    Gap,
    /// Keys.
    Keys,
    /// The query.
    Query,
    /// Values.
    Values,
    /// Keys together with their values.
    Pairs,
    /// Weights as such, as what something depends on.
    Weights,
}

/// Which ones of several are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// All of them.
    All,
    /// The one with a letter.
    Letter(String),
    /// Any single one.
    One,
    /// Any single one besides those that the question names.
    OneOther,
    /// All but those that the question names.
    Others,
    /// The one with the largest score.
    Winner,
    /// Any two.
    Two,
    /// Those with two letters.
    Both(String, String),
    /// The two that the question names, or that were changed.
    TheTwo,
    /// What was changed.
    Changed,
    /// All but what was changed.
    Unchanged,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// Something is added.
    Shift(Amount),
    /// It is multiplied.
    Scale(Factor),
    /// Another takes its place, under a name that the sentence may give it.
    Replace(Option<String>),
    /// Two change places.
    Swap,
    /// All change places.
    Permute,
}

/// What is added.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The number, where one is given, with the sign of the change.
    pub number: Option<f64>,
    /// The name of a number or vector that is left open.
    pub name: Option<String>,
    /// Whether it is positive, or negative.
    pub sign: Option<Sign>,
    /// Whether it is perpendicular to every key.
    pub perpendicular: bool,
}

/// A sign that is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Above zero.
    Positive,
    /// Below zero.
    Negative,
}

/// By what something is multiplied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Factor {
    /// A number.
    Number(f64),
    /// Some positive number that goes without saying, above 1 where it matters.
    Plain,
    /// Any positive number but 1.
    Positive,
    /// Any number above 1.
    Up,
    /// Any positive number below 1.
    Down,
    /// Any number below 0.
    Negative,
    /// Any number but 0 and 1.
    Any,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum Observable {
    /// The weights of some keys.
    Weights(Who),
    /// The scores of some keys.
    Scores(Who),
    /// The differences of scores.
    Gaps,
    /// How much the weights stand out: that of the winner.
    Peak,
    /// The quotients of weights.
    Ratios,
    /// The output.
    Output,
    /// In which order the weights stand.
    Order,
    /// Which key has the largest weight.
    Winner,
    /// The weight that the keys of the question do not have.
    Leak,
    /// That the value of the winner is what comes out.
    Copy,
    /// Everything that comes out.
    All,
}

/// What is said to happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It stays as it is.
    Same,
    /// It does not.
    Changes,
    /// It becomes larger.
    Larger,
    /// It becomes smaller.
    Smaller,
    /// It is multiplied by a number.
    Times(f64),
    /// It is multiplied by what the change multiplied by.
    TimesTheFactor,
    /// It is raised to a power.
    Power(f64),
    /// What the expression says is added to it.
    MovesBy(Expr),
    /// What the change added is added to it.
    MovesByTheAmount,
    /// The change of a value times its weight is added to it.
    MovesByItsShare,
    /// Nearly what the change added is added to it.
    NearlyTheAmount,
    /// It hardly changes.
    Hardly,
    /// The two change places.
    Swapped,
    /// The order is turned round.
    Reversed,
    /// It is the largest of all.
    Largest,
    /// It is the smallest of all.
    Smallest,
}

/// What is said of attention under a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// What a change does.
    Does {
        /// The change.
        change: Intervention,
        /// What is looked at.
        observable: Observable,
        /// What happens.
        outcome: Outcome,
    },
    /// What something depends on and nothing else: "c depends on q only through the weights".
    Only {
        /// What depends.
        observable: Observable,
        /// On what it may depend.
        on: Vec<Thing>,
        /// Of what else this is said; of everything where nothing is named.
        of: Option<Thing>,
    },
}
