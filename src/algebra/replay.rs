//! A checker for rewriting proofs: it walks the steps and knows nothing of how they were found.

use super::hypotheses::Hypotheses;
use super::rewrite::{Action, Derivation, Proof, Step, leftover};
use super::words::{Item, contracted, covers_family, same_index, times, with_letter};
use crate::language::Index;

/// Why a proof does not stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Number of the step, from 0; the number of steps where the end is at fault.
    pub step: usize,
    /// What is wrong.
    pub reason: String,
}

/// Walks the steps of a proof against its rules, from its start to its end.
///
/// # Errors
///
/// The first step that no rule allows, or an end that is not zero.
pub fn replay(proof: &Proof, hypotheses: &Hypotheses) -> Result<(), Flaw> {
    for derivation in &proof.lemmas {
        walk(proof, derivation, hypotheses)?;
    }
    walk(proof, &proof.main, hypotheses)?;
    match leftover(&proof.main.end, hypotheses) {
        None => Ok(()),
        Some(rest) => Err(Flaw { step: proof.main.steps.len(), reason: format!("{rest} is left") }),
    }
}

fn walk(proof: &Proof, derivation: &Derivation, hypotheses: &Hypotheses) -> Result<(), Flaw> {
    let mut items = derivation.start.clone();
    for (k, step) in derivation.steps.iter().enumerate() {
        let flaw = |reason: &str| Flaw { step: k, reason: reason.into() };
        let Some(place) = find(&items, &step.before) else {
            return Err(flaw("the item is not there"));
        };
        items.remove(place);
        if !allowed(proof, step, hypotheses) {
            return Err(flaw("the rule does not make this of it"));
        }
        items.extend(step.after.iter().cloned());
    }
    let items = contracted(items);
    if items.len() != derivation.end.len() || items.iter().any(|i| !derivation.end.contains(i)) {
        return Err(Flaw { step: derivation.steps.len(), reason: "the steps lead elsewhere".into() });
    }
    Ok(())
}

/// The item's place; taking scalars out of words is no step of its own.
fn find(items: &[Item], wanted: &Item) -> Option<usize> {
    if let Some(k) = items.iter().position(|i| i == wanted) {
        return Some(k);
    }
    items.iter().position(|i| contracted(vec![i.clone()])[0] == *wanted)
}

fn allowed(proof: &Proof, step: &Step, hypotheses: &Hypotheses) -> bool {
    let Some(rule) = proof.rules.get(step.rule) else { return false };
    let word = &step.before.word;
    match &rule.action {
        Action::Word(from, to) => {
            if word.get(step.at..step.at + from.len()) != Some(&from[..]) || to.len() != step.after.len() {
                return false;
            }
            let (head, tail) = (&word[..step.at], &word[step.at + from.len()..]);
            to.iter().zip(&step.after).all(|(r, after)| {
                let factor = times(&step.before.coefficient, &r.coefficient);
                after.word == [head, &r.word, tail].concat()
                    && after.coefficient == factor
                    && after.bound == [&step.before.bound[..], &r.bound[..]].concat()
            })
        }
        Action::Orthonormal(family) => {
            let (Some(row), Some(column)) = (word.get(step.at), word.get(step.at + 1)) else { return false };
            let names = row.symbol.name == *family && column.symbol.name == *family && row.transposed && !column.transposed;
            let ([i], [j]) = (&row.symbol.indices[..], &column.symbol.indices[..]) else { return false };
            let rest = [&word[..step.at], &word[step.at + 2..]].concat();
            names && delta(step, &rest, i, j, hypotheses)
        }
    }
}

/// Whether the step replaces `f_iᵀ f_j` by the Kronecker symbol and sums it out.
fn delta(step: &Step, rest: &[super::words::Letter], i: &Index, j: &Index, hypotheses: &Hypotheses) -> bool {
    let known = same_index(i, j, hypotheses);
    match (&step.after[..], known) {
        ([], Some(false)) => true,
        ([], None) => [(i, j), (j, i)].into_iter().any(|(bound, other)| {
            let Index::Letter(l) = bound else { return false };
            let binding = step.before.bound.iter().find(|b| b.index == *l && covers_family(b));
            binding.is_some_and(|b| b.except.iter().any(|e| same_index(e, other, hypotheses) == Some(true)))
        }),
        ([after], Some(true)) => {
            after.word == rest && after.coefficient == step.before.coefficient && after.bound == step.before.bound
        }
        ([after], None) => [(i, j), (j, i)].into_iter().any(|(bound, other)| {
            let Index::Letter(l) = bound else { return false };
            let Some(k) = step.before.bound.iter().position(|b| b.index == *l && covers_family(b)) else { return false };
            let inside = step.before.bound[k].except.iter().all(|e| same_index(e, other, hypotheses) == Some(false));
            let mut without = step.before.bound.clone();
            without.remove(k);
            inside
                && after.bound == without
                && after.word == with_letter(rest, l, other)
                && after.coefficient == step.before.coefficient.with_index(l, other)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewrite::{Rewriting, orthonormal_families, prove};
    use super::super::surface::{parse_relations, parse_term};
    use super::super::words::Kinds;
    use super::*;

    fn attempt(left: &str, right: &str, given: &str) -> (Rewriting, Hypotheses) {
        let (l, r) = (parse_term(left).expect(left), parse_term(right).expect(right));
        let mut h = Hypotheses::default();
        let mut all = vec![l.clone(), r.clone()];
        for (a, relation, b) in parse_relations(given).expect(given) {
            all.extend([a.clone(), b.clone()]);
            h.suppose(a, relation, b);
        }
        let mut kinds = Kinds::by_custom(&all.iter().collect::<Vec<_>>());
        kinds.vectors.extend(["c", "d", "x", "y"].map(|v| (v.to_string(), 0)));
        let families = orthonormal_families(&h);
        (prove(&l, &r, &h, &kinds, &families).expect("words"), h)
    }

    const SPACES: &str = "A'A = I; A'B = 0; B'B = I";
    const KEYS: &str = "k_i' k_j = δ_{ij}; a != b";

    const TRUE: &[(&str, &str, &str)] = &[
        ("A'(A c + B d)", "c", SPACES),
        ("A A' (A c + B d)", "A c", SPACES),
        ("(I - B B')(A c + B d)", "A c", SPACES),
        ("(A B)'", "B' A'", ""),
        ("x' A y", "y' A' x", ""),
        ("(A A')(A A')", "A A'", SPACES),
        ("(A + B)'(A + B)", "2 I", SPACES),
        ("k_a' (β (k_a + k_b))", "β", KEYS),
        ("k_a' \\sum_{i=1}^n c_i k_i", "c_a", KEYS),
        ("(\\sum_{i=1}^n k_i k_i') k_a", "k_a", KEYS),
        ("\\sum_{i=1}^n k_i' k_i", "n", KEYS),
        ("||x + y||^2", "||x||^2 + 2 x'y + ||y||^2", ""),
        ("\\exp(k_a' (β (k_a + k_b)))", "\\exp(β)", KEYS),
        ("u'(u u')u", "1", "||u|| = 1; u'u = 1"),
    ];

    const FALSE: &[(&str, &str, &str)] = &[
        ("A'(A c + B d)", "A c", SPACES),
        ("A B", "B A", "A'A = I"),
        ("A A'", "I", SPACES),
        ("(A B)'", "A' B'", ""),
        ("k_a' (β (k_a + k_b))", "2 β", KEYS),
        ("k_i' k_j", "0", KEYS),
        ("x y'", "y x'", ""),
        ("||x + y||^2", "||x||^2 + ||y||^2", ""),
    ];

    #[test]
    fn matrix_identities_are_proved_and_their_proofs_replay() {
        for (l, r, given) in TRUE {
            let (found, h) = attempt(l, r, given);
            let Rewriting::Proved(proof) = found else { panic!("{l} = {r}: {found:?}") };
            assert_eq!(replay(&proof, &h), Ok(()), "{l} = {r}: {:?}", proof.lines());
        }
    }

    #[test]
    fn false_matrix_identities_are_not_proved() {
        for (l, r, given) in FALSE {
            let (found, _) = attempt(l, r, given);
            assert!(matches!(found, Rewriting::Open(_)), "{l} = {r}");
        }
    }

    #[test]
    fn a_tampered_proof_is_rejected() {
        let (found, h) = attempt("A'(A c + B d)", "c", SPACES);
        let Rewriting::Proved(proof) = found else { panic!("{found:?}") };
        assert!(proof.main.steps.len() >= 2);
        for k in 0..proof.main.steps.len() {
            let mut wrong = proof.clone();
            wrong.main.steps[k].rule = (wrong.main.steps[k].rule + 1) % wrong.rules.len();
            assert!(replay(&wrong, &h).is_err(), "another rule at step {k}");
            let mut missing = proof.clone();
            missing.main.steps.remove(k);
            assert!(replay(&missing, &h).is_err(), "without step {k}");
            let mut moved = proof.clone();
            moved.main.steps[k].at += 1;
            assert!(replay(&moved, &h).is_err(), "elsewhere at step {k}");
        }
    }
}
