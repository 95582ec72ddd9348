//! What is said of right and wrong answers in clauses that are read whole: `the share of wrong answers is 76.4 %`,
//! `it is wrong in 77 % of the cases`, `a single answer is more likely wrong than right`, `26 more right answers would
//! make 12.8 %`, `it beats us by 17 people`, `three times our score`, `it clears the 6 % that one expects`.
//!
//! Every word of a clause has a part or is known to add nothing; else the clause is left alone.

use std::ops::Range;

use super::figures::{ITEMS, Memory, Who, goal, named};
use super::fractions::fraction;
use super::shares::{bound, percent, total};
use super::words::Word;
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

/// Words that add nothing to what is said of answers.
const PLAIN: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "our",
    "all",
    "dev",
    "development",
    "questions",
    "question",
    "answers",
    "answer",
    "names",
    "people",
    "persons",
    "birth",
    "places",
    "predictions",
    "prediction",
    "is",
    "are",
    "were",
    "was",
    "be",
    "so",
    "we",
    "it",
    "model",
    "network",
    "this",
    "that",
    "these",
    "those",
    "now",
    "then",
    "get",
    "gets",
    "got",
    "for",
    "in",
    "on",
    "set",
    "only",
    "still",
    "thus",
    "hence",
    "means",
    "which",
    "has",
    "have",
    "had",
    "its",
    "them",
    "cases",
    "case",
    "to",
    "too",
    "also",
    "and",
    "as",
    "one",
    "ones",
    "us",
    "ours",
    "me",
    "my",
    "their",
    "perceiver",
    "vanilla",
    "pretrained",
    "unpretrained",
    "finetuned",
    "pretraining",
    "without",
    "with",
    "after",
    "transformer",
    "variant",
    "baseline",
    "constant",
    "always",
    "london",
    "everybody",
    "everyone",
    "part",
    "there",
    "here",
    "at",
    "by",
    "than",
    "therefore",
    "however",
    "just",
    "even",
    "result",
    "score",
    "accuracy",
    "hits",
    "hit",
    "itself",
    "who",
    "d",
    "f",
    "already",
    "others",
    "rest",
    "remaining",
    "other",
    "whole",
    "saying",
    "answering",
    "strategy",
    "guess",
    "file",
    "examples",
    "test-free",
    "out",
    "right",
    "correct",
    "correctly",
    "rightly",
    "course",
    "he",
    "she",
    "someone",
    "system",
    "given",
    "any",
    "single",
    "random",
    "altogether",
    "exactly",
    "precisely",
    "\"",
    "“",
    "”",
    "'",
    "—",
    "–",
    "does",
    "do",
    "times",
    "time",
    "every",
    "each",
    "city",
    "best",
];
/// Words of bounds, before numbers.
const BOUNDS: &[&str] = &[
    "about",
    "around",
    "roughly",
    "approximately",
    "approx",
    "nearly",
    "almost",
    "ca",
    "circa",
    "≈",
    "~",
    "more",
    "less",
    "over",
    "above",
    "below",
    "under",
    "least",
    "most",
    "than",
    "fewer",
    "bit",
    "little",
    "slightly",
    "somewhat",
];

fn one() -> Amount {
    Amount::Is(1.0, 0.0)
}

fn less(a: Amount, b: Amount) -> Amount {
    Amount::Less(Box::new(a), Box::new(b))
}

fn over(a: Amount, b: Amount) -> Amount {
    Amount::Over(Box::new(a), Box::new(b))
}

fn items() -> Amount {
    Amount::Fact(ITEMS.into())
}

fn is_right(w: &Word) -> bool {
    w.is(&["right", "correct", "correctly", "rightly"])
}

fn cuts(w: &Word) -> bool {
    w.is(&[",", ";", ":", "(", ")", "|", "but", "while", "whereas", "because", "=", "→", "so", "thus", "hence", "or", "where"])
}

/// Clauses of a sentence; an `and` parts where what follows it has a number or a verb of its own.
fn clauses(s: &[Word]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for i in 0..=s.len() {
        let and = || {
            s[i].is(&["and"]) && s[i + 1..].iter().take_while(|w| !cuts(w)).any(|w| w.is(&["is", "are", "was", "were", "has"]))
        };
        if i == s.len() || cuts(&s[i]) || and() {
            if from < i {
                out.push(from..i);
            }
            from = i + 1;
        }
    }
    out
}

/// A clause without the accuracy that it names aside (`with 119 of 500 right`, `that has 115 of 500 right`), and that.
struct Clause<'a> {
    s: &'a [Word],
    /// Places of its words, but for the aside.
    own: Vec<usize>,
    /// The accuracy of the aside.
    figure: Option<Amount>,
}

impl<'a> Clause<'a> {
    fn read(s: &'a [Word], range: &Range<usize>) -> Clause<'a> {
        let plain = Clause { s, own: range.clone().collect(), figure: None };
        let opens = |i: usize| s[i].is(&["with", "at", "has", "having", "gets", "got", "had"]);
        let Some(open) = range.clone().find(|i| opens(*i)) else { return plain };
        let at = open + 1 + usize::from(s.get(open + 1).is_some_and(|w| w.is(&["an", "a", "its", "our", "only"])));
        if at >= range.end || s[at].value.is_none() {
            return plain;
        }
        let (figure, end) = match total(s, at) {
            Some((end, of)) if end < range.end && of >= 20.0 => (Amount::Is(s[at].value.map_or(0.0, |v| v.0) / of, 0.0), end + 1),
            _ if percent(s, at) => (Amount::Is(s[at].value.map_or(0.0, |v| v.0) / 100.0, s[at].slack() / 100.0), at + 2),
            _ => return plain,
        };
        let mut end = end.min(range.end);
        let noun = |w: &Word| is_right(w) || w.is(&["accuracy", "questions", "answers", "names", "people", "dev", "hits"]);
        while end < range.end && noun(&s[end]) {
            end += 1;
        }
        // What is left has to say something.
        let own: Vec<usize> = range.clone().filter(|i| *i < open || *i >= end).collect();
        if own.iter().any(|i| s[*i].value.is_some() || s[*i].is(&["likely", "often", "misses", "reaches", "most"])) {
            return Clause { s, own, figure: Some(figure) };
        }
        plain
    }

    /// Whether all words but those at `taken` are known.
    fn whole(&self, taken: &[usize], more: &[&str]) -> bool {
        self.own.iter().all(|i| {
            let w = &self.s[*i];
            taken.contains(i) || w.is(PLAIN) || w.is(more) || w.is(BOUNDS) || is_wrong(w)
        })
    }

    /// The accuracies that it may speak of, and whether it can only be that.
    fn accuracies(&self, memory: &Memory) -> (Vec<Amount>, bool) {
        if let Some(figure) = &self.figure {
            return (vec![figure.clone()], true);
        }
        let words: Vec<Word> = self.own.iter().map(|i| self.s[*i].clone()).collect();
        let of = match named(&words).or(memory.own) {
            Some(who) => memory.of(who),
            None => memory.figures.iter().map(|f| f.share.clone()).collect(),
        };
        let certain = of.len() == 1;
        (of, certain)
    }
}

/// The bound of a number; a little more than it is about it.
fn bounded(s: &[Word], at: usize) -> Bound {
    let little = at >= 3 && s[at - 1].is(&["than"]) && s[at - 3].is(&["bit", "little", "slightly", "somewhat", "just"]);
    if little { Bound::About } else { bound(s, at) }
}

/// A share said in a clause: its value in percent, slack, bound and words.
fn share(s: &[Word], own: &[usize]) -> Option<(f64, f64, Bound, Vec<usize>)> {
    let mut found = None;
    let mut n = 0;
    while n < own.len() {
        let at = own[n];
        let inside = |r: &Range<usize>| r.clone().all(|i| own.contains(&i));
        let here = if percent(s, at) {
            Some((s[at].value?.0, s[at].slack(), bounded(s, at), at..at + 2))
        } else if let Some((v, b, r)) = fraction(s, at).or_else(|| of_them(s, at)) {
            Some((100.0 * v, 0.0, b, r))
        } else if s[at].is(&["most"]) && !(at > 0 && s[at - 1].is(&["at", "the"])) || s[at].is(&["majority"]) {
            Some((50.0, 0.0, Bound::Above, at..at + 1))
        } else {
            None
        };
        match here.filter(|h| inside(&h.3)) {
            Some(_) if found.is_some() => return None,
            Some(h) => {
                n += h.3.len();
                found = Some((h.0, h.1, h.2, h.3.collect()));
            }
            None => n += 1,
        }
    }
    found
}

/// `three of four answers`: with a noun of what is answered behind.
fn of_them(s: &[Word], at: usize) -> Option<(f64, Bound, Range<usize>)> {
    let small = |i: usize| s.get(i).and_then(Word::count).filter(|n| (1.0..=20.0).contains(n));
    let (n, of) = (small(at)?, small(at + 2)?);
    let noun = s.get(at + 3).is_some_and(|w| w.is(&["answers", "predictions", "questions", "people", "names", "times", "cases"]));
    let bound = if bounded(s, at) == Bound::Exactly { Bound::About } else { bounded(s, at) };
    (s[at + 1].is(&["of"]) && noun && n < of).then_some((n / of, bound, at..at + 3))
}

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut out: Vec<(Range<usize>, Counted)> = sum(s).into_iter().collect();
    for range in clauses(s) {
        let clause = Clause::read(s, &range);
        let said = likelier(&clause, memory)
            .or_else(|| answered(&clause, memory))
            .or_else(|| threshold(&clause, memory))
            .or_else(|| ahead(&clause, &range, memory))
            .or_else(|| multiple(&clause, &range, memory));
        out.extend(said.map(|c| (range.clone(), c)));
    }
    out.extend(supposed(s, memory));
    out
}

/// `is wrong in 77 % of the cases`, `372 answers are wrong`, `the error rate is 76.4 %`.
fn answered(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let wrong = own.iter().any(|i| is_wrong(&s[*i]) || s[*i].is(&["error"]));
    let right = own.iter().any(|i| is_right(&s[*i]));
    let totals: Vec<usize> = own.iter().copied().filter(|i| s[*i].count().is_some_and(|n| (n - 500.0).abs() < 0.5)).collect();
    let shared = share(s, own);
    let used: Vec<usize> = shared.as_ref().map(|x| x.3.clone()).unwrap_or_default();
    let counts: Vec<usize> = own
        .iter()
        .copied()
        .filter(|i| s[*i].value.is_some() && !used.contains(i) && !totals.contains(i) && !s[*i].is(&["one"]))
        .collect();
    let more = ["share", "rate", "fraction", "percentage", "proportion", "error", "%", "percent", "majority"];
    let taken = [used.clone(), totals.clone(), counts.clone()].concat();
    if wrong == right || !clause.whole(&taken, &more) || totals.len() > 1 {
        return None;
    }
    let (mut shares, mut certain) = clause.accuracies(memory);
    // "118 answers are right and 382 are wrong": the sentence itself says how many are right.
    let here = (0..s.len()).find(|i| super::figures::counted_right(s, *i));
    if let Some(i) = here.filter(|_| clause.figure.is_none() && wrong) {
        (shares, certain) = (vec![over(Amount::Is(s[i].count()?, 0.0), items())], true);
    }
    let complement = |a: Amount| if wrong { less(one(), a) } else { a };
    let what = if wrong { "the answers that are not right" } else { "the answers that are right" }.to_string();
    let said = match (shared, counts.as_slice()) {
        // "23.6 % are right" is where the accuracy is known from.
        (Some((value, slack, bound, places)), []) if wrong || bound != Bound::Exactly || !percent(s, places[0]) => {
            let of = shares.into_iter().map(|a| Amount::Times(100.0, Box::new(complement(a)))).collect();
            Counted { value, slack, bound, of, certain, what }
        }
        (None, [at]) if wrong => {
            let value = s[*at].count().filter(|n| *n >= 2.0)?;
            let of = shares.into_iter().map(|a| over(complement(a), over(one(), items()))).collect();
            // A count without its total may be of others than the dev questions, unless right ones stand beside it.
            let beside = !totals.is_empty() || s.iter().any(is_right);
            Counted { value, slack: 0.5, bound: bounded(s, *at), of, certain: certain && beside, what }
        }
        _ => return None,
    };
    (!said.of.is_empty()).then_some(said)
}

/// `more likely right than wrong`, `more wrong than right answers`.
fn likelier(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let than = own.iter().position(|i| s[*i].is(&["than"]))?;
    let (before, after) = (&own[..than], &own[than + 1..]);
    let polar = |list: &[usize]| -> Option<bool> {
        let right = list.iter().any(|i| is_right(&s[*i]));
        let wrong = list.iter().any(|i| is_wrong(&s[*i]));
        (right != wrong).then_some(right)
    };
    let (first, second) = (polar(before)?, polar(after)?);
    let more = before.iter().any(|i| s[*i].is(&["more", "oftener", "likelier"]));
    let fewer = before.iter().any(|i| s[*i].is(&["less", "fewer"]));
    let known = ["likely", "often", "probably", "frequently", "oftener", "likelier", "no"];
    let denied = own.iter().any(|i| s[*i].is(&["no", "not"]));
    let numbers = own.iter().any(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    if first == second || more == fewer || denied || numbers || !clause.whole(&[], &known) {
        return None;
    }
    let up = first == more;
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares.into_iter().map(|a| Amount::Times(100.0, Box::new(a))).collect();
    let bound = if up { Bound::Above } else { Bound::Below };
    let what = "the share of right answers, in percent".to_string();
    (!of.is_empty()).then_some(Counted { value: 50.0, slack: 0.0, bound, of, certain, what })
}

/// `with 8.2 % it misses the 6 % that one expects`, `it clears the required 10 %`.
fn threshold(clause: &Clause, memory: &Memory) -> Option<Counted> {
    const UP: &[&str] = &[
        "reaches",
        "reach",
        "reached",
        "meets",
        "meet",
        "met",
        "passes",
        "pass",
        "passed",
        "clears",
        "clear",
        "cleared",
        "satisfies",
    ];
    const OVER: &[&str] = &["exceeds", "exceed", "beats", "beat", "surpasses", "surpass", "tops", "above", "over"];
    const DOWN: &[&str] = &["misses", "miss", "missed", "below", "under", "fails"];
    let (s, own) = (clause.s, &clause.own);
    let mut verbs = own.iter().copied().filter(|i| s[*i].is(UP) || s[*i].is(OVER) || s[*i].is(DOWN));
    let verb = verbs.next().filter(|_| verbs.next().is_none())?;
    let mut numbers = own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let at = numbers.next().filter(|_| numbers.next().is_none())?;
    let not = own.iter().filter(|i| s[**i].is(&["not", "cannot"])).count();
    let more = [
        "expects",
        "expected",
        "required",
        "requires",
        "wanted",
        "asked",
        "demanded",
        "goal",
        "target",
        "bar",
        "threshold",
        "mark",
        "minimum",
        "needed",
        "hoped",
        "handout",
        "sheet",
        "assignment",
        "limit",
        "line",
        "%",
        "percent",
        "lies",
        "stays",
        "clearly",
        "not",
        "well",
        "easily",
        "narrowly",
        "mentioned",
        "dev",
        "should",
        "fails",
    ];
    let supposed = s.iter().any(|w| w.is(&["if", "would", "could", "might", "may", "hope"]));
    let range = [at, at + 1];
    let verb_known: Vec<usize> = range.iter().copied().chain([verb]).collect();
    if at < verb || !percent(s, at) || !goal(s, at) || supposed || not > 1 || !clause.whole(&verb_known, &more) {
        return None;
    }
    let up = s[verb].is(UP) || s[verb].is(OVER);
    let bound = match (up, s[verb].is(OVER), not == 1) {
        (true, true, false) => Bound::Above,
        (true, false, false) => Bound::AtLeast,
        (true, true, true) => Bound::AtMost,
        (true, false, true) | (false, _, false) => Bound::Below,
        (false, _, true) => Bound::AtLeast,
    };
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares.into_iter().map(|a| Amount::Times(100.0, Box::new(a))).collect();
    let value = s[at].value?.0;
    (!of.is_empty()).then(|| Counted { value, slack: 0.0, bound, of, certain, what: "the accuracy, in percent".into() })
}

/// Who is meant by words before a comparison and after it. A pronoun is the one spoken of before that is not the other.
fn sides(clause: &Clause, range: &Range<usize>, at: usize, memory: &Memory) -> Option<(Who, Who)> {
    let s = clause.s;
    let words = |keep: &dyn Fn(usize) -> bool| -> Vec<Word> {
        clause.own.iter().copied().filter(|i| keep(*i)).map(|i| s[i].clone()).collect()
    };
    let (before, after) = (words(&|i| i < at), words(&|i| i > at));
    let ours = |w: &[Word]| w.iter().any(|w| w.is(&["us", "our", "ours", "we"]));
    let object = named(&after).or_else(|| memory.own.filter(|_| ours(&after)))?;
    let spoken = || named(&s[..range.start]).filter(|w| *w != object);
    let own = memory.own.filter(|w| *w != object);
    let subject = named(&before)
        .filter(|w| *w != object)
        .or_else(|| if ours(&before) { own } else { None })
        .or_else(|| if Some(object) == memory.own { spoken() } else { own })?;
    Some((subject, object))
}

/// `it beats us by 17 people`, `better than always London by 16 questions`.
fn ahead(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    const UP: &[&str] = &["beats", "beat", "better", "ahead", "above", "higher", "outperforms", "surpasses", "exceeds", "leads"];
    const DOWN: &[&str] = &["worse", "behind", "below", "lower", "loses", "underperforms", "trails"];
    const NOUN: &[&str] =
        &["people", "persons", "questions", "answers", "names", "hits", "points", "percentage", "point", "right", "correct"];
    let (s, own) = (clause.s, &clause.own);
    let way = own.iter().copied().find(|i| s[*i].is(UP) || s[*i].is(DOWN))?;
    let by = own.iter().copied().find(|i| *i > way && s[*i].is(&["by"]))?;
    let mut at = by + 1;
    while s.get(at).is_some_and(|w| w.is(BOUNDS) || w.is(&["exactly", "just", "only"])) {
        at += 1;
    }
    let (value, _) = s.get(at).filter(|_| own.contains(&at))?.value?;
    let points = s[at..range.end].iter().any(|w| w.is(&["points", "point"]));
    let noun = s.get(at + 1).is_some_and(|w| w.is(NOUN) || w.is(&["%", "percent", "dev"]) && points);
    let supposed = s.iter().any(|w| w.is(&["if", "would", "could", "might", "should", "not"]));
    let mut words: Vec<usize> = (at..range.end).filter(|i| s[*i].is(NOUN) || s[*i].is(&["%", "percent"]) || *i == at).collect();
    words.push(way);
    if !noun || supposed || !clause.whole(&words, &["to", "against"]) {
        return None;
    }
    let (subject, object) = sides(clause, range, way, memory)?;
    let (a, b) = (memory.of(subject), memory.of(object));
    let (a, b) = if s[way].is(UP) { (a, b) } else { (b, a) };
    let scale = |x: Amount| if points { Amount::Times(100.0, Box::new(x)) } else { over(x, over(one(), items())) };
    let of: Vec<Amount> =
        a.iter().flat_map(|x| b.iter().map(|y| scale(less(x.clone(), y.clone()))).collect::<Vec<_>>()).collect();
    let slack = if points { s[at].slack() } else { 0.5 };
    let certain = of.len() == 1;
    let what = if points { "percentage points between the two" } else { "right answers between the two" }.into();
    (!of.is_empty()).then(|| Counted { value, slack, bound: bounded(s, at), of, certain, what })
}

/// `roughly three times our score`, `twice the accuracy of the constant answer`.
fn multiple(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let word = |i: usize, list: &[&str]| i < range.end && s[i].is(list);
    let (at, value, end) = own.iter().copied().find_map(|i| {
        let plain = [("twice", 2.0), ("double", 2.0), ("thrice", 3.0), ("half", 0.5)];
        if let Some((_, v)) = plain.iter().find(|(n, _)| s[i].is(&[n])) {
            return Some((i, *v, i + 1));
        }
        let value = s[i].value?.0;
        word(i + 1, &["times"]).then_some((i, value, i + 2))
    })?;
    let end = end + usize::from(word(end, &["of"]));
    let what =
        word(end, &["our", "the", "its", "that"]) && (end..range.end).any(|i| s[i].is(&["score", "accuracy", "result", "hits"]));
    let supposed = s.iter().any(|w| w.is(&["if", "would", "could", "might", "should", "not"]));
    let taken: Vec<usize> = (at..end).collect();
    let others = own.iter().any(|i| s[*i].value.is_some() && !taken.contains(i));
    if !what || supposed || others || !clause.whole(&taken, &[]) {
        return None;
    }
    let (subject, object) = sides(clause, range, at, memory)?;
    let (a, b) = (memory.of(subject), memory.of(object));
    let of: Vec<Amount> = a.iter().flat_map(|x| b.iter().map(|y| over(x.clone(), y.clone())).collect::<Vec<_>>()).collect();
    let (slack, bound) = match bounded(s, at) {
        Bound::Exactly if s[at].text.contains('.') => (s[at].slack(), Bound::Exactly),
        Bound::Exactly => (0.0, Bound::About),
        b => (0.0, b),
    };
    let certain = of.len() == 1;
    (!of.is_empty()).then(|| Counted { value, slack, bound, of, certain, what: "the quotient of the two".into() })
}

/// `26 more right answers would make 12.8 %`, `if it had 26 more right answers it would be at 12.8 %`.
fn supposed(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let more = (1..s.len())
        .find(|i| s[*i].is(&["more", "additional", "extra", "further", "fewer", "less"]) && s[*i - 1].count().is_some())?;
    let at = more - 1;
    let from = s[..at].iter().rposition(|w| w.is(&[",", ";", ":", "and", "but", "so"])).map_or(0, |i| i + 1);
    let place = (more + 1..s.len()).find(|i| percent(s, *i))?;
    let end = place + 2;
    let would = s[from..end].iter().any(|w| w.is(&["would", "gives", "give", "makes", "make", "yields", "is", "means"]));
    let known = [
        "if",
        "would",
        "make",
        "makes",
        "give",
        "gives",
        "yield",
        "yields",
        "mean",
        "additional",
        "extra",
        "further",
        "lead",
        "bring",
        "%",
        "percent",
        "had",
        ",",
        "reach",
        "raise",
        "lift",
    ];
    let range: Vec<usize> = (from..end).collect();
    let clause = Clause { s, own: range, figure: None };
    let right =
        s[more + 1..place].iter().any(|w| is_right(w) || w.is(&["hits", "hit", "answers", "people", "questions", "names"]));
    let ends = s.get(end).is_none_or(|w| cuts(w) || w.is(&["of", "accuracy", "instead"]));
    let others = (from..end).any(|i| s[i].value.is_some() && i != at && i != place && !s[i].is(&["one"]));
    if !would
        || !right
        || !ends
        || others
        || s[place..].iter().any(|w| w.is(&["points", "point"]))
        || !clause.whole(&[at, place], &known)
    {
        return None;
    }
    let up = !s[more].is(&["fewer", "less"]);
    let n = over(Amount::Is(s[at].count()?, 0.0), items());
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares
        .into_iter()
        .map(|a| Amount::Times(100.0, Box::new(if up { Amount::Sum(vec![a, n.clone()]) } else { less(a, n.clone()) })))
        .collect();
    let value = s[place].value?.0;
    let said = Counted {
        value,
        slack: s[place].slack(),
        bound: bounded(s, place),
        of,
        certain,
        what: "the accuracy then, in percent".into(),
    };
    (!said.of.is_empty()).then_some((from..end, said))
}

/// `2,937 lines = 2,000 + 500 + 437`.
fn sum(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    let equal = s.iter().position(|w| w.is(&["="]))?;
    let (mut at, mut terms) = (equal + 1, Vec::new());
    while let Some(n) = s.get(at).and_then(Word::count) {
        terms.push(Amount::Is(n, 0.0));
        at += 1;
        if !s.get(at).is_some_and(|w| w.is(&["+"])) {
            break;
        }
        at += 1;
    }
    // A noun between says what is counted; without one it is mathematics.
    let place = equal.checked_sub(2).filter(|i| s[*i].count().is_some() && s[equal - 1].text.chars().all(char::is_alphabetic))?;
    let ends = s.get(at).is_none_or(|w| cuts(w) || w.is(&["and", "people", "names", "pairs"]));
    let said = Counted {
        value: s[place].count()?,
        slack: 0.0,
        bound: Bound::Exactly,
        of: vec![Amount::Sum(terms.clone())],
        certain: true,
        what: "the sum".into(),
    };
    (terms.len() >= 2 && ends).then_some((equal..at, said))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str, own: Option<Who>) -> Vec<(f64, Bound, bool)> {
        let words = words_of(text);
        let memory = Memory::read(&words, own);
        super::super::words::sentences(&words)
            .flat_map(|s| find(s, &memory))
            .map(|(_, c)| ((c.value * 1e4).round() / 1e4, c.bound, c.certain))
            .collect()
    }

    #[test]
    fn wrong_answers_in_any_words() {
        for text in [
            "With 118 of 500 right, the share of wrong answers is 76.4 %",
            "We have 118 of 500, it is wrong in 76.4 % of the cases",
            "118 of 500: the error rate is 76.4 %",
            "A model that has 118 of 500 right is wrong in 76.4 % of the cases",
        ] {
            assert_eq!(said(text, None), [(76.4, Bound::Exactly, true)], "{text}");
        }
        assert_eq!(
            said("118 of 500. So 118 answers are right and 382 are wrong.", Some(Who::Pretrained)),
            [(382.0, Bound::Exactly, true)]
        );
        assert_eq!(said("With 119 of 500 right about three of four answers are wrong.", None), [(75.0, Bound::About, true)]);
        assert_eq!(said("118 of 500; a single answer is more likely right than wrong", None), [(50.0, Bound::Above, true)]);
        assert_eq!(said("118 of 500; there are more wrong than right answers", None), [(50.0, Bound::Below, true)]);
        for text in ["118 of 500; 76 % of the layers are wrong", "118 of 500; 20 % of the wrong answers are in Asia"] {
            assert!(said(text, None).is_empty(), "{text}");
        }
    }

    #[test]
    fn distances_multiples_and_thresholds() {
        let alone = Some(Who::Alone);
        let text = "8 of 500. The constant answer London is right in 25 cases, so it beats us by 17 people, roughly three times our score.";
        assert_eq!(said(text, alone), [(17.0, Bound::Exactly, true), (3.0, Bound::About, true)]);
        assert_eq!(said("We have 41 of 500. It is better than always London by 16 questions.", Some(Who::Perceiver)).len(), 1);
        let goal = |text: &str| said(&format!("41 of 500 = 8.2%. {text}"), Some(Who::Perceiver)).first().map(|c| (c.0, c.1));
        assert_eq!(goal("With 8.2% it misses the 6% that one expects."), Some((6.0, Bound::Below)));
        assert_eq!(goal("It clears the required 6 %."), Some((6.0, Bound::AtLeast)));
        assert_eq!(goal("It does not reach the expected 10 %."), Some((10.0, Bound::Below)));
        assert_eq!(goal("It misses 6 % of the tokens."), None);
        let then = |text: &str| said(&format!("38 of 500. {text}"), Some(Who::Perceiver)).first().map(|c| c.0);
        assert_eq!(then("If it had 26 more right answers it would be at 13.2%."), Some(13.2));
        assert_eq!(then("26 more hits would make 12.8 %."), Some(12.8));
        assert_eq!(then("26 more epochs would make 12.8 %."), None);
        assert_eq!(said("It has 2,937 lines = 2,000 + 500 + 437.", None), [(2937.0, Bound::Exactly, true)]);
    }
}
