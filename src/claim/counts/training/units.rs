//! Numbers with the units of training.

use std::ops::Range;

use super::super::Bound;
use super::super::shares::{bound, percent};
use super::super::words::{Word, is};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Examples of a set.
    Data,
    /// Examples of a batch.
    Batch,
    /// Epochs.
    Epochs,
    /// Steps of the optimizer in one epoch.
    PerEpoch,
    /// Steps of the optimizer altogether.
    Steps,
}

/// A number with its unit and the words that say both.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The number.
    pub value: f64,
    /// Half a unit of its last digit; 0 for a whole number.
    pub slack: f64,
    /// Its bound.
    pub bound: Bound,
    /// What it counts.
    pub unit: Unit,
    /// Places of its words.
    pub words: Range<usize>,
}

const STEPS: &[&str] =
    &["steps", "step", "updates", "update", "batches", "iterations", "iteration", "minibatches", "mini-batches"];
const OF_STEPS: &[&str] = &["gradient", "optimizer", "optimiser", "optimization", "training", "parameter", "weight", "full"];
const DATA: &[&str] = &[
    "pairs",
    "documents",
    "lines",
    "biographies",
    "examples",
    "questions",
    "rows",
    "texts",
    "samples",
    "articles",
    "docs",
    "people",
    "names",
    "sequences",
    "sentences",
];
const OF_DATA: &[&str] = &["training", "train", "finetuning", "fine-tuning", "wiki", "wikipedia", "question-answer", "qa"];

/// Words that add nothing to what is said of training.
const PLAIN: &[&str] = &[
    "sees",
    "seen",
    "see",
    "reads",
    "the",
    "a",
    "an",
    "of",
    "on",
    "in",
    "with",
    "for",
    "we",
    "i",
    "it",
    "this",
    "that",
    "these",
    "so",
    "and",
    "is",
    "are",
    "was",
    "were",
    "be",
    "has",
    "have",
    "had",
    "takes",
    "take",
    "took",
    "needs",
    "need",
    "makes",
    "make",
    "made",
    "gives",
    "give",
    "gave",
    "means",
    "mean",
    "i.e",
    "which",
    "there",
    "our",
    "total",
    "altogether",
    "overall",
    "over",
    "at",
    "by",
    "train",
    "trained",
    "training",
    "trains",
    "model",
    "run",
    "runs",
    "ran",
    "then",
    "thus",
    "hence",
    "therefore",
    "=",
    "-",
    ">",
    "→",
    "⇒",
    "≈",
    "~",
    "x",
    "×",
    "*",
    "·",
    "each",
    "every",
    "per",
    "about",
    "roughly",
    "around",
    "exactly",
    "only",
    "just",
    "one",
    "single",
    "pretraining",
    "pre-training",
    "finetuning",
    "fine-tuning",
    "pretrain",
    "finetune",
    "pretrained",
    "finetuned",
    "itself",
    "alone",
    "here",
    "to",
    "corresponds",
    "amounts",
    "equals",
    "used",
    "use",
    "uses",
    "using",
    "whole",
    "epoch",
    "consists",
    "contains",
    "comes",
    "part",
    "from",
    "d",
    "f",
    "e",
    "wiki.txt",
    "file",
    "set",
    "data",
    "corpus",
    "wikipedia",
    "dataset",
    "do",
    "does",
    "get",
    "up",
    "as",
    "all",
    "adds",
    "results",
    "leads",
    "\"",
    "'",
    "after",
    "rounded",
    "(",
    ")",
    "up",
    "times",
    "sees",
    "see",
    "saw",
    "seen",
    "shown",
    "processed",
    "processes",
    "perform",
    "performs",
    "done",
    "did",
    "more",
    "less",
    "than",
    "least",
    "most",
    "almost",
    "nearly",
    "approximately",
    "ca",
    "pass",
    "passes",
    "when",
    "number",
];

/// Whether a word adds nothing to what is said of training.
pub fn plain(w: &Word) -> bool {
    w.is(PLAIN)
}

/// The words behind a number up to a noun of a list, of which others may stand before it.
fn noun(s: &[Word], at: usize, nouns: &[&str], adjectives: &[&str]) -> Option<usize> {
    let mut i = at + 1;
    while is(s, i, adjectives) && i < at + 3 {
        i += 1;
    }
    is(s, i, nouns).then_some(i + 1)
}

/// Numbers of a clause that have a unit.
pub fn mentions(s: &[Word]) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < s.len() {
        match mention(s, at) {
            Some(list) => {
                at = list.iter().map(|m| m.words.end).max().unwrap_or(at + 1).max(at + 1);
                out.extend(list);
            }
            None => at += 1,
        }
    }
    per_epoch(s, &mut out);
    out
}

fn mention(s: &[Word], at: usize) -> Option<Vec<Mention>> {
    let digits = |i: usize| s.get(i).is_some_and(|w| w.text.starts_with(|c: char| c.is_ascii_digit()));
    let (value, decimals) = s[at].value.filter(|_| !percent(s, at))?;
    let slack = if decimals > 0 && value.fract() != 0.0 { s[at].slack() } else { 0.0 };
    let with = |unit: Unit, words: Range<usize>| Mention { value, slack, bound: bound(s, at), unit, words };
    let worded = |n: usize| at >= n && is(s, at - n, &["batch", "batchsize", "batch_size", "batches", "minibatches"]);
    let size = |n: usize| at > n && is(s, at - n, &["size"]) && is(s, at - n - 1, &["batch"]);
    let joint = at > 0 && is(s, at - 1, &["of", "=", "is", ":", "was"]);
    // "batch size 64", "a batch size of 64", "batches of 64".
    let joint = joint && !(at > 1 && is(s, at - 2, &["steps"]));
    if digits(at) && (worded(1) || size(1) || joint && (worded(2) || size(2))) && noun(s, at, STEPS, OF_STEPS).is_none() {
        let from = (0..3).rev().find(|n| worded(*n + 1)).map_or(at, |n| at - n - 1);
        let end = noun(s, at, DATA, OF_DATA).unwrap_or(at + 1);
        return Some(vec![with(Unit::Batch, from..end)]);
    }
    // "8 steps per epoch and 600 in total", "goes over 2937 documents 650 times".
    let summed = is(s, at + 1, &["altogether", "overall"]) || is(s, at + 1, &["in"]) && is(s, at + 2, &["total", "all"]);
    let stepped = |i: usize| is(s, i, &["steps", "updates", "batches", "iterations"]);
    if digits(at) && summed && (0..at).any(stepped) {
        return Some(vec![with(Unit::Steps, at..at + if is(s, at + 1, &["in"]) { 3 } else { 2 })]);
    }
    let over = s[..at].iter().any(|w| w.is(&["over", "through", "passes", "reads", "sees", "seen"]));
    if digits(at) && is(s, at + 1, &["times"]) && over && s[..at].iter().any(|w| w.is(DATA)) && decimals == 0 {
        return Some(vec![with(Unit::Epochs, at..at + 2)]);
    }
    // "1.9 million documents".
    let large = [("thousand", 1e3), ("million", 1e6)].iter().find(|(n, _)| is(s, at + 1, &[n])).map(|(_, k)| *k);
    if let Some((k, end)) = large.and_then(|k| Some((k, noun(s, at + 1, DATA, OF_DATA)?))) {
        let own = Mention { value: value * k, slack: k * s[at].slack(), bound: bound(s, at), unit: Unit::Data, words: at..end };
        return Some(vec![own]);
    }
    if is(s, at + 1, &["epochs"]) {
        return Some(vec![with(Unit::Epochs, at..at + 2)]);
    }
    if let Some(end) = noun(s, at, STEPS, OF_STEPS).filter(|_| digits(at)) {
        let each = is(s, end, &["per", "each", "every"]) && is(s, end + 1, &["epoch"])
            || is(s, end, &["in", "for"]) && is(s, end + 1, &["each", "every", "one", "an"]) && is(s, end + 2, &["epoch"])
            || is(s, end, &["an", "each", "/"]) && is(s, end + 1, &["epoch"]);
        let unit = if each { Unit::PerEpoch } else { Unit::Steps };
        let end = if each { (end..end + 3).find(|i| is(s, *i, &["epoch"])).map_or(end, |i| i + 1) } else { end };
        return Some(vec![with(unit, at..end)]);
    }
    // "1000/64": how many steps an epoch has.
    if is(s, at + 1, &["/"])
        && let Some((batch, 0)) = s.get(at + 2).and_then(|w| w.value)
        && value > batch
        && batch >= 2.0
    {
        let other = Mention { value: batch, unit: Unit::Batch, ..with(Unit::Batch, at..at + 3) };
        let end = noun(s, at + 2, STEPS, OF_STEPS).unwrap_or(at + 3);
        return Some(vec![with(Unit::Data, at..end), other]);
    }
    let end = noun(s, at, DATA, OF_DATA).filter(|_| digits(at) && value >= 2.0)?;
    Some(vec![with(Unit::Data, at..end)])
}

/// Steps of an epoch that is named elsewhere in the clause: `one epoch has 8 batches`, `30 epochs of 16 steps each`.
fn per_epoch(s: &[Word], list: &mut [Mention]) {
    // "8 steps per epoch and 600 in total": those of an epoch are said.
    if list.iter().any(|m| m.unit == Unit::PerEpoch) {
        return;
    }
    let single =
        s.windows(2).any(|w| w[0].is(&["one", "an", "each", "every", "single", "1", "per", "the"]) && w[1].is(&["epoch"]));
    let epochs = list.iter().find(|m| m.unit == Unit::Epochs).map(|m| m.words.end);
    let steps = list.iter().filter(|m| m.unit == Unit::Steps).count();
    if single && steps == 1 && epochs.is_none() {
        list.iter_mut().filter(|m| m.unit == Unit::Steps).for_each(|m| m.unit = Unit::PerEpoch);
        return;
    }
    // "30 epochs of 16 steps", "30 epochs x 16 steps", "with 16 steps each": the first of them; the others are what comes out.
    let Some(end) = epochs else { return };
    let joined = is(s, end, &["of", "x", "×", "*", "·", "with", "à", "times", "by", "at"]);
    let first = list.iter_mut().find(|m| m.unit == Unit::Steps);
    if let Some(m) = first {
        let near = joined && m.words.start <= end + 2;
        let each = is(s, m.words.end, &["each"]);
        if each || near && steps >= 1 {
            m.unit = Unit::PerEpoch;
        }
    }
}
