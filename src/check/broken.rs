//! What is left of a sheet where attest breaks down on a part of it: everything else.

use super::ruling::Ruling;
use crate::claim::{Body, Scope, Statement, Stretch, read_part};
use crate::record::Kind;
use crate::span::Span;
use crate::world::World;

/// The statements of a part; one on which the readers break down is one statement that was not read.
pub fn read_whole(world: &World, stretches: &[Stretch], text: &str) -> Vec<Statement> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read_part(world, stretches, text))).unwrap_or_else(|_| {
        let ends = stretches.first().zip(stretches.last());
        let span = ends.map_or_else(Span::default, |(first, last)| first.span.to(last.span));
        let stopped = "attest broke down reading this part, none of which was judged; please report the sheet".to_string();
        vec![Statement { span, body: Body::Unread { stopped }, scope: Scope::default(), remarks: vec![] }]
    })
}

/// What a judge returns; a statement on which it breaks down is left open, and the rest of the sheet is judged all the same.
pub fn unless_broken(judge: impl FnOnce() -> (Ruling, Kind, Option<String>)) -> (Ruling, Kind, Option<String>) {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(judge)).unwrap_or_else(|_| {
        let message = "attest broke down on this statement, which says nothing about it; please report the sheet";
        (Ruling::undecided(message), Kind::Relation, None)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Verdict;

    #[test]
    fn a_judge_that_breaks_down_decides_nothing() {
        let (ruling, ..) = unless_broken(|| panic!("a judge"));
        assert_eq!(ruling.verdict, Verdict::Undecided);
        let (ruling, ..) = unless_broken(|| (Ruling::not_checked("said by the judge"), Kind::Prose, None));
        assert_eq!(ruling.message, "said by the judge");
    }
}
