//! Identities by algebra: a relation with its definitions put in, as terms that the algebra decides.
//!
//! Algebra only strengthens the ground of what every instance shows already: a proof turns `sampled`
//! into `exact`. What lies outside its fragment stays with the instances.

use num_traits::Zero;

use super::scene::Scene;
use crate::algebra::given::Given;
use crate::algebra::{Decision, Func, Ground, Hypotheses, Outcome, Sign, Sum, Term, answer, decide, from_expr};
use crate::claim::Link;
use crate::language::{Expr, Index, Relation, Symbol};
use crate::numeric::{Definition, Parameter};
use crate::world::{Law, World};

/// Definitions put into each other at most this deep.
const DEPTH_MAX: usize = 8;

/// Expressions with more parts than this once their definitions are put in are left to the instances.
const EXPANDED_MAX: usize = 10_000;

/// Terms with more parts than this are left to the instances: proofs of readable statements are small.
const PARTS_MAX: usize = 400;

/// The reason, where algebra proves the relation.
pub fn proved(scene: &Scene, link: &Link) -> Option<String> {
    let term = |e: &Expr| from_expr(&fixed_letters(scene.world, &expanded(scene, e, 0)?)).ok();
    let (left, right) = (term(&link.left)?, term(&link.right)?);
    if parts(&left) + parts(&right) > PARTS_MAX {
        return None;
    }
    let given = given(scene.world);
    let (flat_left, flat_right) = (products_as_scalars(&left), products_as_scalars(&right));
    match link.relation {
        Relation::Equal | Relation::Approx => {
            equal(&left, &right, &given).or_else(|| reason(decide(&flat_left, &flat_right, &scalars(scene.world))))
        }
        Relation::Greater => positive(&flat_left.minus(flat_right), &given).then(|| POSITIVE.into()),
        Relation::Less => positive(&flat_right.minus(flat_left), &given).then(|| POSITIVE.into()),
        _ => None,
    }
}

/// The expression with the definitions of the scene put in; `None` where they run in a circle or grow too large.
pub fn written_out(scene: &Scene, e: &Expr) -> Option<Expr> {
    expanded(scene, e, 0)
}

/// Whether two expressions of numbers are equal by algebra alone, whatever their symbols stand for.
pub fn equal_scalars(scene: &Scene, left: &Expr, right: &Expr) -> bool {
    let (Ok(left), Ok(right)) = (from_expr(left), from_expr(right)) else { return false };
    reason(decide(&left, &right, &scalars(scene.world))).is_some()
}

const POSITIVE: &str = "the difference is positive, term by term";

fn equal(left: &Term, right: &Term, given: &Given) -> Option<String> {
    reason(answer::terms(left, right, given))
}

fn reason(decision: Decision) -> Option<String> {
    (decision.outcome == Outcome::Holds && decision.ground == Some(Ground::Exact)).then_some(decision.reason)
}

/// Whether a term is positive because everything it is made of is.
fn positive(t: &Term, given: &Given) -> bool {
    match t {
        Term::Call(Func::Exp, _) => true,
        Term::Sum(s) => positive(&s.body, given),
        Term::Mul(v) => v.iter().all(|x| positive(x, given)),
        Term::Add(v) => {
            let zero = |x: &&Term| x.rational().is_some_and(|n| n.is_zero());
            v.iter().any(|x| positive(x, given)) && v.iter().all(|x| zero(&x) || positive(x, given))
        }
        Term::Pow(base, _) => positive(base, given),
        other => given.hypotheses.sign(other) == Sign::Positive,
    }
}

/// Inner products of two symbols as scalars of their own: what holds for any numbers in their place
/// holds for them.
fn products_as_scalars(t: &Term) -> Term {
    match t {
        Term::Mul(v) => {
            let mut out: Vec<Term> = Vec::new();
            for factor in v {
                match (out.last(), factor) {
                    (Some(Term::Transpose(x)), Term::Var(b)) if matches!(**x, Term::Var(_)) => {
                        let Some(Term::Transpose(x)) = out.pop() else { continue };
                        let Term::Var(a) = *x else { continue };
                        let name = format!("{}·{}", a.name, b.name);
                        out.push(Term::Var(Symbol { name, indices: a.indices.iter().chain(&b.indices).cloned().collect() }));
                    }
                    _ => out.push(products_as_scalars(factor)),
                }
            }
            Term::mul(out)
        }
        Term::Add(v) => Term::add(v.iter().map(products_as_scalars).collect()),
        Term::Pow(a, b) => products_as_scalars(a).pow(products_as_scalars(b)),
        Term::Call(f, v) => Term::Call(*f, v.iter().map(products_as_scalars).collect()),
        Term::Sum(s) => factored(Sum { body: products_as_scalars(&s.body), ..(**s).clone() }),
        other => other.clone(),
    }
}

/// A sum with the scalar factors that its index does not touch in front: `Σ_i x_i / D` as `D^{-1} Σ_i x_i`.
fn factored(sum: Sum) -> Term {
    let Term::Mul(factors) = &sum.body else { return Term::Sum(Box::new(sum)) };
    let mark = Index::Letter("\u{1}".into());
    let free = |t: &Term| t.with_index(&sum.index, &mark) == *t;
    let (outside, inside): (Vec<Term>, Vec<Term>) = factors.iter().cloned().partition(free);
    if outside.is_empty() || inside.is_empty() {
        return Term::Sum(Box::new(sum));
    }
    let inner = Term::Sum(Box::new(Sum { body: Term::mul(inside), ..sum }));
    Term::mul([outside, vec![inner]].concat())
}

/// The world's letters as numbers: `a` and `b` are different indices.
fn fixed_letters(world: &World, e: &Expr) -> Expr {
    world.letters.iter().enumerate().fold(e.clone(), |e, (i, l)| e.with_index(l, &Index::Number(i as u32 + 1)))
}

/// The expression with every defined symbol replaced; `None` where definitions run in a circle, or make it larger than
/// anyone reads.
fn expanded(scene: &Scene, e: &Expr, depth: usize) -> Option<Expr> {
    let (mut size, mut defined) = (0usize, false);
    e.walk(&mut |part| {
        let body = if let Expr::Symbol(s) = part { body_of(scene, s) } else { None };
        defined |= body.is_some();
        size += body.map_or(1, Expr::size);
    });
    if depth > DEPTH_MAX || size > EXPANDED_MAX {
        return None;
    }
    let body = |s: &Symbol| {
        let (parameters, body) = (parameters_of(scene, s)?, body_of(scene, s)?);
        Some(parameters.iter().zip(&s.indices).fold(body.clone(), |body, (p, i)| match p {
            Parameter::Bind(letter) => body.with_index(letter, i),
            Parameter::Literal(_) => body,
        }))
    };
    if defined { expanded(scene, &e.substitute(&body), depth + 1) } else { Some(e.clone()) }
}

/// What the world supposes, in the algebra's words.
fn given(world: &World) -> Given {
    let mut given = Given::default();
    for (name, family) in &world.families {
        given.kinds.vectors.insert((name.clone(), 1));
        if let Law::Orthonormal { .. } = family.law {
            given.orthonormal.push(name.clone());
        }
    }
    for (name, spec) in &world.vectors {
        let key = (name.clone(), 0);
        if spec.shape.1 == "1" {
            given.kinds.vectors.insert(key)
        } else {
            given.kinds.matrices.insert(key)
        };
    }
    given.hypotheses = scalars(world);
    frames(world, &mut given);
    given
}

/// What is known of the world's numbers.
fn scalars(world: &World) -> Hypotheses {
    let mut hypotheses = Hypotheses::default();
    for (name, scalar) in &world.scalars {
        if scalar.range.0 > 0.0 {
            hypotheses.suppose(Term::var(name), Relation::Greater, Term::int(0));
        }
    }
    for (name, (low, _)) in &world.dimensions {
        hypotheses.suppose_whole(&Symbol::plain(name));
        hypotheses.suppose(Term::var(name), Relation::GreaterEqual, Term::int(*low as i64));
    }
    hypotheses
}

/// `A^T A = I` for matrices of orthonormal columns, `A^T B = 0` for two of one frame.
fn frames(world: &World, given: &mut Given) {
    let frame = |family: &String| match world.families.get(family).map(|f| &f.law) {
        Some(Law::Orthonormal { frame }) => Some(frame),
        _ => None,
    };
    for (a, of_a) in &world.columns {
        given.kinds.matrices.insert((a.clone(), 0));
        given.kinds.matrices.insert(("I".into(), 0));
        for (b, of_b) in &world.columns {
            let (Some(x), Some(y)) = (frame(of_a), frame(of_b)) else { continue };
            let product = Term::mul(vec![Term::Transpose(Box::new(Term::var(a))), Term::var(b)]);
            if a == b {
                given.hypotheses.suppose(product, Relation::Equal, Term::var("I"));
            } else if x == y {
                given.hypotheses.suppose(product, Relation::Equal, Term::int(0));
            }
        }
    }
}

/// A symbol's definition: the writer's first, the latest of them before the others, then the world's.
fn definition_of<'s>(scene: &'s Scene, symbol: &Symbol) -> Option<&'s Definition> {
    let mut all = scene.definitions().iter().rev().chain(&scene.world.definitions);
    all.find(|d| d.matches(&symbol.name, &symbol.indices))
}

/// What a symbol stands for: its definition, then what a slot means where nobody fills it.
fn body_of<'s>(scene: &'s Scene, symbol: &Symbol) -> Option<&'s Expr> {
    definition_of(scene, symbol).map(|d| &d.body).or_else(|| scene.world.slot(symbol).map(|slot| &slot.reference))
}

/// The parameters of a symbol's definition; a slot has none.
fn parameters_of<'s>(scene: &'s Scene, symbol: &Symbol) -> Option<&'s [Parameter]> {
    match definition_of(scene, symbol) {
        Some(definition) => Some(&definition.parameters),
        None => scene.world.slot(symbol).map(|_| [].as_slice()),
    }
}

fn parts(t: &Term) -> usize {
    1 + match t {
        Term::Add(v) | Term::Mul(v) | Term::Call(_, v) => v.iter().map(parts).sum(),
        Term::Pow(a, b) => parts(a) + parts(b),
        Term::Transpose(a) => parts(a),
        Term::Sum(s) => parts(&s.body),
        _ => 0,
    }
}
