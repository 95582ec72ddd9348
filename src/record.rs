//! The plain records between deciding and showing.
//!
//! `check` fills them, `report` shows them; neither sees the other. Units stand in a field of
//! their own, and what is not available is `None`, never 0.

use serde::Serialize;

use crate::span::{Place, Span};

/// What attest says of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// True as written, under the world's hypotheses.
    Holds,
    /// True as the world's limits are taken.
    HoldsInLimit,
    /// True after one small, named change.
    HoldsIfRead,
    /// False: there is a counterexample in the world.
    Refuted,
    /// The engines ran and could not tell.
    Undecided,
    /// Prose with no known proposition, or math that did not parse whole.
    NotChecked,
}

impl Verdict {
    /// The verdict's name as it stands in every output.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::HoldsInLimit => "holds-in-limit",
            Verdict::HoldsIfRead => "holds-if-read",
            Verdict::Refuted => "refuted",
            Verdict::Undecided => "undecided",
            Verdict::NotChecked => "not-checked",
        }
    }

    /// Every verdict, in the order of the documentation.
    pub const ALL: [Verdict; 6] =
        [Verdict::Holds, Verdict::HoldsInLimit, Verdict::HoldsIfRead, Verdict::Refuted, Verdict::Undecided, Verdict::NotChecked];
}

/// How strong the ground of a verdict is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Decided by algebra or exact arithmetic.
    Exact,
    /// Decided by numbers whose error is bounded.
    Certified,
    /// Decided by sampling; the error probability stands beside it.
    Sampled,
    /// Counted from data.
    Measured,
    /// A sentence matched by its cues; a person is to confirm.
    Matched,
}

impl Tier {
    /// The tier's name as it stands in every output.
    pub fn name(self) -> &'static str {
        match self {
            Tier::Exact => "exact",
            Tier::Certified => "certified",
            Tier::Sampled => "sampled",
            Tier::Measured => "measured",
            Tier::Matched => "matched",
        }
    }
}

/// What sort of statement a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A relation between two expressions.
    Relation,
    /// A relation that supplies what the question asks for.
    Slot,
    /// A condition or definition under which other statements are read.
    Supposition,
    /// A sentence that says something the world lists.
    Proposition,
    /// A count, a total and a percentage.
    Accuracy,
    /// A growth order, such as `O(l m)`.
    GrowthOrder,
    /// Words in which nothing known was recognised.
    Prose,
}

impl Kind {
    /// The kind's name as it stands in every output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Relation => "relation",
            Kind::Slot => "slot",
            Kind::Supposition => "supposition",
            Kind::Proposition => "proposition",
            Kind::Accuracy => "accuracy",
            Kind::GrowthOrder => "growth-order",
            Kind::Prose => "prose",
        }
    }
}

/// One number that bears on a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// What was measured, e.g. `Var(alpha_a) at beta = 10, n = 4`.
    pub quantity: String,
    /// The number.
    pub estimate: f64,
    /// Its unit; `1` for a pure number.
    pub unit: String,
    /// Lower end of the interval that holds the true value.
    pub low: Option<f64>,
    /// Upper end of that interval.
    pub high: Option<f64>,
    /// Draws behind the number, where it was sampled.
    pub samples: Option<u64>,
    /// Seed of those draws.
    pub seed: Option<u64>,
    /// The engine: `monte carlo`, `quadrature`, `algebra`, `count`.
    pub method: String,
}

/// The change that makes a statement true.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fix {
    /// The change in words, e.g. `read k_j for k_i on the left`.
    pub change: String,
    /// The statement after the change, in attest's normal notation.
    pub becomes: String,
}

/// What was found of one statement: one row of `verdicts.csv`, one element of the JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Question id as the world names it, e.g. `1b.ii`.
    pub question: String,
    /// Where the statement stands.
    #[serde(flatten)]
    pub place: Place,
    /// The same as byte offsets.
    #[serde(skip)]
    pub span: Span,
    /// The source text under the place, verbatim.
    pub text: String,
    /// How the statement was understood, in plain normal notation; `None` where it was not.
    pub reading: Option<String>,
    /// The reading in LaTeX, for display.
    #[serde(skip)]
    pub reading_latex: Option<String>,
    /// What sort of statement it is.
    pub kind: Kind,
    /// The slot or the proposition's id that it fills.
    pub slot: Option<String>,
    /// What is said of it.
    pub verdict: Verdict,
    /// How it is known; `None` for `not-checked`.
    pub tier: Option<Tier>,
    /// Bound on the probability that a sampled verdict is wrong.
    pub error_probability: Option<f64>,
    /// How fast a limit is reached, e.g. `exp(-beta)`.
    pub rate: Option<String>,
    /// A replayable counterexample, e.g. `n = 3, beta = 1: left 0.333, right 0.422`.
    pub witness: Option<String>,
    /// What would be right instead.
    pub correction: Option<String>,
    /// The small change after which it holds.
    pub fix: Option<Fix>,
    /// One sentence for the reader: why.
    pub message: String,
    /// The numbers that bear on it.
    pub evidence: Vec<Measurement>,
    /// Id of the plot that shows it.
    pub plot: Option<String>,
}

/// Whether points can be given for a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GradeStatus {
    /// Every slot is decided.
    Decided,
    /// A person has to look.
    NeedsReview,
    /// The sheet says nothing on the question.
    Unanswered,
}

impl GradeStatus {
    /// The status as `grades.csv` words it.
    pub fn name(self) -> &'static str {
        match self {
            GradeStatus::Decided => "decided",
            GradeStatus::NeedsReview => "needs review",
            GradeStatus::Unanswered => "unanswered",
        }
    }
}

/// One row of `grades.csv`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grade {
    /// Question id.
    pub question: String,
    /// The question's title.
    pub title: String,
    /// Points given; `None` unless the status is `decided`.
    pub points: Option<f64>,
    /// Points the question is worth.
    pub max: f64,
    /// Whether the points stand.
    pub status: GradeStatus,
    /// The evidence in one line.
    pub reason: String,
}

/// A stretch of words that belongs to no question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stray {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// The words, verbatim.
    pub text: String,
}

/// What was read, so that nothing is dropped in silence.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Tally {
    /// Statements read.
    pub statements: usize,
    /// Of these, not checked.
    pub not_checked: usize,
    /// Words outside any question.
    pub words_outside: usize,
    /// Those words.
    pub outside: Vec<Stray>,
}

/// Everything known about one answer sheet: what `report` shows.
#[derive(Debug, Clone)]
pub struct SheetRecord {
    /// The sheet's file name as given.
    pub file: String,
    /// The sheet's whole text.
    pub source: String,
    /// Findings in source order.
    pub findings: Vec<Finding>,
    /// Grades in question order.
    pub grades: Vec<Grade>,
    /// Counts of what was read.
    pub tally: Tally,
    /// Remarks on the reading of the sheet as a whole (inferred labels, stray spaces).
    pub remarks: Vec<String>,
    /// The experiments behind the plots.
    pub experiments: Vec<Experiment>,
    /// Seed of every random number of the run.
    pub seed: u64,
}

/// A column of an experiment's table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Header, in snake case.
    pub name: String,
    /// Unit; `1` for a pure number.
    pub unit: String,
}

/// The numbers behind one plot, and the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    /// File stem of its CSV and of its plot.
    pub id: String,
    /// Questions it bears on.
    pub questions: Vec<String>,
    /// Columns of the table.
    pub columns: Vec<Column>,
    /// Rows, each as long as `columns`. Text cells are for group names.
    pub rows: Vec<Vec<Cell>>,
    /// The picture.
    pub plot: Plot,
}

/// One cell of an experiment's table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number; printed with no more digits than are stable.
    Number(f64),
    /// A group name.
    Text(String),
    /// Not available.
    Missing,
}

/// A picture as data: one or more panels side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Title over the picture.
    pub title: String,
    /// What a reader who did not make it can read off it, in one or two sentences.
    pub caption: String,
    /// The panels, left to right.
    pub panels: Vec<Panel>,
}

/// How an axis is scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By powers of ten.
    Log,
}

/// One axis of a panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Label with its unit in brackets where it has one.
    pub label: String,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Scale.
    pub scale: Scale,
}

/// One panel of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Title over the panel; may be empty.
    pub title: String,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// What is drawn, first at the bottom.
    pub layers: Vec<Layer>,
}

/// Something drawn in a panel. Every layer with a name gets a legend entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// A curve through points, e.g. exact values.
    Line {
        /// Legend entry.
        name: String,
        /// Points (x, y).
        points: Vec<(f64, f64)>,
        /// Whether the line is dashed.
        dashed: bool,
        /// Index into the palette; the same index is the same colour in every panel.
        colour: usize,
    },
    /// Markers, each with an interval where it has one.
    Points {
        /// Legend entry.
        name: String,
        /// Points (x, y).
        points: Vec<(f64, f64)>,
        /// Intervals (low, high) of y, empty or one a point.
        intervals: Vec<(f64, f64)>,
        /// Index into the palette.
        colour: usize,
        /// Marker radius in pixels: large for a few points, 1 for a cloud.
        radius: u32,
    },
    /// Bars of a histogram.
    Bars {
        /// Legend entry.
        name: String,
        /// Bin edges, one more than heights.
        edges: Vec<f64>,
        /// Heights.
        heights: Vec<f64>,
        /// Index into the palette.
        colour: usize,
    },
    /// A map of values over a grid.
    Heat {
        /// Legend entry: what the colour means.
        name: String,
        /// Cell edges along x, one more than columns.
        x_edges: Vec<f64>,
        /// Cell edges along y, one more than rows.
        y_edges: Vec<f64>,
        /// Values by row (y), then column (x).
        values: Vec<Vec<f64>>,
        /// Value at the dark end of the colour scale.
        low: f64,
        /// Value at the bright end.
        high: f64,
    },
    /// A short text at a place.
    Note {
        /// The text.
        text: String,
        /// Where, in the axes' units.
        at: (f64, f64),
    },
}
