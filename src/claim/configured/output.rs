//! What is found of the output, in words: "c is the plain mean of the values", "c lies in the convex hull of the values", "its length is
//! at most 1".

use super::finding::{BE, OUTPUT};
use super::{Bound, Case, Finding, Mode, Reacts};
use crate::claim::interventions::words::Words;
use crate::language::Relation;

const LENGTH: &[&str] = &["the norm of", "the length of"];

impl Words {
    /// "each coordinate of c lies between the smallest and the largest of the values"
    pub(super) fn of_coordinates(&self, at: usize) -> Option<(usize, Finding, Mode)> {
        const EACH: &[&str] = &["each", "every"];
        let start = self.is(at, EACH).then_some(at + 1)?;
        let noun = self.row(start, &["coordinate of", "component of", "entry of", "coordinate of the"])?;
        let next = self.longest(noun, &["c", "the output", "output"])?;
        let between = self.row(next, &["lies between", "is between", "stays between"])?;
        const ENDS: &[&str] = &[
            "the smallest and the largest",
            "the smallest and largest",
            "the minimum and the maximum",
            "the least and the greatest",
            "the lowest and the highest",
        ];
        let ends = self.longest(between, ENDS)?;
        const OF: &[&str] = &[
            "value of this coordinate",
            "value of that coordinate",
            "of the corresponding coordinates of the values",
            "corresponding coordinate of the values",
            "of this coordinate among the values",
            "coordinate of the values",
            "such coordinate of the values",
            "of the values in this coordinate",
        ];
        Some((self.longest(ends, OF)?, Finding::Coordinates, Mode::Always))
    }

    /// "c is the plain mean of the values", "c lies in their convex hull", "c still depends on q", "c has norm 1"
    pub(super) fn of_output(&self, at: usize, cases: &[Case]) -> Option<(usize, Finding, Mode)> {
        let next = self.longest(at, OUTPUT)?;
        let pronoun = self.is(at, &["it"]);
        let (next, mode) = self.mode(next);
        if let Some((end, (on, mode))) = self.reacts_to(next, mode) {
            return (!pronoun).then_some((end, Finding::Depends(Reacts::Output, on), mode));
        }
        if let Some((end, finding, inside)) = self.place(next) {
            let mode = if inside { mode } else { outside(mode)? };
            return Some((end, finding, mode));
        }
        if !self.is(next, BE) || pronoun {
            return None;
        }
        let verb = self.skip(next + 1, &["then", "still", "again", "simply", "just", "exactly", "always", "equal", "to"]);
        let alike = cases.contains(&Case::ValuesAlike);
        const COMMON: &[&str] = &[
            "this value",
            "that value",
            "the common value",
            "this common value",
            "that common value",
            "this vector",
            "v",
            "that vector",
            "the same value",
            "this one value",
        ];
        let common = self.longest(verb, COMMON).filter(|_| alike).map(|end| (end, Finding::Common));
        let zero = || self.longest(verb, &["the zero vector", "zero", "0"]).map(|end| (end, Finding::ZeroOutput));
        let unit_vector =
            || self.row(verb, &["a unit vector"]).map(|end| (end, Finding::Length(Relation::Equal, Bound::Number(1.0))));
        let unit = || {
            let end = self.longest(verb, &["a", ""]).unwrap_or(verb);
            let end = self.row(end, &["norm", "length"])?;
            let (relation, start) = match self.row(end, &["at most", "no more than", "≤"]) {
                Some(start) => (Relation::LessEqual, start),
                None => (Relation::Equal, self.skip(end, &["of", "exactly"])),
            };
            let (end, bound) = self.bound(start)?;
            Some((end, Finding::Length(relation, bound)))
        };
        let (end, finding) = common
            .or_else(|| self.plain_mean(verb))
            .or_else(zero)
            .or_else(unit_vector)
            .or_else(unit)
            .or_else(|| self.comparative(verb))?;
        Some((end, finding, mode))
    }

    /// "(is) longer than the longest value", "(is) never shorter than the shortest value"
    fn comparative(&self, at: usize) -> Option<(usize, Finding)> {
        let start = self.skip(at, &["never", "always"]);
        if start > at {
            return None;
        }
        let (next, relation) = match self.at(start) {
            "longer" => (start + 1, Relation::Greater),
            "shorter" => (start + 1, Relation::Less),
            _ => return None,
        };
        let than = self.is(next, &["than"]).then_some(next + 1)?;
        let (end, bound) = self.of_a_value(than)?;
        Some((end, Finding::Length(relation, bound)))
    }

    /// "the longest value", "every value", "the largest norm of a value", "max_i ‖v_i‖"
    fn of_a_value(&self, at: usize) -> Option<(usize, Bound)> {
        const LONGEST: &[&str] = &[
            "the longest value",
            "the longest of the values",
            "the longest value vector",
            "the largest norm of a value",
            "the largest norm of the values",
            "the largest norm among the values",
            "the largest of the norms of the values",
            "the greatest norm among the values",
            "the longest v_i",
            "the norm of the longest value",
            "all the values",
            "all values",
        ];
        const SHORTEST: &[&str] = &[
            "the shortest value",
            "the shortest of the values",
            "the shortest value vector",
            "the smallest norm of a value",
            "the smallest norm of the values",
            "the smallest norm among the values",
            "the smallest of the norms of the values",
            "the shortest v_i",
            "the norm of the shortest value",
        ];
        let longest = self.longest(at, LONGEST).map(|end| (end, Bound::Longest));
        longest.or_else(|| self.longest(at, SHORTEST).map(|end| (end, Bound::Shortest)))
    }

    /// "the norm of c is at most the largest norm of a value", "the length of c is 1 as well"
    pub(super) fn of_length(&self, at: usize) -> Option<(usize, Finding, Mode)> {
        let next = match self.row(at, LENGTH) {
            Some(next) => self.longest(next, &["c", "the output", "the output c"])?,
            None => self.row(at, &["its norm", "its length"])?,
        };
        let (next, mode) = self.mode(next);
        const RELATIONS: &[(&[&str], Relation)] = &[
            (&["is at most", "does not exceed", "is no larger than", "is bounded by", "≤", "be at most"], Relation::LessEqual),
            (
                &[
                    "exceed",
                    "exceeds",
                    "exceed that of",
                    "exceeds that of",
                    "be larger than",
                    "is larger than",
                    "be greater than",
                ],
                Relation::Greater,
            ),
            (&["is at least", "is at least that of", "is no smaller than", "≥"], Relation::GreaterEqual),
            (&["is at most that of", "never exceeds", "never exceeds that of"], Relation::LessEqual),
            (&["be smaller than", "is smaller than", "be below", "fall below"], Relation::Less),
            (&["is", "equals", "is exactly", "="], Relation::Equal),
        ];
        let found = RELATIONS.iter().filter_map(|(rows, r)| Some((self.longest(next, rows)?, *r)));
        let (start, relation) = found.max_by_key(|(end, _)| *end)?;
        let (end, bound) = self.of_a_value(start).or_else(|| self.bound(start))?;
        Some((end, Finding::Length(relation, bound), mode))
    }

    /// "lies in the convex hull of the values", "lies on the segment between the two values", "leaves the convex hull of the values":
    /// whether it is inside.
    fn place(&self, at: usize) -> Option<(usize, Finding, bool)> {
        const HULL: &[&str] = &[
            "the convex hull of the values",
            "the convex hull of all values",
            "the convex hull of the v_i",
            "the convex hull of the value vectors",
            "the convex hull of the n values",
            "their convex hull",
        ];
        const SEGMENT: &[&str] = &[
            "the segment between the two values",
            "the segment between them",
            "the line segment between the two values",
            "the line segment between them",
            "the segment from v_1 to v_2",
            "the segment between v_1 and v_2",
            "the line segment from v_1 to v_2",
            "the line segment between v_1 and v_2",
        ];
        let beyond = self.row(at, &["lie beyond", "lies beyond"]);
        if let Some(start) = beyond {
            let end = self.longest(start, &["v_1", "v_2", "one of the two values", "the two values"])?;
            let end = self
                .longest(end, &["on the line through both", "on the line through them", "on the line through v_1 and v_2"])
                .unwrap_or(end);
            return Some((end, Finding::Among, false));
        }
        const INSIDE: &[&str] = &[
            "lies in",
            "lies inside",
            "lies within",
            "lie in",
            "lie within",
            "is in",
            "is inside",
            "stays in",
            "stays inside",
            "stays within",
            "is a point of",
            "is an element of",
            "∈",
            "lies on",
            "is on",
            "lie on",
        ];
        const OUTSIDE: &[&str] = &[
            "lies outside",
            "lies outside of",
            "lie outside",
            "lie outside of",
            "leave",
            "leaves",
            "be outside",
            "be outside of",
            "leave from",
        ];
        let inside = self.longest(at, INSIDE).map(|start| (start, true));
        let (start, inside) = inside.or_else(|| self.longest(at, OUTSIDE).map(|start| (start, false)))?;
        let end = self.longest(start, HULL).or_else(|| self.longest(start, SEGMENT))?;
        Some((end, Finding::Among, inside))
    }
}

/// In which heads the output is inside where it is said to be outside in some: "can lie outside" denies what holds in each, and each
/// head shows it.
fn outside(mode: Mode) -> Option<Mode> {
    match mode {
        Mode::Possible | Mode::Always => Some(Mode::Never),
        Mode::Never => Some(Mode::Always),
        Mode::Only | Mode::Exactly => None,
    }
}
