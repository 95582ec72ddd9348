//! Factors in words: "twice as much", "a factor of 8 fewer", "75 % less", "the same".

use num_integer::Integer;

use super::atoms::Atom;

/// A positive quotient of whole numbers in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Its numerator.
    pub over: i64,
    /// Its denominator.
    pub under: i64,
}

impl Ratio {
    /// `over / under`; `None` unless it is positive and both are of a size that powers can be taken of.
    pub fn new(over: i64, under: i64) -> Option<Ratio> {
        let sane = |n: i64| (1..=100_000).contains(&n);
        let divisor = over.gcd(&under).max(1);
        let (over, under) = (over / divisor, under / divisor);
        (sane(over) && sane(under)).then_some(Ratio { over, under })
    }

    /// A power, as numerator and denominator.
    pub fn power(self, exponent: u32) -> Option<(i128, i128)> {
        Some((i128::from(self.over).checked_pow(exponent)?, i128::from(self.under).checked_pow(exponent)?))
    }

    fn inverse(self) -> Ratio {
        Ratio { over: self.under, under: self.over }
    }
}

/// Words of numbers.
const NUMBERS: &[(&str, i64)] =
    &[("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("eight", 8), ("nine", 9), ("ten", 10), ("sixteen", 16)];

fn number(text: &str) -> Option<Ratio> {
    if let Some((_, n)) = NUMBERS.iter().find(|(w, _)| *w == text) {
        return Ratio::new(*n, 1);
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() + decimals.len() > 5 {
        return None;
    }
    let scale = 10i64.pow(decimals.len() as u32);
    Ratio::new(format!("{whole}{decimals}").parse().ok()?, scale)
}

/// A factor at the beginning of a list, and how many atoms it takes: "twice as", "4 times", "doubling", "half".
pub fn factor_of(list: &[Atom]) -> Option<(Ratio, usize)> {
    let t = |i: usize| list.get(i).map_or("", |a| a.text.as_str());
    let plain = match t(0) {
        "twice" | "double" | "doubled" | "doubles" | "doubling" => Some((2, 1)),
        "thrice" | "triple" | "tripled" | "triples" | "tripling" => Some((3, 1)),
        "quadruple" | "quadrupled" | "quadruples" | "quadrupling" | "fourfold" => Some((4, 1)),
        "twofold" => Some((2, 1)),
        "eightfold" => Some((8, 1)),
        "half" | "halved" | "halves" | "halve" | "halving" => Some((1, 2)),
        "quarter" => Some((1, 4)),
        _ => None,
    };
    let (ratio, used) = match plain {
        Some((a, b)) => (Ratio::new(a, b)?, 1),
        None => match (t(1), t(2)) {
            ("times" | "fold" | "*", _) => (number(t(0))?, 2),
            ("-", "fold") => (number(t(0))?, 3),
            _ => return None,
        },
    };
    Some((ratio, used + usize::from(t(used) == "as")))
}

/// What a clause says of a cost: its factor, and whether that is said exactly.
pub fn effect(clause: &[Atom]) -> Option<(Ratio, bool)> {
    const ABOUT: &[&str] = &[
        "about",
        "roughly",
        "almost",
        "nearly",
        "approximately",
        "around",
        "at",
        "than",
        "over",
        "up",
        "most",
        "least",
        "not",
        "~",
        "≈",
    ];
    let exact = !clause.iter().any(|a| ABOUT.contains(&a.text.as_str()));
    let found = (0..clause.len()).find_map(|i| said(clause, i))?;
    // A second factor in the clause: which one is meant of what is not plain.
    let twice = (0..clause.len()).filter(|i| factor_of(&clause[*i..]).is_some()).count() > 1;
    (!twice).then_some((found, exact))
}

fn said(clause: &[Atom], i: usize) -> Option<Ratio> {
    let t = |i: usize| clause.get(i).map_or("", |a| a.text.as_str());
    let fewer = |i: usize| matches!(t(i), "less" | "fewer" | "cheaper" | "smaller" | "lower" | "faster" | "saved" | "savings");
    let more = |i: usize| matches!(t(i), "more" | "larger" | "bigger" | "higher" | "slower" | "greater");
    let per_cent = |k: usize| matches!(t(k), "%" | "percent");
    let kept = matches!(t(i), "leaves" | "leave" | "keeps") && {
        let rest: Vec<&str> = (i + 1..clause.len()).map(t).collect();
        rest.ends_with(&["as", "it", "is"]) || rest.ends_with(&["as", "they", "are"]) || rest.ends_with(&["alone"])
    };
    let same = matches!(t(i), "unchanged" | "constant")
        || kept
        || t(i) == "same"
            && !(t(i + 1) == "as" && t(i + 2) != "before")
            && !matches!(t(i + 1), "order" | "complexity" | "way" | "sequence");
    if same {
        return Ratio::new(1, 1);
    }
    if per_cent(i + 1) {
        let n = number(t(i))?;
        let hundred = 100 * n.under;
        return match (fewer(i + 2), more(i + 2), t(i + 2)) {
            (true, _, _) if t(i + 2) != "faster" => Ratio::new(hundred - n.over, hundred),
            (_, true, _) if t(i + 2) != "slower" => Ratio::new(hundred + n.over, hundred),
            (_, _, "of") => Ratio::new(n.over, hundred),
            _ => None,
        };
    }
    let multiplied = |a: &Atom| a.text.starts_with("multipl");
    if t(i) == "by" && clause[..i].iter().any(multiplied) && !matches!(t(i + 2), "%" | "percent") {
        return number(t(i + 1));
    }
    if t(i) == "by" && clause[..i].iter().any(|a| a.text.starts_with("divid")) {
        return number(t(i + 1)).map(Ratio::inverse);
    }
    if t(i) == "factor" {
        let k = if t(i + 1) == "of" { i + 2 } else { i + 1 };
        let down = (0..clause.len()).any(fewer)
            || (0..clause.len()).any(|j| matches!(t(j), "reduced" | "reduces" | "shrinks" | "drops" | "falls"));
        return number(t(k)).map(|n| if down { n.inverse() } else { n });
    }
    let saves = |a: &Atom| matches!(a.text.as_str(), "saves" | "save" | "saving" | "saved");
    if clause[..i].iter().any(saves) && !fewer(i + 1) {
        let part = match (number(t(i)), t(i + 1), t(i)) {
            (Some(n), "quarters" | "fourths", _) => Ratio::new(n.over, 4 * n.under),
            (Some(n), "thirds", _) => Ratio::new(n.over, 3 * n.under),
            (_, _, "third") => Ratio::new(1, 3),
            _ => factor_of(&clause[i..]).map(|f| f.0),
        };
        return part.and_then(|p| Ratio::new(p.under - p.over, p.under));
    }
    let (ratio, used) = factor_of(&clause[i..])?;
    // "twice less" and "half more" are said in more than one sense.
    match (fewer(i + used), more(i + used)) {
        (true, _) if t(i + 1) == "as" => Some(ratio),
        (true, _) if ratio.under == 1 => Some(ratio.inverse()),
        (_, true) if ratio.under == 1 && t(i + 1) != "as" => (ratio.over == 2).then_some(ratio),
        (false, false) => Some(ratio),
        _ => None,
    }
}
