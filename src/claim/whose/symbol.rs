//! Costs that have a symbol of their own: `T_{van} = O(…)`, `cost_perceiver = O(…)`, `C(vanilla) = Θ(…)`.

use super::super::atoms::Atom;
use super::words::{BESIDE, KNOWN, WHOLE};
use super::{View, Whose, mark};
use crate::span::Span;

/// Names of a time.
const TIMES: &[&str] = &[
    "T",
    "t",
    "C",
    "c",
    "F",
    "W",
    "N",
    "cost",
    "costs",
    "time",
    "runtime",
    "complexity",
    "ops",
    "flops",
    "work",
    "Cost",
    "Time",
    "Complexity",
    "FLOPs",
    "Work",
    "tau",
];
/// Commands of fonts.
const FONTS: &[&str] = &[
    "rm",
    "text",
    "mathrm",
    "mathit",
    "textrm",
    "operatorname",
    "mathsf",
    "textsf",
    "texttt",
    "tt",
    "sf",
    "mathcal",
    "it",
    "textit",
    "cal",
];
/// Shortest beginning of a name that tells it.
const SHORTEST: usize = 3;

impl View<'_> {
    /// Whose the order is that a symbol stands before: certain where the symbol's name is a word.
    pub(super) fn symbol(&self, own: &[Atom], k: usize, order: Span) -> Option<(Whose, bool)> {
        let name = name_before(&self.text[..order.start])?;
        let (model, certain) = self.model_named(&name.of)?;
        let whole = self.whole(&model)?;
        // Words of the clause before the symbol that were not understood may be a condition.
        let at = own.iter().position(|a| a.text == mark(k))?;
        let ends = |a: &Atom| matches!(a.text.as_str(), ";" | ":" | ".") || a.text.starts_with('@');
        let start = own[..at].iter().rposition(ends).map_or(0, |i| i + 1);
        let plain = own[start..at].iter().filter(|a| a.span.start < order.start - name.length).all(|a| {
            let t = a.text.as_str();
            KNOWN.contains(&t)
                || WHOLE.contains(&t)
                || BESIDE.contains(&t)
                || t == ","
                || t == "and"
                || t == "("
                || t == ")"
                || self.model(std::slice::from_ref(a)).is_some()
        });
        Some((Whose::Any(vec![whole]), certain && plain))
    }

    /// The model that a subscript names, by the beginning of its name or by its first letter; and whether that is certain.
    fn model_named(&self, of: &str) -> Option<(String, bool)> {
        let lower = of.to_lowercase();
        if lower.chars().count() >= SHORTEST {
            let fits = |cue: &String| {
                let cue = cue.trim_end_matches('*');
                cue.starts_with(&lower) || lower.starts_with(cue)
            };
            let mut all = self.growth.models.iter().filter(|(_, cues)| cues.iter().any(fits)).map(|(m, _)| m.clone());
            return all.next().filter(|_| all.next().is_none()).map(|m| (m, true));
        }
        let mut all = self.growth.models.keys().filter(|m| lower.chars().count() == 1 && m.starts_with(&lower));
        all.next().filter(|_| all.next().is_none()).map(|m| (m.clone(), false))
    }
}

/// A symbol that stands before an order.
struct Named {
    /// What its subscript or its argument says.
    of: String,
    /// How many bytes lie between its beginning and the order.
    length: usize,
}

/// `T_{\rm van} = \mathcal` before an order.
fn name_before(text: &str) -> Option<Named> {
    let head = text.trim_end_matches(|c: char| c.is_whitespace() || c == '{');
    let head = FONTS.iter().find_map(|f| head.strip_suffix(f)?.strip_suffix('\\')).unwrap_or(head).trim_end();
    let head = head.strip_suffix('=').or_else(|| head.strip_suffix("\\in")).or_else(|| head.strip_suffix('∈'))?;
    let head = head.trim_end_matches(|c: char| c.is_whitespace() || c == '$' || c == '&' || c == '`');
    let within = head.len().saturating_sub(40);
    let near = &head[head.char_indices().map(|(i, _)| i).find(|i| *i >= within)?..];
    // The symbol begins behind white space or a sign of mathematics, but for spaces in its braces.
    let mut depth = 0i32;
    let cut = near.char_indices().rev().find(|(_, c)| {
        depth += i32::from(matches!(c, '}' | ')')) - i32::from(matches!(c, '{' | '('));
        depth < 0 || depth == 0 && (c.is_whitespace() || matches!(c, '$' | ',' | ';' | ':' | '.' | '`' | '|' | '*' | '&'))
    });
    let symbol = cut.map_or(near, |(i, c)| &near[i + c.len_utf8()..]);
    let open = symbol.find(['_', '('])?;
    let (base, rest) = symbol.split_at(open);
    let base = base.trim_start_matches('\\');
    let base = FONTS.iter().find_map(|f| base.strip_prefix(f)?.strip_prefix('{')).unwrap_or(base).trim_end_matches('}');
    let inside = rest.trim_matches(|c: char| matches!(c, '_' | '(' | ')' | '{' | '}'));
    let words: Vec<&str> = inside.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && !FONTS.contains(w)).collect();
    let ([one], true) = (words.as_slice(), TIMES.contains(&base)) else { return None };
    Some(Named { of: (*one).to_string(), length: text.len() - (head.len() - symbol.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_costs() {
        for (text, of) in [
            ("$T_{\\rm van}=\\mathcal ", "van"),
            ("so T_perc = ", "perc"),
            ("and $T_{\\text{perceiver}} \\in ", "perceiver"),
            ("cost_vanilla = ", "vanilla"),
            ("C(perceiver) = ", "perceiver"),
            ("$C_V=", "V"),
            ("$\\mathrm{cost}_{\\mathrm{van}}=\\mathcal{", "van"),
        ] {
            assert_eq!(name_before(text).map(|n| n.of), Some(of.to_string()), "{text}");
        }
        for text in ["M_{\\rm van} = ", "T = ", "T_{\\text{vanilla layer}} = ", "the cost is ", "$m=", "T_van + "] {
            assert!(name_before(text).is_none(), "{text}");
        }
    }
}
