//! Sentences about how a cost changes, from the operation counts of the world.

use super::growth::{equalled, merged, of_whose, regimes_of, replaced, scaled, truths_of};
use super::ruling::Ruling;
use super::sizes::{Values, near, value};
use crate::algebra::{Monomial, dominated, monomials};
use crate::claim::{Cheaper, Held, Ratio, Scaling};
use crate::language::{Expr, Lexicon, Style, parse_text, print};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::{GrowthFile, SubjectFile};
use std::cmp::Ordering;

/// Judges a sentence about growth.
pub fn judge(growth: &GrowthFile, said: &Scaling) -> Ruling {
    match said {
        Scaling::Ratio { subject, variable, factor, ratio, certain, scores, counted, exactly, bound, sizes } => {
            let meant = Meant { scores: *scores, only: *counted, exactly: *exactly, bound: *bound, sizes };
            let ruling = each(growth, *subject, &|s| changed(s, variable, *factor, *ratio, meant));
            confirm_only(ruling, !certain)
        }
        Scaling::Degree { whose, variable, degree, least, denied, held } => {
            let one = |s: &SubjectFile| match growth.subjects.iter().position(|o| o.id == s.id) {
                Some(subject) => each(growth, subject, &|s| power(growth, s, (variable, *degree, *least), held)),
                None => Ruling::not_checked("no such part"),
            };
            let ruling = of_whose(growth, whose, &one);
            if *denied { turned(ruling) } else { ruling }
        }
        Scaling::Count { subject, count } => each(growth, *subject, &|s| scores(growth, s, count)),
        Scaling::Becomes { before, after, changes, certain } => becomes(before, after, changes, *certain),
        Scaling::Absent(name) => {
            Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("no operation count has the number of {name}"))
        }
        Scaling::Positions { subject, variable } => each(growth, *subject, &|s| positions(s, variable)),
        Scaling::Portion(said) => super::portions::judge(growth, said),
        Scaling::Tally(tally) => super::tally::judge(growth, tally),
        Scaling::Sizes(sizes) => super::sizes::judge(growth, sizes),
        Scaling::SameOrder { equal } => same_order(growth, equal),
        Scaling::Cheaper(said) => cheaper(growth, said),
    }
}

/// A sentence about every one of several parts holds where it holds of each.
fn each(growth: &GrowthFile, subject: usize, judge: &dyn Fn(&SubjectFile) -> Ruling) -> Ruling {
    let Some(subject) = growth.subjects.get(subject) else { return Ruling::not_checked("no such part") };
    if subject.each.is_empty() {
        return judge(subject);
    }
    let parts = growth.subjects.iter().filter(|s| subject.each.contains(&s.id));
    let rulings: Vec<Ruling> = parts.map(judge).collect();
    let graver = |v: Verdict| rulings.iter().find(|r| r.verdict == v).cloned();
    let open = || rulings.iter().find(|r| !r.is_true()).cloned();
    graver(Verdict::Refuted)
        .or_else(open)
        .or_else(|| rulings.first().cloned())
        .unwrap_or_else(|| Ruling::not_checked("no such part"))
}

fn confirm_only(ruling: Ruling, tentative: bool) -> Ruling {
    if tentative && ruling.verdict == Verdict::Refuted {
        return Ruling::not_checked(format!("it is not certain what is meant; read plainly: {}", ruling.message));
    }
    ruling
}

fn exponent(m: &Monomial, variable: &str) -> u32 {
    m.get(variable).copied().unwrap_or(0)
}

/// The least and the greatest power of a variable in a count.
fn powers(list: &[Monomial], variable: &str) -> Option<(u32, u32)> {
    let all = || list.iter().map(|m| exponent(m, variable));
    Some((all().min()?, all().max()?))
}

/// What a clause about a change may mean.
#[derive(Clone, Copy)]
struct Meant<'a> {
    /// Scores may be meant.
    scores: bool,
    /// Nothing else is.
    only: bool,
    /// It is said to be exactly so.
    exactly: bool,
    /// It is said to be so much at most or at least.
    bound: Ordering,
    /// Sizes at which it counts.
    sizes: &'a Values,
}

fn changed(subject: &SubjectFile, variable: &str, factor: Ratio, ratio: Ratio, meant: Meant) -> Ruling {
    let Meant { scores, only, exactly, bound, .. } = meant;
    let (told, unit) = ((i128::from(ratio.over), i128::from(ratio.under)), (1, 1));
    let compare = |a: (i128, i128), b: (i128, i128)| (a.0 * b.1).cmp(&(b.0 * a.1));
    let mut contradicted = true;
    let counted = subject.scores.as_ref().and_then(|s| monomials(&parse_text(s, &Lexicon::default()).ok()?)).filter(|_| scores);
    // Where scores are spoken of, theirs is the count that can contradict.
    if only && counted.is_none() {
        return Ruling::not_checked(format!("the world does not count the scores of {}", subject.says));
    }
    let others = truths_of(subject).into_iter().filter(|_| !only || counted.is_none());
    let lists: Vec<(Vec<Monomial>, bool)> =
        counted.iter().map(|l| (l.clone(), true)).chain(others.map(|l| (l, counted.is_none()))).collect();
    for (list, decides) in lists.iter().cloned() {
        let Some((low, high)) = powers(&list, variable) else { continue };
        let (Some(a), Some(b)) = (factor.power(low), factor.power(high)) else {
            return Ruling::not_checked("numbers too large to follow");
        };
        if low == high && compare(a, told).is_eq() {
            let message =
                format!("the cost of {} has {variable}^{low} in every term: it is multiplied by {}", subject.says, show(a));
            return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
        }
        let (least, most) = if compare(a, b).is_le() { (a, b) } else { (b, a) };
        let bounded = bound.is_lt() && compare(most, told).is_le() || bound.is_gt() && compare(least, told).is_ge();
        if bounded {
            let message = format!("the cost of {} is multiplied by {} to {}", subject.says, show(least), show(most));
            return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
        }
        if bound.is_ne() {
            let missed = if bound.is_lt() { compare(least, told).is_gt() } else { compare(most, told).is_lt() };
            contradicted &= !decides || missed;
            continue;
        }
        contradicted &= !decides || compare(told, least).is_lt() || compare(told, most).is_gt();
    }
    let Some((low, high)) = lists.first().and_then(|(list, _)| powers(list, variable)) else {
        return Ruling::not_checked("the world does not say what this part costs");
    };
    let (a, b) = (factor.power(low).unwrap_or(unit), factor.power(high).unwrap_or(unit));
    // Terms with different powers keep to no one factor: it is not so at all sizes, and at given ones it can be seen.
    let seen = || at_sizes(subject, variable, factor, ratio, meant.sizes).is_some_and(|same| !same);
    if !(contradicted || exactly && low != high || only && bound.is_eq() && seen()) {
        return Ruling::not_checked(format!(
            "terms of the cost of {} are multiplied by {} to {}: which prevails depends on sizes",
            subject.says,
            show(a),
            show(b)
        ));
    }
    let truth = if low == high { show(a) } else { format!("between {} and {}", show(a), show(b)) };
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Exact),
        format!("the cost of {} is multiplied by {truth}, not {}", subject.says, show(told)),
    );
    ruling.witness = Some(format!("the cost has {variable} to the power {low} at least and {high} at most"));
    ruling
}

fn show((a, b): (i128, i128)) -> String {
    if b == 1 { a.to_string() } else { format!("{a}/{b}") }
}

/// Whether the number of scores at given sizes is multiplied as it is said; none where not all sizes are given.
fn at_sizes(subject: &SubjectFile, variable: &str, factor: Ratio, ratio: Ratio, sizes: &Values) -> Option<bool> {
    let count = parse_text(subject.scores.as_ref()?, &Lexicon::default()).ok()?;
    let mut after = sizes.clone();
    let size = after.get_mut(variable)?;
    *size *= factor.over as f64 / factor.under as f64;
    let (before, after) = (value(&count, sizes)?, value(&count, &after)?);
    let (real, said) = (after / before, ratio.over as f64 / ratio.under as f64);
    let rounded = near(real, said, tolerance::COMPARISON_UNCLEAR * real);
    (near(real, said, 0.0) || !rounded).then(|| near(real, said, 0.0))
}

/// "The middle blocks work on m positions."
fn positions(subject: &SubjectFile, variable: &str) -> Ruling {
    let Some(real) = &subject.positions else {
        return Ruling::not_checked("the world does not count the positions of this part");
    };
    let message = format!("{} works on {real} positions", subject.says);
    if real == variable {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
    }
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{message}, not {variable}"));
    ruling.witness = Some(message);
    ruling
}

/// What is said of a statement that is denied.
fn turned(ruling: Ruling) -> Ruling {
    let verdict = match ruling.verdict {
        Verdict::Holds => Verdict::Refuted,
        Verdict::Refuted => Verdict::Holds,
        _ => return ruling,
    };
    let mut turned = Ruling::new(verdict, Some(Tier::Exact), format!("it is denied that {}", ruling.message));
    turned.witness = Some(ruling.message);
    turned
}

/// "linear in l": the highest power; "independent of l": no power at all.
fn power(growth: &GrowthFile, subject: &SubjectFile, said: (&str, u32, bool), held: &Held) -> Ruling {
    let (variable, degree, least) = said;
    if !held.put.is_empty() || !held.equal.is_empty() {
        return power_where(growth, subject, said, held);
    }
    let lists = truths_of(subject);
    let highest: Vec<u32> = lists.iter().filter_map(|l| powers(l, variable)).map(|(_, high)| high).collect();
    let name = growth.variables.get(variable).map_or(variable, |v| v.as_str());
    let Some(first) = highest.first() else { return Ruling::not_checked("the world does not say what this part costs") };
    let message = format!("the cost of {} has {variable} ({name}) to the power {first} at most", subject.says);
    if highest.contains(&degree) || least && highest.iter().all(|h| *h >= degree) {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
    }
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Exact),
        format!("{message}, not {degree}{}", if least { " or more" } else { "" }),
    );
    ruling.witness = subject.truths.first().map(|t| format!("it grows like {}", t.get_ref()));
    ruling
}

/// The same where something is put in the place of a variable: exponents are doubled.
fn power_where(growth: &GrowthFile, subject: &SubjectFile, said: (&str, u32, bool), held: &Held) -> Ruling {
    let (variable, degree, least) = said;
    let put = |list: Vec<Monomial>| replaced(scaled(equalled(list, held), 2), held);
    let lists: Option<Vec<Vec<Monomial>>> = truths_of(subject).into_iter().map(put).collect();
    let highest: Vec<u32> = lists.iter().flatten().filter_map(|l| powers(l, variable)).map(|(_, high)| high).collect();
    let Some(first) = highest.first() else { return Ruling::not_checked("the world does not say what this part costs") };
    let name = growth.variables.get(variable).map_or(variable, |v| v.as_str());
    let message = format!("there the cost of {} has {variable} ({name}) to the power {}/2 at most", subject.says, first);
    if highest.contains(&(2 * degree)) || least && highest.iter().all(|h| *h >= 2 * degree) {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
    }
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{message}, not {degree}"));
    ruling.witness = subject.truths.first().map(|t| format!("it grows like {}", t.get_ref()));
    ruling
}

/// "m·m comparisons": exactly the number of scores, or at least another order.
fn scores(growth: &GrowthFile, subject: &SubjectFile, count: &Expr) -> Ruling {
    let Some(truth) = subject.scores.as_ref().and_then(|s| parse_text(s, &Lexicon::default()).ok()) else {
        return Ruling::not_checked("the world does not count the scores of this part");
    };
    let said = format!("{} has {} scores", subject.says, print(&truth, Style::Plain));
    match equal(&truth, count) {
        Some(true) => return Ruling::new(Verdict::Holds, Some(Tier::Exact), said),
        None => return Ruling::not_checked("only sums of products of powers are compared"),
        Some(false) => {}
    }
    let (Some(t), Some(c)) = (monomials(&truth), monomials(count)) else {
        return Ruling::not_checked("only sums of products of powers are compared");
    };
    let regimes = regimes_of(growth);
    if dominated(&t, &c, &regimes).is_none() && dominated(&c, &t, &regimes).is_none() {
        return Ruling::not_checked(format!("{said}; the number differs by a factor that heads or counting twice may explain"));
    }
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{said}, not {}", print(count, Style::Plain)));
    ruling.correction = Some(print(&truth, Style::Plain));
    ruling
}

/// Whole numbers at which polynomials are compared: more of them than the degrees that are read.
const POINTS: u32 = 12;

/// Whether two polynomials with whole coefficients are equal.
fn equal(a: &Expr, b: &Expr) -> Option<bool> {
    for i in 0..POINTS {
        let at = |name: &str| 2 + i128::from(name.bytes().map(u32::from).sum::<u32>() * (i + 1) % 97);
        if whole(a, &at)? != whole(b, &at)? {
            return Some(false);
        }
    }
    Some(true)
}

/// A polynomial's value at whole numbers.
fn whole(e: &Expr, at: &dyn Fn(&str) -> i128) -> Option<i128> {
    match e {
        Expr::Number(n) if n.value.fract() == 0.0 && n.value.abs() < f64::from(u32::MAX) => Some(n.value as i128),
        Expr::Symbol(s) if s.indices.is_empty() => Some(at(&s.name)),
        Expr::Add(terms) => terms.iter().try_fold(0i128, |sum, t| sum.checked_add(whole(t, at)?)),
        Expr::Mul(factors) => factors.iter().try_fold(1i128, |product, f| product.checked_mul(whole(f, at)?)),
        Expr::Neg(inner) => whole(inner, at)?.checked_neg(),
        Expr::Pow(base, exponent) => whole(base, at)?.checked_pow(u32::try_from(whole(exponent, at)?).ok()?),
        _ => None,
    }
}

fn becomes(before: &Expr, after: &Expr, changes: &[(String, Ratio)], certain: bool) -> Ruling {
    let mut known = None;
    for (variable, factor) in changes {
        let outcome = (0..POINTS).try_fold(true, |same, i| {
            let at =
                |name: &str| i128::from(factor.under) * (2 + i128::from(name.bytes().map(u32::from).sum::<u32>() * (i + 1) % 97));
            let moved = |name: &str| {
                if name == variable { at(name) / i128::from(factor.under) * i128::from(factor.over) } else { at(name) }
            };
            Some(same && whole(before, &moved)? == whole(after, &at)?)
        });
        let Some(same) = outcome else { return Ruling::not_checked("only polynomials are followed") };
        let words = format!("with {variable} multiplied by {}", show((factor.over.into(), factor.under.into())));
        if same {
            return Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("so it is {words}"));
        }
        known = Some(words);
    }
    let words = known.unwrap_or_default();
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{words} it becomes something else"));
    ruling.witness = Some(format!("{} at whole numbers, {words}", print(before, Style::Plain)));
    confirm_only(ruling, !certain)
}

/// Whether a model has fewer scores than another wherever one variable is smaller than another, at whole numbers.
fn cheaper(growth: &GrowthFile, said: &Cheaper) -> Ruling {
    let scores = |i: usize| parse_text(growth.subjects.get(i)?.scores.as_ref()?, &Lexicon::default()).ok();
    let (Some(less), Some(more)) = (scores(said.less), scores(said.more)) else {
        return Ruling::not_checked("the world does not count the scores of both");
    };
    // Every pair of sizes up to a bound, with a few blocks in the middle.
    let (mut inside, mut outside) = ((0u32, 0u32), (0u32, 0u32));
    for n in 0..i128::from(POINTS * POINTS * 4) {
        let [small, large, deep] = [1 + n % 12, 1 + n / 12 % 12, 3 + n / 144];
        let at = |name: &str| {
            if name == said.small {
                small
            } else if name == said.large {
                large
            } else {
                deep
            }
        };
        let (Some(a), Some(b)) = (whole(&less, &at), whole(&more, &at)) else {
            return Ruling::not_checked("only polynomials are followed");
        };
        let tally = if small < large { &mut inside } else { &mut outside };
        tally.0 += u32::from(a < b);
        tally.1 += 1;
    }
    let condition = format!("{} < {}", said.small, said.large);
    let name = |i: usize| growth.subjects[i].says.clone();
    let always = inside.0 == inside.1;
    if always && (!said.only || outside.0 == 0) {
        let message = format!("{} has fewer scores than {} where {condition}", name(said.less), name(said.more));
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
    }
    let kind = if inside.0 == 0 { "nowhere" } else { "not everywhere, or elsewhere too," };
    let message = format!("{} has fewer scores than {} {kind} where {condition}", name(said.less), name(said.more));
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), message);
    ruling.witness =
        Some(format!("fewer in {} of {} sizes with {condition}, in {} of {} others", inside.0, inside.1, outside.0, outside.1));
    ruling
}

/// Whether all models have one order where two variables are equal.
fn same_order(growth: &GrowthFile, equal: &(String, String)) -> Ruling {
    let whole = growth.models.keys().filter_map(|m| growth.subjects.iter().find(|s| s.id == *m));
    let costs: Vec<Vec<Monomial>> = whole.filter_map(|s| truths_of(s).into_iter().next()).map(|l| merged(l, equal)).collect();
    let [first, second] = costs.as_slice() else { return Ruling::not_checked("the question compares two models") };
    let gap = dominated(first, second, &[]).or_else(|| dominated(second, first, &[]));
    let with = format!("with {} = {}", equal.0, equal.1);
    match gap {
        None => Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("{with} each bounds the other up to a factor")),
        Some(_) => {
            let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{with} one grows faster than the other"));
            ruling.witness = gap.map(|(_, ray)| format!("along {ray:?}"));
            ruling
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: i64, b: i64) -> Ratio {
        Ratio::new(a, b).expect("small")
    }

    fn of(text: &str) -> Expr {
        parse_text(text, &Lexicon::default()).expect(text)
    }

    #[test]
    fn a_term_is_followed_through_a_change() {
        let change = [("l".to_string(), ratio(2, 1))];
        assert_eq!(becomes(&of("L l^2"), &of("4 L l^2"), &change, true).verdict, Verdict::Holds);
        assert_eq!(becomes(&of("L l^2"), &of("2 L l^2"), &change, true).verdict, Verdict::Refuted);
        assert_eq!(becomes(&of("L l^2"), &of("2 L l^2"), &change, false).verdict, Verdict::NotChecked);
    }

    #[test]
    fn polynomials_are_compared_exactly() {
        assert_eq!(equal(&of("l m + m l"), &of("2 l m")), Some(true));
        assert_eq!(equal(&of("l m"), &of("m^2")), Some(false));
        assert_eq!(equal(&of("l / m"), &of("l")), None);
    }
}
