//! Fix-its: when a relation fails, the nearest true statement one small step away.

use super::relation;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::{Condition, Link};
use crate::language::{Expr, Index, Relation, Style, Symbol, print_chain};
use crate::record::{Fix, Verdict};

/// A true neighbour of a failed relation, as a `holds-if-read` ruling.
pub fn nearest(scene: &Scene, conditions: &[Condition], link: &Link, failed: &Ruling) -> Option<Ruling> {
    for (candidate, change) in candidates(scene, conditions, link) {
        let ruling = relation::judge(scene, &candidate);
        if ruling.is_true() && change.starts_with(SCANNED) {
            return Some(Ruling { message: format!("{}; {change}", ruling.message), ..ruling });
        }
        if ruling.is_true() {
            let mut found = Ruling::new(
                Verdict::HoldsIfRead,
                ruling.tier,
                format!("true after one change: {change}; as written: {}", failed.message),
            );
            found.fix = Some(Fix { change, becomes: print_chain(&candidate.chain(), Style::Plain) });
            found.witness.clone_from(&failed.witness);
            found.rate = ruling.rate;
            found.error_probability = ruling.error_probability;
            return Some(found);
        }
    }
    None
}

fn candidates(scene: &Scene, conditions: &[Condition], link: &Link) -> Vec<(Link, String)> {
    let mut out = Vec::new();
    same_index(conditions, link, &mut out);
    if link.relation == Relation::Equal {
        much_greater(link, &mut out);
    }
    outer_products(scene, link, &mut out);
    swapped_cases(conditions, link, &mut out);
    misread_symbols(scene, link, &mut out);
    out
}

/// One index on both sides where a condition names a second one: `k_i ≫ k_i, i ≠ j`.
fn same_index(conditions: &[Condition], link: &Link, out: &mut Vec<(Link, String)>) {
    for condition in conditions {
        let Condition::Differ(Index::Letter(a), Index::Letter(b)) = condition else {
            continue;
        };
        for (from, to) in [(a, b), (b, a)] {
            let both = link.left.free_indices().contains(from) && link.right.free_indices().contains(from);
            let absent = !link.left.free_indices().contains(to) && !link.right.free_indices().contains(to);
            if both && absent {
                let to_index = Index::Letter(to.clone());
                out.push((
                    Link { left: link.left.with_index(from, &to_index), ..link.clone() },
                    format!("the index {to} for {from} on the left"),
                ));
                out.push((
                    Link { right: link.right.with_index(from, &to_index), ..link.clone() },
                    format!("the index {to} for {from} on the right"),
                ));
            }
        }
    }
}

/// `α_j = Σ_{i≠j} α_i`: one weight against the sum of the others.
fn much_greater(link: &Link, out: &mut Vec<(Link, String)>) {
    let sum_of_rest = matches!(&link.right, Expr::Sum(range, _) if !range.except.is_empty());
    if sum_of_rest {
        out.push((Link { relation: Relation::MuchGreater, ..link.clone() }, "`≫` for `=`".into()));
    }
}

/// `μ^T μ` where `μ μ^T` is meant: a scalar in the place of a matrix.
fn outer_products(scene: &Scene, link: &Link, out: &mut Vec<(Link, String)>) {
    if scene.world.shape_of(&link.right, scene.definitions()).is_ok() {
        return;
    }
    let turned = turn(&link.right);
    if turned != link.right {
        out.push((Link { right: turned, ..link.clone() }, "the outer product x x^T for x^T x".into()));
    }
}

fn turn(e: &Expr) -> Expr {
    if let Expr::Mul(factors) = e
        && let [Expr::Transpose(a), b] = factors.as_slice()
        && **a == *b
    {
        return Expr::Mul(vec![b.clone(), Expr::Transpose(a.clone())]);
    }
    e.map_children(&mut |c| turn(c))
}

/// 0 and 1 of two cases exchanged: `a_j^T a_i = 0 if i = j`.
fn swapped_cases(conditions: &[Condition], link: &Link, out: &mut Vec<(Link, String)>) {
    let cased = conditions.iter().any(|c| matches!(c, Condition::Same(..) | Condition::Differ(..) | Condition::Among(..)));
    let Expr::Number(n) = &link.right else { return };
    // Of vectors of one family: what else is said to be 1 is no slip.
    let family = match &link.left {
        Expr::Mul(factors) => match factors.as_slice() {
            [Expr::Transpose(a), Expr::Symbol(b)] => matches!(&**a, Expr::Symbol(a) if a.name == b.name),
            _ => false,
        },
        _ => false,
    };
    if cased && family && (n.value == 0.0 || n.value == 1.0) {
        out.push((
            Link { right: Expr::int(1 - n.value as i64), ..link.clone() },
            "0 and 1 exchanged between the two cases".into(),
        ));
    }
}

/// A symbol that nothing defines, read as one of the same shape that is: `x_a` for `α_a`.
fn misread_symbols(scene: &Scene, link: &Link, out: &mut Vec<(Link, String)>) {
    let Some(stranger) = relation::unknown_symbol(scene, link) else {
        return;
    };
    let known = scene.world.lexicon.families.iter().chain(&scene.world.lexicon.plain);
    for name in known {
        let candidate = Symbol { name: name.clone(), indices: stranger.indices.clone() };
        if !scene.world.knows(&candidate, scene.definitions()) || !look_alike(&stranger.name, name) {
            continue;
        }
        let swap = |s: &Symbol| {
            (s.name == stranger.name).then(|| Expr::Symbol(Symbol { name: name.clone(), indices: s.indices.clone() }))
        };
        let becomes = Link { left: link.left.substitute(&swap), relation: link.relation, right: link.right.substitute(&swap) };
        // "b has variance 2αβ²": of the score of b, and of no β.
        let bare = |e: &Expr| matches!(e, Expr::Moment(_, inner) if matches!(&**inner, Expr::Symbol(s) if *s == stranger));
        if scene.world.letters.contains(&stranger.name) && (bare(&link.left) || bare(&link.right)) {
            continue;
        }
        let scanned = LOST_GREEK.iter().any(|(latin, greek)| *latin == stranger.name && *greek == name);
        let change = format!(
            "{}{} for {}",
            if scanned { SCANNED } else { "" },
            crate::language::print_name(name, Style::Plain),
            crate::language::print_name(&stranger.name, Style::Plain)
        );
        out.push((becomes, change));
    }
}

/// A symbol of the question, or of the writer's, that one nobody defined may stand for: a letter that looks like it, the
/// other case, the same name with other indices.
pub fn meant(scene: &Scene, stranger: &Symbol) -> Option<Symbol> {
    let lexicon = &scene.world.lexicon;
    let own = scene.definitions().iter().map(|d| &d.name);
    let known: Vec<&String> = lexicon.families.iter().chain(&lexicon.plain).chain(own).collect();
    let as_it_is = |name: &String| Symbol { name: name.clone(), indices: stranger.indices.clone() };
    let close = known.iter().filter(|n| n.eq_ignore_ascii_case(&stranger.name) || look_alike(&stranger.name, n));
    let mut candidates: Vec<Symbol> = close.map(|n| as_it_is(n)).collect();
    candidates.push(Symbol::plain(&stranger.name));
    candidates.extend(scene.world.letters.iter().map(|l| Symbol::indexed(&stranger.name, l)));
    candidates.into_iter().find(|s| s != stranger && scene.world.knows(s, scene.definitions()))
}

/// How a change is announced that a scan made and not the writer.
const SCANNED: &str = "read, as a lost Greek letter, with ";

/// Latin letters that scans and keyboards put for Greek ones.
const LOST_GREEK: &[(&str, &str)] = &[("a", "alpha"), ("u", "mu"), ("B", "beta"), ("b", "beta")];

/// Letters that are taken for each other in writing and scanning.
fn look_alike(a: &str, b: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("a", "alpha"),
        ("x", "alpha"),
        ("w", "alpha"),
        ("u", "mu"),
        ("m", "mu"),
        ("B", "beta"),
        ("b", "beta"),
        ("p", "alpha"),
        ("u", "v"),
        ("y", "gamma"),
        ("r", "gamma"),
        ("s", "sigma"),
    ];
    PAIRS.iter().any(|(x, y)| (*x == a && *y == b) || (*x == b && *y == a))
}
