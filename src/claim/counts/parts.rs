//! Counted things as parts and multiples of each other: `the 24 vectors are a quarter of the 96 positions`, `one file has 3000
//! lines and the other 1500 pairs, that's twice as many`, `900 million operations against 450 million, so
//! 50 % of it`.

use std::ops::Range;

use super::facts::set;
use super::shares::{percent, unsure};
use super::told::{Factor, factor, plain};
use super::words::{Word, sentences};
use super::{Amount, Bound, Counted};

/// Things that are counted and are no answers.
const THINGS: &[&str] = &[
    "vectors",
    "positions",
    "latents",
    "tokens",
    "characters",
    "chars",
    "lines",
    "pairs",
    "documents",
    "biographies",
    "examples",
    "rows",
    "texts",
    "questions",
    "samples",
    "people",
    "persons",
    "names",
    "steps",
    "updates",
    "batches",
    "iterations",
    "epochs",
    "operations",
    "multiplications",
    "multiply-adds",
    "flops",
    "scores",
    "entries",
    "comparisons",
    "products",
    "parameters",
    "weights",
    "layers",
    "heads",
    "values",
    "places",
    "slots",
    "rounds",
    "articles",
    "words",
    "elements",
    "queries",
    "keys",
];

/// Words between a number and what it counts.
const ADJECTIVES: &[&str] = &[
    "latent",
    "training",
    "train",
    "dev",
    "test",
    "input",
    "attention",
    "score",
    "model",
    "bottleneck",
    "different",
    "wiki",
    "gradient",
    "million",
    "billion",
    "thousand",
    "sequence",
    "finetuning",
    "question",
    "optimizer",
    "floating",
    "point",
];

/// Words that add nothing beside those of any clause about answers.
const KNOWN: &[&str] = &[
    "that's",
    "it's",
    "i.e",
    "many",
    "much",
    "large",
    "big",
    "long",
    "seen",
    "sees",
    "read",
    "reads",
    "used",
    "uses",
    "needs",
    "need",
    "keeps",
    "keep",
    "kept",
    "takes",
    "take",
    "contains",
    "contain",
    "makes",
    "make",
    "sequence",
    "original",
    "number",
    "block",
    "input",
    "bottleneck",
    "m",
    "l",
    "ℓ",
    "=",
    "%",
    "percent",
    "corresponds",
    "equals",
    "amount",
    "amounts",
    "trained",
    "length",
    "it",
    "that",
    "former",
    "first",
    "latter",
    "size",
    "data",
    "corpus",
    "finetuning",
    "fine-tuning",
    "wiki.txt",
    "train",
    "training",
    "context",
    "window",
    "about",
    "roughly",
    "more",
    "less",
    "than",
    "i",
    "only",
    "just",
    "per",
    "layer",
    "them",
    "reduction",
    "compression",
    "saving",
    "by",
    "factor",
    "what",
    "needed",
    "file",
    "wikipedia",
    "almost",
    "nearly",
    "approximately",
    "around",
    "fewer",
    "over",
    "least",
    "most",
    "bit",
    "little",
    "will",
    "left",
    "remain",
    "remains",
];

/// A number with the thing that it counts.
struct Quantity {
    value: f64,
    slack: f64,
    range: Range<usize>,
}

/// What a part says of such parts.
pub fn find(words: &[Word]) -> Vec<(Range<usize>, Counted)> {
    let mut out = Vec::new();
    let mut start = 0;
    for s in sentences(words) {
        start += words[start..].iter().position(|w| w.span == s[0].span).unwrap_or(0);
        for at in 0..s.len() {
            if let Some((r, c)) = product(s, at) {
                out.push((start + r.start..start + r.end, c));
                continue;
            }
            let Some(f) = factor(s, at).or_else(|| factor_of(s, at)) else { continue };
            let taken = out.last().is_some_and(|(r, _): &(Range<usize>, Counted)| start + at < r.end);
            if taken {
                continue;
            }
            let said = of_number(s, &f).or_else(|| of_files(s, &f)).or_else(|| of_two(s, &f));
            out.extend(said.map(|(r, c)| (start + r.start..start + r.end, c)));
        }
        start += s.len();
    }
    out
}

/// `a reduction by a factor of 2`.
fn factor_of(s: &[Word], at: usize) -> Option<Factor> {
    let of = s[at].is(&["factor"]) && s.get(at + 1).is_some_and(|w| w.is(&["of"]));
    let place = at + 2 + usize::from(s.get(at + 2).is_some_and(|w| w.is(&["about", "around", "roughly", "almost", "nearly"])));
    let (value, decimals) = s.get(place).filter(|_| of && !percent(s, place))?.value?;
    let bound = if decimals == 0 || place > at + 2 { Bound::About } else { Bound::Exactly };
    Some(Factor { value, slack: s[place].slack(), bound, words: at..place + 1 })
}

/// `7/8 of 128 is 112`, `a quarter of 112 characters are 28 characters`.
fn product(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    let is = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let alone = at == 0 || !s[at - 1].is(&["of", "and", "/", "*", "-", "+", "·", "×", "^"]) && s[at - 1].value.is_none();
    let under = s.get(at + 2).and_then(|w| w.value).filter(|u| is(at + 1, &["/"]) && u.0 > 0.0 && s[at].value.is_some());
    let (value, bound, end) = match under {
        Some((under, _)) => (s[at].value?.0 / under, Bound::Exactly, at + 3),
        None => factor(s, at).filter(|f| f.words.start == at && f.value < 1.0).map(|f| (f.value, f.bound, f.words.end))?,
    };
    let noun = |i: usize| usize::from(is(i, THINGS));
    let of = end + usize::from(is(end, &["of", "*", "·", "×"]));
    let (whole, slack, after) = number(s, of).filter(|_| of > end)?;
    let verb = after + noun(after);
    let equal = is(verb, &["is", "are", "=", "gives", "makes", "equals"]);
    let about = verb + 1 + usize::from(is(verb + 1, &["about", "roughly", "exactly", "just", "around"]));
    let (said, rounding, last) = number(s, about).filter(|_| equal && alone)?;
    let ends = s.get(last + noun(last)).is_none_or(|w| w.is(&[",", ";", ")", ":", "(", "and", "so", "which", "|"]));
    let bounded = !matches!(bound, Bound::Exactly | Bound::About);
    let slack_of = if whole.fract() == 0.0 { 0.0 } else { slack };
    let amount = Amount::Times(value, Box::new(Amount::Is(whole, slack_of)));
    let bound = if is(about.wrapping_sub(1), &["about", "roughly", "around"]) { Bound::About } else { Bound::Exactly };
    let counted = Counted { value: said, slack: rounding, bound, of: vec![amount], certain: true, what: "the product".into() };
    (ends && !bounded && !unsure(&s[at..last])).then(|| (at..last + noun(last), counted))
}

/// A number, a power of ten and a name of one: `5.4 × 10^8`, `545 million`. Its value, rounding and end.
fn number(s: &[Word], at: usize) -> Option<(f64, f64, usize)> {
    let word = s.get(at).filter(|w| w.text.starts_with(|c: char| c.is_ascii_digit()) && !percent(s, at))?;
    let (value, _) = word.value?;
    let is = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let mantissa = word.text.split(['e', 'E']).next().unwrap_or_default();
    let exponent: i32 = word.text.split_once(['e', 'E']).map_or(Some(0), |(_, e)| e.replace('−', "-").parse().ok())?;
    let decimals = mantissa.split_once('.').map_or(0, |(_, f)| f.len() as i32);
    let rounded = |power: i32| if decimals > 0 || power > 0 { 0.5 * 10f64.powi(power - decimals) } else { 0.0 };
    let ten = is(at + 1, &["×", "·", "*", "x", "times", "cdot"]) && is(at + 2, &["10"]) && is(at + 3, &["^"]);
    if let Some((power, 0)) = s.get(at + 4).and_then(|w| w.value).filter(|_| ten) {
        let power = power as i32;
        return (power <= 30).then(|| (value * 10f64.powi(power), rounded(power), at + 5));
    }
    let named = [("thousand", 3), ("million", 6), ("billion", 9)].into_iter().find(|(n, _)| is(at + 1, &[n]));
    Some(match named {
        Some((_, power)) => (value * 10f64.powi(power), rounded(power), at + 2),
        None => (value, rounded(exponent), at + 1),
    })
}

/// `128 positions`, `8.9e8 multiply-adds`, `m = 24 vectors`.
fn quantity(s: &[Word], at: usize) -> Option<Quantity> {
    let (value, slack, mut end) = number(s, at)?;
    let scaled = end > at + 1 || s[at].text.contains(['e', 'E']);
    let from = end;
    while end < s.len() && end < from + 2 && s[end].is(ADJECTIVES) {
        end += 1;
    }
    let thing = s.get(end).is_some_and(|w| w.is(THINGS));
    // "9 of 500", "25 answers of 500".
    let shares = (at + 1..at + 3).any(|i| s.get(i).is_some_and(|w| w.is(&["of", "/", "out"])));
    let part = shares || at > 0 && s[at - 1].is(&["of", "/", "out"]) && at > 1 && s[at - 2].value.is_some();
    // "545 million" counts what was counted before.
    (value >= 2.0 && !part && (thing || scaled)).then_some(Quantity {
        value,
        slack,
        range: at..if thing { end + 1 } else { from },
    })
}

/// Quantities in a range; a number inside of another is none.
fn quantities(s: &[Word], range: Range<usize>, skip: &Range<usize>) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    for i in range.filter(|i| !skip.contains(i)) {
        if out.last().is_none_or(|q| i >= q.range.end) {
            out.extend(quantity(s, i));
        }
    }
    out
}

fn cuts(w: &Word) -> bool {
    w.is(&[",", ";", ":", "(", ")", "|", "but", "while", "whereas", "because", "so", "thus", "hence", "→"])
}

fn clause(s: &[Word], f: &Factor) -> Range<usize> {
    let start = s[..f.words.start].iter().rposition(cuts).map_or(0, |i| i + 1);
    let end = s[f.words.end..].iter().position(cuts).map_or(s.len(), |i| f.words.end + i);
    start..end
}

/// Whether every word of a range has a part: the factor's, a quantity's, or none.
fn whole(s: &[Word], range: &Range<usize>, f: &Factor, quantities: &[&Quantity]) -> bool {
    let taken = |i: usize| f.words.contains(&i) || quantities.iter().any(|q| q.range.contains(&i));
    let word = |w: &Word| w.value.is_none() && (plain(w) || w.is(KNOWN) || w.is(THINGS) || w.is(ADJECTIVES)) || w.is(&["one"]);
    range.clone().all(|i| taken(i) || word(&s[i])) && !unsure(&s[range.clone()])
}

fn said(f: &Factor, amount: Amount, certain: bool) -> Counted {
    let what = "the quotient of the two".to_string();
    Counted { value: f.value, slack: f.slack, bound: f.bound, of: vec![amount], certain, what }
}

fn over(a: &Quantity, b: &Quantity) -> Amount {
    Amount::Over(Box::new(Amount::Is(a.value, a.slack)), Box::new(Amount::Is(b.value, b.slack)))
}

/// `the m = 24 vectors are a quarter of the 96 positions`.
fn of_number(s: &[Word], f: &Factor) -> Option<(Range<usize>, Counted)> {
    let range = clause(s, f);
    let all = quantities(s, range.clone(), &f.words);
    let after = |q: &&Quantity| q.range.start >= f.words.end;
    let object = all.iter().find(after)?;
    let joined = s[f.words.end..object.range.start]
        .iter()
        .all(|w| w.is(&["of", "the", "as", "many", "all", "our", "original", "l", "ℓ", "="]));
    // "With m = 32 the bottleneck keeps a quarter of the 128 positions": the one size that is given.
    let given = |i: usize| s[i].is(&["m"]) && s.get(i + 1).is_some_and(|w| w.is(&["="])) && i + 2 < f.words.start;
    let letter = range.clone().find(|i| given(*i)).and_then(|i| {
        let (value, slack, end) = number(s, i + 2)?;
        Some(Quantity { value, slack, range: i..end })
    });
    let before: Vec<&Quantity> = all.iter().filter(|q| q.range.end <= f.words.start).collect();
    let keeps = s[range.start..f.words.start]
        .iter()
        .any(|w| w.is(&["keeps", "keep", "has", "is", "are", "leaves", "makes", "uses", "which"]));
    let subject = match (before.as_slice(), &letter) {
        ([one], None) => *one,
        ([one], Some(l)) if (one.value - l.value).abs() <= 0.0 => *one,
        ([], Some(l)) if keeps => l,
        _ => return None,
    };
    let mut quantities: Vec<&Quantity> = all.iter().collect();
    quantities.extend(letter.as_ref());
    let numbers = all.len() == before.len() + 1;
    (joined && numbers && whole(s, &range, f, &quantities)).then(|| (range.clone(), said(f, over(subject, object), true)))
}

/// `the corpus has twice as many lines as the training set has pairs`.
fn of_files(s: &[Word], f: &Factor) -> Option<(Range<usize>, Counted)> {
    const ROWS: &[&str] = &["lines", "pairs", "rows", "documents", "texts", "biographies", "examples", "questions"];
    let range = clause(s, f);
    let as_many = |i: usize| s.get(i).is_some_and(|w| w.is(&["as"])) && s.get(i + 1).is_some_and(|w| w.is(&["many"]));
    let number_of = |i: usize| s[i..].iter().take(3).map(|w| w.text.as_str()).eq(["the", "number", "of"]);
    let noun = s.get(f.words.end + 2).filter(|w| as_many(f.words.end) && w.is(ROWS));
    // "The training set is 1500 pairs; the corpus has twice as many lines": than the one number that was given.
    let given = quantities(s, 0..range.start, &f.words);
    let file_of = |r: Range<usize>| {
        let mut all: Vec<&str> = r.filter_map(|i| set(s, i)).collect();
        all.dedup();
        if let [only] = all.as_slice() { Some(*only) } else { None }
    };
    if let (Some(_), [one], Some("wiki")) = (noun, given.as_slice(), file_of(range.start..f.words.start))
        && f.words.end + 3 == range.end
    {
        let lines = Amount::Fact("lines wiki".into());
        let amount = Amount::Over(Box::new(lines), Box::new(Amount::Is(one.value, one.slack)));
        let known = (range.start..f.words.start).all(|i| set(s, i).is_some() || plain(&s[i]) || s[i].is(KNOWN));
        return (known && !unsure(&s[range.clone()])).then(|| (range.clone(), said(f, amount, false)));
    }
    let than = match noun {
        Some(_) => (f.words.end + 2..range.end).find(|i| s[*i].is(&["as"]))?,
        None if as_many(f.words.end) => (f.words.end + 2..range.end).find(|i| s[*i].is(&["as"]))?,
        None if number_of(f.words.end) => f.words.end,
        None => return None,
    };
    let object = file_of(than..range.end)?;
    let key = |set: &str| Amount::Fact(if set == "wiki" { "lines wiki".into() } else { format!("size {set}") });
    let file = file_of(range.start..f.words.start);
    // "The set has 1500 pairs, three times as many as the dev set": of the number that was given.
    let subject = match (file, given.as_slice()) {
        (Some(file), _) if noun.is_some() => key(file),
        (None, [one]) if range.start > 0 => Amount::Is(one.value, one.slack),
        _ => return None,
    };
    let named = |i: usize| set(s, i).is_some();
    let words = s[range.clone()].iter().enumerate().all(|(i, w)| {
        let at = range.start + i;
        f.words.contains(&at) || named(at) || w.value.is_none() && (plain(w) || w.is(KNOWN) || w.is(ROWS))
    });
    let amount = Amount::Over(Box::new(subject), Box::new(key(object)));
    (words && file != Some(object) && !unsure(&s[range.clone()])).then(|| (range.clone(), said(f, amount, true)))
}

/// `…, that's twice as many`, behind the two numbers that the sentence has.
fn of_two(s: &[Word], f: &Factor) -> Option<(Range<usize>, Counted)> {
    let range = clause(s, f);
    let all = quantities(s, 0..range.start, &f.words);
    let [a, b] = all.as_slice() else { return None };
    let comparable = a.value / b.value < 1e4 && b.value / a.value < 1e4;
    let many = s[f.words.end..range.end].windows(2).any(|w| w[0].is(&["as"]) && w[1].is(&["many", "much", "large", "long"]));
    let of_it =
        s.get(f.words.end).is_some_and(|w| w.is(&["of"])) && s[range.end - 1].is(&["it", "that", "them", "former", "first"]);
    let of_them = s[f.words.end..range.end].windows(2).any(|w| w[0].is(&["of"]) && w[1].is(&["the"]));
    let bare = f.words.end == range.end;
    let change = s[f.words.start].is(&["factor"]);
    if !comparable || of_them || !(many || of_it || bare) || !whole(s, &range, f, &[]) {
        return None;
    }
    // Of two numbers the larger is the multiple, whichever is meant.
    let (large, small) = if a.value >= b.value { (a, b) } else { (b, a) };
    let amount = if f.value >= 1.0 { over(large, small) } else { over(small, large) };
    let leads = |w: &Word| w.is(&["so", "and", "thus", "hence", "then", "therefore"]);
    let first = range.clone().find(|i| !leads(&s[*i])).unwrap_or(range.start);
    // Shares of a whole may be of something else that was counted before.
    let certain = many && f.value > 1.0 || of_it || change;
    let bounded = matches!(f.bound, Bound::Exactly | Bound::About | Bound::Above | Bound::Below);
    bounded.then(|| (first..range.end, said(f, amount, certain)))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<(f64, f64, bool)> {
        let value = |a: &Amount| match a {
            Amount::Over(x, y) => match (&**x, &**y) {
                (Amount::Is(x, _), Amount::Is(y, _)) => ((x / y) * 100.0).round() / 100.0,
                _ => 0.0,
            },
            _ => f64::NAN,
        };
        let two = |v: f64| (v * 100.0).round() / 100.0;
        find(&words_of(text)).into_iter().map(|(_, c)| (two(c.value), value(&c.of[0]), c.certain)).collect()
    }

    #[test]
    fn parts_of_numbers() {
        assert_eq!(said("The m = 24 vectors are one third of the 96 positions."), [(0.33, 0.25, true)]);
        assert_eq!(said("The 32 latents are a quarter of the 128 positions"), [(0.25, 0.25, true)]);
        assert_eq!(said("With m = 32 the bottleneck keeps a quarter of the 128 positions"), [(0.25, 0.25, true)]);
        assert_eq!(said("48 vectors are 50 % of the 96 positions"), [(0.5, 0.5, true)]);
        for text in [
            "The 48 vectors in Asia are half of the 96 positions",
            "We lose half of the 128 positions",
            "half of the 128 heads are useless",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }

    #[test]
    fn multiples_of_two_numbers_of_a_sentence() {
        let two = "The corpus has 3000 lines and the training set 2000 pairs";
        assert_eq!(said(&format!("{two}, that's about 1.5 times as many")), [(1.5, 1.5, true)]);
        assert_eq!(said(&format!("{two}, so it has read more than twice as many lines")), [(2.0, 1.5, true)]);
        assert_eq!(said("900 million operations against 450 million, so 50 % of it"), [(0.5, 0.5, true)]);
        assert_eq!(
            said("vanilla needs 8.9e8 multiply-adds, the perceiver 5.5 × 10^8 operations, i.e. 62 %"),
            [(0.62, 0.62, false)]
        );
        assert_eq!(said("The wiki file has almost 1.5 times as many lines as the training set has pairs").len(), 1);
        assert!(said(&format!("{two} and 500 questions, that's twice as many")).is_empty());
        assert!(said("9 of 500 right, that's twice as many").is_empty());
    }
}
