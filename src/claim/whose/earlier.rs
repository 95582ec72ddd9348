//! What the clauses before an order have spoken of: the model that it goes on about, and the models in the order of their introduction.

use super::super::atoms::Atom;
use super::super::cues::Cue;
use super::super::scaling::{View, part_of, told};
use super::words::{DOES, ENDS, NAMED_PARTS, STEPS};
use super::{phrases, texts, with_line_ends};

impl View<'_> {
    /// The model that a clause goes on about, and the part that was named with it: that of the clause before, else of those
    /// before that in the same sentence or the last one. None where two are spoken of there.
    /// `whole` asks for no part.
    pub(super) fn current(&self, before: &[Atom], from: usize, whole: bool) -> Option<(String, Option<usize>)> {
        let earlier: Vec<Atom> = self.part.iter().filter(|a| a.span.end <= from).cloned().collect();
        let earlier = with_line_ends(self.text, phrases::plain(earlier));
        for (back, piece) in self.sources(before, &earlier, whole).into_iter().enumerate() {
            let clauses: Vec<&[Atom]> = piece.split(|a| ENDS.contains(&a.text.as_str())).collect();
            let owner = |c: &[Atom]| self.model(c).or_else(|| told(self.growth, &texts(c)));
            let Some(at) = clauses.iter().rposition(|c| owner(c).is_some()) else { continue };
            // "The down-projection costs …": a part that one model alone has tells of it.
            let model = match self.named(clauses[at]).as_slice() {
                [] => told(self.growth, &texts(clauses[at]))?,
                [(_, model)] => model.clone(),
                _ => return None,
            };
            // The clause's own sentence is the first of them.
            if back > 0 && self.beside(clauses[at]) && self.only(&earlier).is_none() {
                return None;
            }
            if whole {
                return Some((model, None));
            }
            let since: Vec<String> = clauses[at..].iter().flat_map(|c| texts(c)).collect();
            // Who does something stands before the verb.
            let verb = since.iter().position(|w| DOES.contains(&w.as_str())).unwrap_or(since.len());
            let mentions = |words: &[String]| NAMED_PARTS.iter().any(|c| Cue::new(c).find(words).is_some());
            let part =
                |words: &[String]| part_of(self.growth, words, Some(&model)).filter(|i| self.growth.subjects[*i].model.is_some());
            let steps = STEPS.iter().any(|c| Cue::new(c).find(&since[..verb]).is_some());
            return match (mentions(&since[..verb]), mentions(&since)) {
                (true, _) => {
                    let found = part(&since[..verb]).or_else(|| part(&since));
                    (found.is_some() || !steps).then(|| (model.clone(), found))
                }
                (false, true) => Some((model.clone(), part(&since))),
                _ => Some((model.clone(), None)),
            };
        }
        self.only(&earlier).map(|m| (m, None))
    }

    /// "For m = l we are back at the vanilla O(L l²)": a model that is only compared with. What follows may speak of the other one.
    fn beside(&self, clause: &[Atom]) -> bool {
        const OBJECT: &[&str] =
            &["at", "to", "than", "as", "like", "with", "against", "from", "get", "recover", "recovers", "becomes"];
        let Some(place) = (0..clause.len()).find(|i| self.model(&clause[*i..=*i]).is_some()) else { return false };
        let before = clause[..place].iter().rev().find(|a| !matches!(a.text.as_str(), "the" | "a" | "our" | "an" | "back"));
        before.is_some_and(|a| OBJECT.contains(&a.text.as_str()))
    }

    /// Where the model of a clause is looked for: its own sentence, the last one, and those before it as long as the ones passed
    /// over speak of no model and no part (for the whole of a model: of no model).
    fn sources<'b>(&self, before: &'b [Atom], earlier: &'b [Atom], whole: bool) -> Vec<&'b [Atom]> {
        const REACH: usize = 5;
        let neither = |s: &[Atom]| {
            let words = texts(s);
            let part = NAMED_PARTS.iter().any(|c| Cue::new(c).find(&words).is_some());
            let both = words.iter().any(|w| matches!(w.as_str(), "both" | "models" | "two"));
            !both && (whole || !part) && self.model(s).is_none() && told(self.growth, &words).is_none()
        };
        let mut out = vec![before];
        let sentences = earlier.rsplit(|a| a.text == ".").filter(|s| !s.is_empty()).take(REACH);
        for (i, sentence) in sentences.enumerate() {
            if i > 0 && out.last().is_some_and(|passed| !neither(passed)) {
                break;
            }
            out.push(sentence);
        }
        out
    }

    /// The one model that was spoken of so far, where the last words name neither a model nor a part.
    fn only(&self, earlier: &[Atom]) -> Option<String> {
        let last = earlier.rsplit(|a| a.text == ".").find(|s| !s.is_empty()).unwrap_or_default();
        let part = NAMED_PARTS.iter().any(|c| Cue::new(c).find(&texts(last)).is_some());
        let mut named = (0..earlier.len()).filter_map(|i| self.model(&earlier[i..=i]));
        let first = named.next().filter(|_| !part)?;
        named.all(|m| m == first).then_some(first)
    }

    /// The model that was introduced first, or second: the same by first mention and by the last listing.
    pub(super) fn introduced(&self, start: usize, n: usize) -> Option<String> {
        let earlier: Vec<Atom> = self.part.iter().filter(|a| a.span.end <= start).cloned().collect();
        let mut runs: Vec<String> = Vec::new();
        for i in 0..earlier.len() {
            if let Some(model) = self.model(&earlier[i..=i]).filter(|m| runs.last() != Some(m)) {
                runs.push(model);
            }
        }
        let [first, second] = [runs.first()?, runs.get(1)?];
        let listed = runs.len() == 2 || runs[runs.len() - 2] == *first && runs[runs.len() - 1] == *second;
        listed.then(|| if n == 0 { first.clone() } else { second.clone() })
    }
}
