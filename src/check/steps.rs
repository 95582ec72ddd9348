//! A wrong step of a chain, and whether the chain's ending rests on it.

use super::statement::{Context, judge};
use crate::claim::{Body, Link, Statement};
use crate::language::{Relation, Style, print_chain};
use crate::record::Verdict;

/// What a refuted step means for the ending of its chain `a = b = … = z`; `None` where it is no step of one.
pub fn consequence(context: &Context, statements: &[Statement], at: usize) -> Option<String> {
    let (first, last) = ends(statements, at)?;
    let whole = Link { left: link(&statements[first])?.left.clone(), ..link(&statements[last])?.clone() };
    let words = print_chain(&whole.chain(), Style::Plain);
    let ending = Statement { body: Body::Relation { link: whole, alternatives: vec![] }, ..statements[last].clone() };
    match judge(context, &ending).0.verdict {
        Verdict::Holds | Verdict::HoldsInLimit => {
            Some(format!("the chain's ending does not rest on this step: {words} is right all the same"))
        }
        Verdict::Refuted => Some(format!("the chain's ending rests on this step: {words} is wrong with it")),
        _ => None,
    }
}

/// The first and last step of the chain that a step belongs to, where it has more than one.
fn ends(statements: &[Statement], at: usize) -> Option<(usize, usize)> {
    link(&statements[at])?;
    let joined = |k: usize| match (link(&statements[k]), statements.get(k + 1).and_then(link)) {
        (Some(a), Some(b)) => a.right == b.left,
        _ => false,
    };
    let mut first = at;
    while first > 0 && joined(first - 1) {
        first -= 1;
    }
    let mut last = at;
    while joined(last) {
        last += 1;
    }
    (first < last).then_some((first, last))
}

/// The relation of a step: an equality, exact or not.
fn link(s: &Statement) -> Option<&Link> {
    match &s.body {
        Body::Relation { link, .. } if matches!(link.relation, Relation::Equal | Relation::Approx) => Some(link),
        _ => None,
    }
}
