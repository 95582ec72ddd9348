//! Proofs of scalar identities by the laws: searched in an e-graph, handed out as steps.
//!
//! The search (`egg`, Willsey and others, POPL 2021) is bounded in nodes and rounds; what it
//! finds is a chain of trees, each made from the one before by one law at one place, which
//! [`super::recheck`] checks without the e-graph. Not finding one says nothing.

use std::collections::HashMap;

use egg::{Analysis, DidMerge, EGraph, Id, Language, Pattern, RecExpr, Rewrite, Runner, StopReason, Subst, SymbolLang, Var};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use super::decide::{Outcome, decide};
use super::hypotheses::{Hypotheses, Sign};
use super::laws::{LAWS, Law, Need};
use super::term::{Term, show_rational};
use super::tree::{NODES_MAX, Tree};

/// One law applied at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct LawStep {
    /// The law's name; `arithmetic` for a number worked out.
    pub law: String,
    /// Whether it was used from left to right.
    pub forward: bool,
    /// The whole tree after the step.
    pub after: Tree,
}

/// A proof by laws.
#[derive(Debug, Clone, PartialEq)]
pub struct LawProof {
    /// The left side as a tree.
    pub start: Tree,
    /// The steps, the last of which ends in the right side.
    pub steps: Vec<LawStep>,
    /// Parts that the laws do not look into.
    pub opaque: Vec<Term>,
}

impl LawProof {
    /// The steps in words, one a line.
    pub fn lines(&self) -> Vec<String> {
        let show = |t: &Tree| t.term(&self.opaque).map_or_else(|| t.to_string(), |t| super::print::show(&t));
        self.steps.iter().map(|s| format!("= {}    by {}", show(&s.after), s.law)).collect()
    }
}

/// Why no proof came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Every consequence of the laws within reach was drawn, or the rounds were spent.
    Searched,
    /// The nodes were spent.
    Nodes,
    /// The terms are too large to search.
    Size,
}

/// Most nodes of the e-graph.
const GRAPH_NODES_MAX: usize = 6_000;

/// Most rounds of applying all laws.
const ROUNDS_MAX: usize = 12;

/// What is known of a class of equal terms.
#[derive(Debug, Clone, Default, PartialEq)]
struct Known {
    number: Option<BigRational>,
    not_zero: bool,
    positive: bool,
}

/// Keeps what is known of each class.
struct Knowledge {
    leaves: HashMap<String, Known>,
}

impl Analysis<SymbolLang> for Knowledge {
    type Data = Known;

    fn make(graph: &mut EGraph<SymbolLang, Self>, node: &SymbolLang, _: Id) -> Known {
        let of = |k: usize| &graph[node.children[k]].data;
        let number = fold(node.op.as_str(), node.children.iter().map(|c| graph[*c].data.number.clone()).collect());
        if let Some(n) = &number {
            return Known { not_zero: !n.is_zero(), positive: n.is_positive(), number };
        }
        let both = |f: fn(&Known) -> bool| (0..node.children.len()).all(|k| f(of(k)));
        match (node.op.as_str(), node.children.len()) {
            ("exp", 1) => Known { not_zero: true, positive: true, number: None },
            ("*", 2) => Known { not_zero: both(|k| k.not_zero), positive: both(|k| k.positive), number: None },
            ("+", 2) => Known { not_zero: both(|k| k.positive), positive: both(|k| k.positive), number: None },
            ("^", 2) => Known { not_zero: of(0).not_zero, positive: of(0).positive, number: None },
            (leaf, 0) => graph.analysis.leaves.get(leaf).cloned().unwrap_or_default(),
            _ => Known::default(),
        }
    }

    fn merge(&mut self, a: &mut Known, b: Known) -> DidMerge {
        let before = a.clone();
        a.number = a.number.take().or(b.number.clone());
        a.not_zero |= b.not_zero;
        a.positive |= b.positive;
        DidMerge(*a != before, *a != b)
    }

    fn modify(graph: &mut EGraph<SymbolLang, Self>, id: Id) {
        let Some(n) = graph[id].data.number.clone() else { return };
        let nodes: Vec<SymbolLang> = graph[id].nodes.iter().filter(|n| !n.is_leaf()).cloned().collect();
        for node in nodes {
            let children: Option<Vec<BigRational>> = node.children.iter().map(|c| graph[*c].data.number.clone()).collect();
            let Some(children) = children else { continue };
            let text = format!("({} {})", node.op, children.iter().map(show_rational).collect::<Vec<_>>().join(" "));
            if let (Ok(from), Ok(to)) = (text.parse::<Pattern<SymbolLang>>(), show_rational(&n).parse::<Pattern<SymbolLang>>()) {
                graph.union_instantiations(&from.ast, &to.ast, &Subst::default(), "arithmetic");
            }
        }
    }
}

/// The number that an operation on numbers gives.
pub(super) fn fold(op: &str, children: Vec<Option<BigRational>>) -> Option<BigRational> {
    let list: Vec<BigRational> = children.into_iter().collect::<Option<_>>()?;
    match (op, &list[..]) {
        (leaf, []) => leaf.parse().ok(),
        ("+", [a, b]) => Some(a + b),
        ("*", [a, b]) => Some(a * b),
        ("^", [a, b]) => {
            let e = b.to_integer().to_i32().filter(|e| b.is_integer() && e.abs() <= 64)?;
            (!(a.is_zero() && e <= 0) && a.numer().bits() <= 64).then(|| a.pow(e))
        }
        _ => None,
    }
}

fn rewrites() -> Vec<Rewrite<SymbolLang, Knowledge>> {
    LAWS.iter().flat_map(|l| [one_way(l, true), if l.both { one_way(l, false) } else { None }]).flatten().collect()
}

fn one_way(l: &'static Law, forward: bool) -> Option<Rewrite<SymbolLang, Knowledge>> {
    let (from, to) = if forward { (l.left, l.right) } else { (l.right, l.left) };
    let (from, to): (Pattern<SymbolLang>, Pattern<SymbolLang>) = (from.parse().ok()?, to.parse().ok()?);
    let name = if forward { l.name.to_string() } else { format!("{} reversed", l.name) };
    let letter = match l.need {
        Need::Nothing => return Rewrite::new(name, from, to).ok(),
        Need::NotZero(x) | Need::Positive(x) | Need::Whole(x) => x.parse::<Var>().ok()?,
    };
    let met = move |graph: &mut EGraph<SymbolLang, Knowledge>, _: Id, subst: &Subst| {
        let known = &graph[subst[letter]].data;
        match l.need {
            Need::NotZero(_) => known.not_zero,
            Need::Positive(_) => known.positive,
            Need::Whole(_) => known.number.as_ref().is_some_and(BigRational::is_integer),
            Need::Nothing => true,
        }
    };
    Rewrite::new(name, from, egg::ConditionalApplier { condition: met, applier: to }).ok()
}

/// Searches a proof that `left = right` by the laws.
///
/// # Errors
///
/// Why the search ended without one; that is no refutation.
pub fn search(left: &Term, right: &Term, hypotheses: &Hypotheses) -> Result<LawProof, Stopped> {
    let mut opaque = Vec::new();
    let (l, r) = (Tree::of(left, &mut opaque), Tree::of(right, &mut opaque));
    if l.size() + r.size() > NODES_MAX {
        return Err(Stopped::Size);
    }
    let (from, to) = (recorded(&l), recorded(&r));
    let leaves = opaque.iter().enumerate().map(|(k, t)| (format!("#{k}"), leaf(t, hypotheses))).collect();
    let mut graph = EGraph::new(Knowledge { leaves }).with_explanations_enabled();
    for t in denominators(&l).into_iter().chain(denominators(&r)) {
        let id = graph.add_expr(&recorded(t));
        let zero = t.term(&opaque).map(|t| decide(&t, &Term::int(0), hypotheses).outcome);
        if zero == Some(Outcome::Refuted) {
            let data = Known { not_zero: true, ..graph[id].data.clone() };
            graph.set_analysis_data(id, data);
        }
    }
    let runner: Runner<SymbolLang, Knowledge> =
        Runner::new(Knowledge { leaves: HashMap::new() }).with_egraph(graph).with_expr(&from).with_expr(&to);
    let (from_id, to_id) = (runner.roots[0], runner.roots[1]);
    let runner = runner
        .with_node_limit(GRAPH_NODES_MAX)
        .with_iter_limit(ROUNDS_MAX)
        .with_time_limit(std::time::Duration::MAX)
        .with_hook(move |r| if r.egraph.find(from_id) == r.egraph.find(to_id) { Err("proved".into()) } else { Ok(()) })
        .run(&rewrites());
    let mut graph = runner.egraph;
    if graph.find(from_id) != graph.find(to_id) {
        return Err(if matches!(runner.stop_reason, Some(StopReason::NodeLimit(_))) {
            Stopped::Nodes
        } else {
            Stopped::Searched
        });
    }
    let mut explanation = graph.explain_equivalence(&from, &to);
    let steps = explanation.make_flat_explanation().iter().skip(1).filter_map(step).collect();
    Ok(LawProof { start: l, steps, opaque })
}

fn leaf(t: &Term, h: &Hypotheses) -> Known {
    let positive = h.sign(t) == Sign::Positive;
    Known { number: None, not_zero: positive || matches!(t, Term::Var(_) | Term::Pi), positive }
}

/// Bases of powers: what cancels is among them.
fn denominators(t: &Tree) -> Vec<&Tree> {
    let own = if t.head == "^" { t.children.first() } else { None };
    own.into_iter().chain(t.children.iter().flat_map(denominators)).collect()
}

fn recorded(t: &Tree) -> RecExpr<SymbolLang> {
    fn go(t: &Tree, out: &mut RecExpr<SymbolLang>) -> Id {
        let children = t.children.iter().map(|c| go(c, out)).collect();
        out.add(SymbolLang::new(t.head.as_str(), children))
    }
    let mut out = RecExpr::default();
    go(t, &mut out);
    out
}

fn step(t: &egg::FlatTerm<SymbolLang>) -> Option<LawStep> {
    let (rule, forward) = marked(t)?;
    let (law, reversed) = match rule.strip_suffix(" reversed") {
        Some(name) => (name.to_string(), true),
        None => (rule, false),
    };
    Some(LawStep { law, forward: forward != reversed, after: plain(t) })
}

/// The rule that made this tree of the one before, and in which direction.
fn marked(t: &egg::FlatTerm<SymbolLang>) -> Option<(String, bool)> {
    if let Some(rule) = &t.forward_rule {
        return Some((rule.to_string(), true));
    }
    if let Some(rule) = &t.backward_rule {
        return Some((rule.to_string(), false));
    }
    t.children.iter().find_map(marked)
}

fn plain(t: &egg::FlatTerm<SymbolLang>) -> Tree {
    Tree { head: t.node.op.to_string(), children: t.children.iter().map(plain).collect() }
}
