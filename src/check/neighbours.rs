//! The correction of a refuted relation: the nearest true statement that differs from it by one edit.
//!
//! Unlike `super::repair`, which finds slips of spelling, this never changes a verdict: what is wrong stays refuted, and
//! the edit that makes it true (verified by the same judge) is its correction.

use super::relation;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Index, Relation, Style, Symbol, print, print_chain};
use crate::record::Verdict;

/// Most neighbours that are judged of one relation.
const TRIED_MAX: usize = 48;

/// A relation of more parts than this has no neighbours: every part would give some, each as large as the whole.
const SIZE_MAX: usize = 300;

/// The refuted ruling with its correction, where one edit makes the relation true.
pub fn corrected(scene: &Scene, link: &Link, failed: Ruling) -> Ruling {
    let settled = failed.verdict != Verdict::Refuted || failed.correction.is_some() || failed.fix.is_some();
    let size = link.left.size() + link.right.size();
    if settled || size > SIZE_MAX || [&link.left, &link.right].into_iter().any(|e| sampled(scene, e)) {
        return failed;
    }
    let found = neighbours(scene, link).into_iter().take(TRIED_MAX).find(|(candidate, _)| {
        let ruling = relation::judge(scene, candidate);
        let close = matches!(candidate.relation, Relation::Equal | Relation::In | Relation::Tilde);
        if close { ruling.verdict == Verdict::Holds } else { ruling.is_true() }
    });
    let Some((candidate, change)) = found else { return failed };
    let becomes = print_chain(&candidate.chain(), Style::Plain);
    let message = format!("{}; it would be true with {change}: {becomes}", failed.message);
    Ruling { message, correction: Some(becomes), ..failed }
}

/// Whether a moment or a probability occurs of what is no linear form in the keys: it may have to be sampled, and dozens of
/// neighbours with it.
fn sampled(scene: &Scene, e: &Expr) -> bool {
    let inside = match e {
        Expr::Moment(_, inner) => inner.symbols(),
        Expr::Call("Cov", arguments) => arguments.iter().flat_map(Expr::symbols).collect(),
        Expr::Probability(event) => event.operands.iter().flat_map(|o| o.expr.symbols()).collect(),
        _ => return e.children().into_iter().any(|c| sampled(scene, c)),
    };
    let bent = |body: &Expr| {
        let mut found = false;
        body.walk(&mut |e| found |= matches!(e, Expr::Call(..) | Expr::Sum(..) | Expr::Div(..)));
        found
    };
    inside.iter().any(|s| scene.definitions().iter().chain(&scene.world.definitions).any(|d| d.name == s.name && bent(&d.body)))
}

/// Statements one edit away, the smallest edits first.
fn neighbours(scene: &Scene, link: &Link) -> Vec<(Link, String)> {
    let mut out: Vec<(Link, String)> = Vec::new();
    let letters = letters(scene, link);
    for (right, change) in edits(&link.right, &letters) {
        out.push((Link { right, ..link.clone() }, format!("{change} on the right")));
    }
    for (left, change) in edits(&link.left, &letters) {
        out.push((Link { left, ..link.clone() }, format!("{change} on the left")));
    }
    for (right, change) in whole(scene, link) {
        out.push((Link { right, ..link.clone() }, change));
    }
    let relations: &[Relation] = match link.relation {
        Relation::Greater | Relation::GreaterEqual | Relation::MuchGreater => &[Relation::Less, Relation::MuchLess],
        Relation::Less | Relation::LessEqual | Relation::MuchLess => &[Relation::Greater, Relation::MuchGreater],
        Relation::Equal => &[Relation::MuchGreater, Relation::MuchLess],
        _ => &[],
    };
    for r in relations {
        out.push((Link { relation: *r, ..link.clone() }, format!("`{}` for `{}`", r.plain(), link.relation.plain())));
    }
    out.retain(|(l, _)| l != link && l.left != l.right);
    out
}

/// The index letters that may stand for one another here.
fn letters(scene: &Scene, link: &Link) -> Vec<Index> {
    let mut out: Vec<Index> = Vec::new();
    let own = [&link.left, &link.right].into_iter().flat_map(Expr::symbols).flat_map(|s| s.indices);
    let bound = bound_letters(link);
    for index in own.chain(scene.world.letters.iter().cloned().map(Index::Letter)) {
        if !out.contains(&index) && !matches!(&index, Index::Letter(l) if bound.contains(l)) {
            out.push(index);
        }
    }
    out
}

fn bound_letters(link: &Link) -> Vec<String> {
    let mut out = Vec::new();
    for e in [&link.left, &link.right] {
        e.walk(&mut |e| {
            if let Expr::Sum(range, _) = e {
                out.push(range.index.clone());
            }
        });
    }
    out
}

/// An expression with one of its parts changed, and how.
fn edits(e: &Expr, letters: &[Index]) -> Vec<(Expr, String)> {
    let mut out = here(e, letters);
    for k in 0..e.children().len() {
        for (changed, change) in edits(e.children()[k], letters) {
            let mut at = 0;
            let whole = e.map_children(&mut |c| {
                at += 1;
                if at == k + 1 { changed.clone() } else { c.clone() }
            });
            out.push((whole, change));
        }
    }
    out
}

/// The edits of one place.
fn here(e: &Expr, letters: &[Index]) -> Vec<(Expr, String)> {
    let shown = |e: &Expr| print(e, Style::Plain);
    let mut out: Vec<Expr> = Vec::new();
    match e {
        Expr::Symbol(s) => {
            for (k, old) in s.indices.iter().enumerate() {
                for new in letters.iter().filter(|l| *l != old) {
                    let mut indices = s.indices.clone();
                    indices[k] = new.clone();
                    out.push(Expr::Symbol(Symbol { name: s.name.clone(), indices }));
                }
            }
            if s.name == "n" && s.indices.is_empty() {
                out.extend([1, 2].map(|k| Expr::Add(vec![e.clone(), Expr::Neg(Box::new(Expr::int(k)))])));
            }
        }
        Expr::Number(n) => {
            if let Some((whole, 1)) = n.exact.filter(|(w, _)| (0..1000).contains(w)) {
                let near = [whole + 1, whole - 1, 2 * whole].into_iter().filter(|m| *m != whole && *m > 0);
                out.extend(near.filter_map(|m| i64::try_from(m).ok()).map(Expr::int));
            }
        }
        Expr::Add(v) => {
            for k in 0..v.len() {
                let mut w = v.clone();
                w[k] = negated(&w[k]);
                out.push(Expr::Add(w));
            }
            if let [a, b] = &v[..] {
                out.push(Expr::Add(vec![negated(a), negated(b)]));
            }
        }
        Expr::Neg(inner) => out.push((**inner).clone()),
        Expr::Transpose(inner) => out.push((**inner).clone()),
        Expr::Mul(v) => {
            for k in 0..v.len() {
                let mut w = v.clone();
                w.remove(k);
                out.push(if w.len() == 1 { w.remove(0) } else { Expr::Mul(w) });
                if k + 1 < v.len() {
                    let mut w = v.clone();
                    w.swap(k, k + 1);
                    out.push(Expr::Mul(w));
                }
                let mut w = v.clone();
                w[k] = Expr::Transpose(Box::new(w[k].clone()));
                out.push(Expr::Mul(w));
            }
        }
        Expr::Div(a, b) => out.push(Expr::Div(b.clone(), a.clone())),
        Expr::Pow(base, _) => out.push((**base).clone()),
        Expr::Call("exp", v) => out.extend(v.first().map(|x| Expr::Call("exp", vec![negated(x)]))),
        Expr::Call("sqrt", v) => out.extend(v.first().cloned()),
        Expr::Moment(m, inner) => {
            use crate::language::Moment;
            let other = match m {
                Moment::Variance => Some(Moment::Deviation),
                Moment::Deviation => Some(Moment::Variance),
                Moment::Mean => None,
            };
            out.extend(other.map(|o| Expr::Moment(o, inner.clone())));
        }
        Expr::Normal(mean, variance) => {
            let square = Expr::Pow(variance.clone(), Box::new(Expr::int(2)));
            out.extend([Expr::Call("sqrt", vec![(**variance).clone()]), square].map(|v| Expr::Normal(mean.clone(), Box::new(v))));
        }
        Expr::Sum(range, body) => {
            // The body runs over another letter than the range.
            for letter in body.free_indices().iter().filter(|l| **l != range.index) {
                out.push(Expr::Sum(range.clone(), Box::new(body.with_index(letter, &Index::Letter(range.index.clone())))));
            }
        }
        _ => {}
    }
    out.into_iter().map(|new| (new.clone(), format!("`{}` for `{}`", shown(&new), shown(e)))).collect()
}

fn negated(e: &Expr) -> Expr {
    match e {
        Expr::Neg(inner) => (**inner).clone(),
        e => Expr::Neg(Box::new(e.clone())),
    }
}

/// The whole side with a factor more or less, squared, or under a root.
fn whole(scene: &Scene, link: &Link) -> Vec<(Expr, String)> {
    let side = &link.right;
    let mut factors: Vec<Expr> = vec![Expr::int(2)];
    for s in [link.left.symbols(), link.right.symbols()].concat() {
        let e = Expr::Symbol(s.clone());
        let number = !scene.world.is_matrix(&s) && scene.world.slot(&s).is_none();
        if number && s.indices.is_empty() && !factors.contains(&e) {
            factors.push(e);
        }
    }
    let n = Expr::Symbol(Symbol::plain("n"));
    if !factors.contains(&n) {
        factors.push(n);
    }
    let mut out = vec![
        (negated(side), "the other sign of the right side".to_string()),
        (Expr::Call("sqrt", vec![side.clone()]), "the root of the right side".to_string()),
        (Expr::Pow(Box::new(side.clone()), Box::new(Expr::int(2))), "the square of the right side".to_string()),
    ];
    for f in factors {
        let name = print(&f, Style::Plain);
        out.push((Expr::Mul(vec![f.clone(), side.clone()]), format!("a factor {name} more on the right")));
        out.push((Expr::Div(Box::new(side.clone()), Box::new(f)), format!("a factor {name} less on the right")));
    }
    out
}
