//! Moments that are compared in words: "the variance of c becomes half", "… is the same as in part i", "… dies out like 1/β",
//! "head 2 fluctuates as strongly as the first", "the scores of key a in the two heads are uncorrelated", "perpendicular to
//! μ_a the variance of k_a stays α".

use super::directions::{across, every_direction};
use super::outcome;
use super::said::{Clause, Said, applied, plain};
use crate::language::{Relation, Tok, Token};

/// Reads a clause that compares a moment with another or says how it goes.
pub fn read(c: &Clause) -> Option<Vec<Said>> {
    variance_goes(c)
        .or_else(|| same_for_both(c))
        .or_else(|| share_of_the_old(c))
        .or_else(|| constant(c))
        .or_else(|| as_strongly(c))
        .or_else(|| uncorrelated(c))
        .or_else(|| across(c))
        .or_else(|| every_direction(c))
}

/// Words between a moment and what is said of it.
pub(super) const BE: &[&str] = &[
    "is",
    "are",
    "becomes",
    "become",
    "stays",
    "stay",
    "remains",
    "remain",
    "gets",
    "was",
    "will",
    "be",
    "then",
    "now",
    "still",
    "just",
    "only",
    "exactly",
    "therefore",
    "thus",
    "again",
    "also",
    "even",
    "simply",
    "about",
    "almost",
    "nearly",
    "roughly",
];

/// "the variance of c …": how it goes, or what it is as large as.
fn variance_goes(c: &Clause) -> Option<Vec<Said>> {
    let start = c.skip(0, &["averaging", "this", "it", "makes", "two", "random", "outputs", "heads", "having"]);
    let makes = start > 0 && (0..start).any(|i| c.is(i, &["makes"]));
    let (end, left, of, sure) = c.variance(if makes { start } else { 0 })?;
    let output = of.first().is_some_and(|t| t.is_name("c"));
    if let Some(said) = like(c, end, &left) {
        return Some(vec![Said { tentative: !sure, quantity: Some(of), ..said }]);
    }
    let grows = output && grows_without_bound(c, end).is_some_and(|e| c.over(e));
    grows.then(|| vec![Said::of(left, Relation::Tends, vec![infinity()], sure)])
}

fn infinity() -> Token {
    super::super::phrases::made(Tok::Infinity, crate::span::Span::default())
}

/// "explodes without bound", "diverges", "is unbounded".
fn grows_without_bound(c: &Clause, at: usize) -> Option<usize> {
    let start = c.skip(at, BE);
    let ways = [
        "explodes",
        "explodes without bound",
        "explodes without any bound",
        "diverges",
        "blows up",
        "grows without bound",
        "grows without any bound",
        "grows without limit",
        "grows beyond all bounds",
        "grows beyond any bound",
        "goes to infinity",
        "tends to infinity",
        "unbounded",
        "infinite",
        "increases without bound",
        "increases without limit",
        "grows to infinity",
    ];
    ways.iter().filter_map(|w| c.phrase(start, w)).max()
}

/// "dies out like 1/β", "becomes half", "is the same as in part i", "is as large as that of one head".
fn like(c: &Clause, at: usize, left: &[Token]) -> Option<Said> {
    let falls = [
        "dies out",
        "dies away",
        "vanishes",
        "decays",
        "decreases",
        "shrinks",
        "falls",
        "falls off",
        "drops",
        "goes to zero",
        "goes down",
        "goes away",
        "tends to zero",
        "disappears",
        "fades",
        "fades away",
    ];
    if let Some(end) = falls.iter().filter_map(|w| c.phrase(at, w)).max()
        && let Some(start) = c
            .phrase(end, "like|as|with")
            .or_else(|| c.phrase(end, "in proportion to"))
            .or_else(|| c.phrase(end, "proportionally to"))
    {
        let (end, value) = c.operand(start)?;
        let falling = value.iter().any(|t| matches!(t.kind, Tok::Slash | Tok::Frac | Tok::Sup | Tok::Function("exp")));
        return (c.over(end) && falling).then(|| Said::of(left.to_vec(), Relation::Tends, value, true));
    }
    let start = c.skip(at, BE);
    let two = c.world.slots.len() == 2;
    let halves = [
        "half",
        "halved",
        "one half",
        "cut in half",
        "cut by half",
        "half as large",
        "half as big",
        "reduced to half",
        "half of it",
        "divided by two",
    ];
    let quarters = ["a quarter", "one quarter", "quartered", "a fourth", "reduced to a quarter", "divided by four"];
    let lone = left.len() == 4 && left[2].is_name("c");
    // "half of the single head's variance in (c)"
    let single = [
        "single head's variance",
        "old variance",
        "variance of the single head",
        "variance of a single head",
        "variance with one head",
        "previous variance",
    ];
    let part = |e: usize| c.phrase(e, "in|of|from").and_then(|e| c.part(e)).unwrap_or(e);
    for (words, factor) in [("half", "1/2"), ("one half", "1/2"), ("a quarter", "1/4"), ("one quarter", "1/4")] {
        let of = c.phrase(start, words).map(|e| c.skip(e, &["of", "the"]));
        if let Some(end) = of.and_then(|e| c.longest_phrase(e, &single)).filter(|_| two && lone && c.odd_key().is_some()) {
            let value = plain(&format!("{factor} * {SINGLE}"), c.world);
            return c.over(part(end)).then(|| Said::of(left.to_vec(), Relation::Approx, value, true));
        }
    }
    let halved = halves.iter().filter_map(|w| Some((c.phrase(start, w)?, "1/2")));
    let factor = halved.chain(quarters.iter().filter_map(|w| Some((c.phrase(start, w)?, "1/4")))).max_by_key(|(e, _)| *e);
    if let Some((end, factor)) = factor.filter(|(end, _)| start > at || *end > start) {
        let end = one_head(c, end).unwrap_or(end);
        return (two && lone && c.over(end))
            .then(|| Said::of(left.to_vec(), Relation::Equal, plain(&format!("{factor} Var(c_1)"), c.world), true));
    }
    let sizes = [
        ("larger than", Relation::Greater),
        ("bigger than", Relation::Greater),
        ("higher than", Relation::Greater),
        ("greater than", Relation::Greater),
        ("smaller than", Relation::Less),
        ("lower than", Relation::Less),
        ("less than", Relation::Less),
    ];
    let much = c.skip(start, &["much", "even", "far", "clearly", "a", "lot", "way", "considerably", "slightly"]);
    if let Some((end, relation)) = sizes.iter().find_map(|(w, r)| Some((c.phrase(much, w)?, *r))) {
        if let Some(end) = one_head(c, end) {
            // Where the question before had one head, that is meant.
            let value = if c.odd_key().is_some() && !c.is(end - 1, &["them"]) { SINGLE } else { "Var(c_1)" };
            return (two && lone && c.over(end)).then(|| Said::of(left.to_vec(), relation, plain(value, c.world), true));
        }
        let value = earlier(c, c.phrase(of_it(c, end), "in|of|from").unwrap_or(end))?;
        // What vanished before is exceeded by whatever does not.
        let relation = if value == "0" && relation == Relation::Greater { Relation::NotEqual } else { relation };
        return (lone || two && output(left)).then(|| Said::of(left.to_vec(), relation, plain(value, c.world), true));
    }
    if let Some(value) = unchanged(c, at) {
        return lone.then(|| Said::of(left.to_vec(), Relation::Approx, plain(value, c.world), true));
    }
    let same = [
        "the same as",
        "as small as",
        "as large as",
        "as big as",
        "as high as",
        "no smaller than",
        "unchanged from",
        "just as small as",
        "just as large as",
        "the same size as",
        "equal to the one",
        "not different from",
        "as low as",
    ];
    let end = same.iter().filter_map(|w| c.phrase(start, w)).max()?;
    // "the variance of c_1 is the same as that of the single head in (c)(ii)"
    let earlier_head = one_head(c, end).and_then(|e| earlier(c, c.phrase(e, "in|of|from")?));
    if let Some(value) = earlier_head {
        return (two && output(left)).then(|| Said::of(left.to_vec(), Relation::Approx, plain(value, c.world), true));
    }
    if let Some(end) = one_head(c, end) {
        return (two && lone && c.over(end)).then(|| Said::of(left.to_vec(), Relation::Approx, plain("Var(c_1)", c.world), true));
    }
    let end = of_it(c, end);
    let value = earlier(c, c.phrase(end, "in|of|from").unwrap_or(end))?;
    (lone || two && output(left)).then(|| Said::of(left.to_vec(), Relation::Approx, plain(value, c.world), true))
}

/// What the variance of the output comes to with one head and the odd key.
const SINGLE: &str = "1/4 ‖v_a - v_b‖^2";

/// Behind "it was", "that of c", "the variance of c".
fn of_it(c: &Clause, at: usize) -> usize {
    let end = c.skip(at, &["it", "was", "that", "the", "one", "variance", "of", "c"]);
    if c.tokens.get(end).is_some_and(|t| t.is_name("c")) && c.phrase(end + 1, "in").is_some() { end + 1 } else { end }
}

/// "does not change compared to part (i)", "stays as it was in (i)".
fn unchanged(c: &Clause, at: usize) -> Option<&'static str> {
    let ways = [
        "does not change",
        "doesn't change",
        "has not changed",
        "is unchanged",
        "stays unchanged",
        "remains unchanged",
        "stays as it was",
        "stays the same",
        "remains the same",
        "is not affected",
        "is the same",
    ];
    let end = ways.iter().filter_map(|w| c.phrase(at, w)).max()?;
    let compared = ["compared to", "compared with", "with respect to", "relative to", "in comparison to", "as in", "in", "from"];
    earlier(c, compared.iter().filter_map(|w| c.phrase(end, w)).max()?)
}

/// Whether a moment is that of an output, `Var(c)` or `Var(c_1)`.
fn output(moment: &[Token]) -> bool {
    moment.get(2).is_some_and(|t| t.is_name("c"))
        && moment[3..].iter().all(|t| !matches!(&t.kind, Tok::Name(_) | Tok::Plus | Tok::Minus))
}

/// "both heads have the same variance", "c_1 and c_2 have equal variances", "the two heads fluctuate equally".
fn same_for_both(c: &Clause) -> Option<Vec<Said>> {
    if c.world.slots.len() != 2 {
        return None;
    }
    let start = c.skip(0, &["the", "then"]);
    let whos = ["both heads", "two heads", "heads", "both outputs", "two outputs", "both of them"];
    let pair = || {
        let (end, _) = c.output_sign(start).filter(|(_, t)| t.len() > 1)?;
        let (end, _) = c.output_sign(c.phrase(end, "and")?)?;
        Some(c.skip(end, &["both"]))
    };
    let at = c.longest_phrase(start, &whos).or_else(pair)?;
    let at = c.skip(at, &["then", "now", "still", "therefore", "thus", "also"]);
    let ways = [
        "have the same variance",
        "have equal variance",
        "have equal variances",
        "have the same variances",
        "have the same covariance",
        "have identical variances",
        "are equally variable",
        "are equally noisy",
        "fluctuate equally",
        "fluctuate equally strongly",
        "vary equally",
        "vary equally strongly",
        "vary by the same amount",
        "are disturbed equally",
        "are affected equally",
        "are equally affected",
        "are hit equally",
        "swing equally",
    ];
    let end = c.longest_phrase(at, &ways)?;
    let variance = |n: &str| applied("Var", &plain(&format!("c_{n}"), c.world));
    c.over(end).then(|| vec![Said::of(variance("1"), Relation::Approx, variance("2"), true)])
}

/// "head 2 is basically constant", "c_2 hardly varies": no variance.
fn constant(c: &Clause) -> Option<Vec<Said>> {
    let (end, one) = c.side(0)?;
    let about = [
        "is",
        "stays",
        "remains",
        "basically",
        "practically",
        "nearly",
        "almost",
        "essentially",
        "approximately",
        "then",
        "now",
        "also",
        "more",
        "or",
        "less",
    ];
    let start = c.skip(end, &about);
    let still = [
        "constant",
        "deterministic",
        "fixed",
        "hardly varies",
        "barely varies",
        "hardly changes",
        "does not vary",
        "hardly fluctuates",
        "hardly moves",
        "barely moves",
        "hardly swings",
    ];
    let end = c.longest_phrase(start, &still)?;
    let tail = c.longest_phrase(end, &["over the draws", "from draw to draw", "in every draw", "over draws"]).unwrap_or(end);
    c.over(tail).then(|| vec![Said::of(applied("Var", &one), Relation::Approx, plain("0", c.world), true)])
}

/// "c has half of the old variance", "c has half the variance of one head".
fn share_of_the_old(c: &Clause) -> Option<Vec<Said>> {
    let start = c.skip(0, &["the", "output"]);
    let (end, one) = c.output_sign(start).filter(|(_, t)| t.len() == 1)?;
    let at = c.skip(c.phrase(end, "has|have|gets|keeps")?, &["only", "just", "exactly", "about", "then", "now"]);
    let factors = [("half", "1/2"), ("one half", "1/2"), ("a quarter", "1/4"), ("one quarter", "1/4"), ("a fourth", "1/4")];
    let (end, factor) = factors.iter().filter_map(|(w, f)| Some((c.phrase(at, w)?, *f))).max_by_key(|(e, _)| *e)?;
    let end = c.skip(end, &["of", "the"]);
    let old = [
        "old variance",
        "variance of before",
        "previous variance",
        "earlier variance",
        "variance of part c",
        "variance of the single head",
        "variance of one head",
        "variance of a single head",
    ];
    let end = c.longest_phrase(end, &old)?;
    let single = c.odd_key().is_some() && c.world.slots.len() == 2;
    let value = plain(&format!("{factor} * {SINGLE}"), c.world);
    (single && c.over(end)).then(|| vec![Said::of(applied("Var", &one), Relation::Approx, value, true)])
}

/// "of one head", "with a single head".
fn one_head(c: &Clause, at: usize) -> Option<usize> {
    let start = c.skip(
        at,
        &[
            "that", "of", "with", "for", "in", "the", "variance", "what", "we", "had", "have", "it", "is", "was", "as", "large",
            "big",
        ],
    );
    ["one head", "a single head", "single head", "each head", "one head alone", "a single one", "one of them"]
        .iter()
        .filter_map(|w| c.phrase(start, w))
        .max()
}

/// What the variance of the output comes to in an earlier part of the exercise.
fn earlier(c: &Clause, at: usize) -> Option<&'static str> {
    let own = c.odd_key().is_some();
    let (end, before) = match c.phrase(at, "before") {
        Some(end) => (end, true),
        None => (c.part(at)?, false),
    };
    let last = c.tokens.get(at..end)?.iter().rev().find_map(|t| match &t.kind {
        Tok::Name(n) | Tok::Word(n) if matches!(n.as_str(), "i" | "ii") => Some(n.clone()),
        _ => None,
    });
    if !c.over(end) || !own {
        return None;
    }
    match (last.as_deref(), c.world.slots.len()) {
        (Some("i"), _) => Some("0"),
        (None, 1) if before => Some("0"),
        (Some("ii"), 2) => Some(SINGLE),
        _ => None,
    }
}

/// "the second head fluctuates as strongly as the first one": their variances.
fn as_strongly(c: &Clause) -> Option<Vec<Said>> {
    let (end, one) = c.side(0)?;
    let stems = ["fluctuat", "vari", "swing", "jitter", "scatter", "wobbl", "jump", "oscillat", "noisy", "unstable"];
    let start = c.skip(end, &["is", "then", "also", "still", "now"]);
    c.word(start).filter(|w| stems.iter().any(|s| w.starts_with(s)) || w == "vary")?;
    let start = c.skip(start + 1, &["just", "exactly", "about", "nearly", "roughly", "equally"]);
    let how = "strongly|much|wildly|heavily|violently|often|widely|hard|badly";
    let equal = c.phrase(start, &format!("as {how} as")).or_else(|| c.phrase(start, "like")).or_else(|| c.phrase(start, "as"));
    let more = c.phrase(start, &format!("more {how} than")).or_else(|| c.phrase(start, "more than"));
    let less = c.phrase(start, &format!("less {how} than")).or_else(|| c.phrase(start, "less than"));
    let (start, relation) = [(more, Relation::Greater), (less, Relation::Less), (equal, Relation::Approx)]
        .into_iter()
        .find_map(|(e, r)| Some((e?, r)))?;
    let (end, other) = c.side(start)?;
    let tail = c.skip(end, &["does", "did", "one", "too"]);
    let same = one.len() == other.len() && one.iter().zip(&other).all(|(a, b)| a.kind == b.kind);
    (c.over(tail) && !same).then(|| vec![Said::of(applied("Var", &one), relation, applied("Var", &other), true)])
}

/// "the scores of key a in the two heads are uncorrelated": their covariance.
fn uncorrelated(c: &Clause) -> Option<Vec<Said>> {
    if c.world.slots.len() != 2 {
        return None;
    }
    let start = c.phrase(c.skip(0, &["the", "two"]), "scores|logits|products of")?;
    let (end, letter) = c.letter(start)?;
    let places = [
        "in the two heads",
        "in both heads",
        "of the two heads",
        "of both heads",
        "in head 1 and head 2",
        "under the two queries",
        "in the two",
        "for the two queries",
    ];
    let end = places.iter().filter_map(|w| c.phrase(end, w)).max()?;
    let verb = c.phrase(end, "are|is")?;
    let start = c
        .skip(verb, &["then", "also", "therefore", "thus", "hence", "completely", "stochastically", "statistically", "mutually"]);
    let denied = c.is(start, &["not"]);
    let (end, zero) = match c.phrase(start + usize::from(denied), "uncorrelated|independent") {
        Some(end) => (end, !denied),
        None => (c.phrase(start + usize::from(denied), "correlated|dependent")?, denied),
    };
    let covariance = plain(&format!("Cov(k_{letter}^T q_1, k_{letter}^T q_2)"), c.world);
    let relation = if zero { Relation::Equal } else { Relation::NotEqual };
    c.over(end).then(|| vec![Said::of(covariance, relation, plain("0", c.world), true)])
}

impl Clause<'_> {
    /// "the variance of c", `Var(c)`, or "the variance" alone, which is that of the output.
    fn variance(&self, at: usize) -> Option<(usize, Vec<Token>, Vec<Token>, bool)> {
        if let Some((end, left, of, sure)) = self.moment(at) {
            return matches!(left.first()?.kind, Tok::Function("Var" | "Cov" | "Std")).then_some((end, left, of, sure));
        }
        let start = self.phrase(at, "the")?;
        let (end, f) = self.noun(start).filter(|(_, f)| *f == "Var")?;
        let output = plain("c", self.world);
        // What was spoken of last may be something else.
        let spoken = self.memory.quantity.as_ref();
        let other = |q: &Vec<Token>| q.iter().any(|t| matches!(&t.kind, Tok::Name(n) if n != "c"));
        (self.odd_key().is_some()).then(|| (end, applied(f, &output), output.clone(), !spoken.is_some_and(other)))
    }

    /// A head, an output, or a score: one side of a comparison of fluctuations.
    fn side(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        outcome::output(self, at).or_else(|| {
            let start = self.skip(at, &["the"]);
            let n = if self.is(start, &["first"]) {
                "1"
            } else if self.is(start, &["second"]) {
                "2"
            } else {
                return None;
            };
            (self.world.slots.len() == 2).then(|| (start + 1, plain(&format!("c_{n}"), self.world)))
        })
    }
}
