//! What is said of all weights, of some case or of none. A universal statement is judged as the relation it is; one of
//! possibility by whether its opposite always holds.

use super::ruling::Ruling;
use crate::claim::{Link, Mode};
use crate::language::{Expr, Relation};
use crate::record::{Tier, Verdict};
use crate::world::World;

/// Judges a relation that is said of every case, of some case or of none. `of_all` judges a relation for every case.
pub fn judge(world: &World, link: &Link, mode: Mode, of_all: &dyn Fn(&Link) -> Ruling) -> Ruling {
    let Some(opposite) = negated(link) else {
        return Ruling::not_checked(format!("the opposite of `{}` is not read", link.relation.plain()));
    };
    let ruling = match mode {
        Mode::Always => of_all(link),
        Mode::Never => of_all(&opposite),
        Mode::Possible => possible(of_all(&opposite)),
    };
    // The world draws a few keys at a time: a bound by a number of its own may fail at numbers of keys that are not drawn.
    let general = ruling.is_true() == (mode != Mode::Possible);
    let decided = !matches!(ruling.verdict, Verdict::NotChecked | Verdict::Undecided);
    if decided && general && !anchored(world, &link.right) {
        return Ruling::not_checked(format!("true at the numbers of keys that were drawn; others were not: {}", ruling.message));
    }
    ruling
}

/// Whether what a weight is compared with is one of its own bounds, 0 or 1, or goes with the number of keys.
fn anchored(world: &World, bound: &Expr) -> bool {
    let end = matches!(bound, Expr::Number(n) if n.value == 0.0 || n.value == 1.0);
    end || bound.symbols().iter().any(|s| world.dimensions.contains_key(&s.name))
}

/// What some case does, by whether every case does the opposite.
fn possible(opposite: Ruling) -> Ruling {
    match opposite.verdict {
        Verdict::Holds => {
            let message = format!("it never does: {}", opposite.message);
            Ruling { verdict: Verdict::Refuted, message, ..opposite }
        }
        Verdict::Refuted => {
            let message = format!("it does in one case: {}", opposite.witness.as_deref().unwrap_or(&opposite.message));
            Ruling { verdict: Verdict::Holds, tier: Some(Tier::Certified), message, witness: None, correction: None, ..opposite }
        }
        _ => Ruling::not_checked(format!("whether some case does it was not settled: {}", opposite.message)),
    }
}

fn negated(link: &Link) -> Option<Link> {
    let relation = match link.relation {
        Relation::Equal => Relation::NotEqual,
        Relation::NotEqual => Relation::Equal,
        Relation::Less => Relation::GreaterEqual,
        Relation::LessEqual => Relation::Greater,
        Relation::Greater => Relation::LessEqual,
        Relation::GreaterEqual => Relation::Less,
        _ => return None,
    };
    Some(Link { relation, ..link.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Symbol;
    use crate::world::Library;

    fn verdict(right: Expr, mode: Mode, of_all: Verdict) -> Verdict {
        let library = Library::embedded().unwrap();
        let link = Link { left: Expr::Symbol(Symbol::plain("x")), relation: Relation::Less, right };
        judge(library.get("1a.i").unwrap(), &link, mode, &|_| Ruling::new(of_all, None, String::new())).verdict
    }

    #[test]
    fn modes_turn_what_holds_of_all() {
        let zero = || Expr::int(0);
        assert_eq!(verdict(zero(), Mode::Always, Verdict::Holds), Verdict::Holds);
        assert_eq!(verdict(zero(), Mode::Never, Verdict::Holds), Verdict::Holds);
        assert_eq!(verdict(zero(), Mode::Possible, Verdict::Holds), Verdict::Refuted);
        assert_eq!(verdict(zero(), Mode::Possible, Verdict::Refuted), Verdict::Holds);
        assert_eq!(verdict(zero(), Mode::Possible, Verdict::HoldsInLimit), Verdict::NotChecked);
    }

    #[test]
    fn a_bound_of_its_own_is_no_law_for_all_numbers_of_keys() {
        assert_eq!(verdict(Expr::int(2), Mode::Always, Verdict::Holds), Verdict::NotChecked);
        assert_eq!(verdict(Expr::int(2), Mode::Always, Verdict::Refuted), Verdict::Refuted);
        assert_eq!(verdict(Expr::int(2), Mode::Possible, Verdict::Holds), Verdict::NotChecked);
        assert_eq!(verdict(Expr::int(2), Mode::Possible, Verdict::Refuted), Verdict::Holds);
    }
}
