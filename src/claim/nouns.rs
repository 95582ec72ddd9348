//! Noun phrases of linear algebra as the expressions that they name: "the matrix with columns a_1, …, a_m",
//! "[a_1 … a_m]", "the orthogonal projector onto A", "the sum of the basis vectors", "the coordinates of v_a", "the average
//! of v_a and v_b"; and what is stacked into a letter of the writer's own ("stack the a_i as columns of U").

use super::phrases::{ByWords, word};
use crate::language::{Bracket, Relation, Tok, Token, lex};
use crate::span::Span;
use crate::world::World;

/// Replaces the noun phrases of a part's tokens.
pub fn nouns(tokens: Vec<Token>, world: &World, loose: &mut Vec<Span>) -> Vec<Token> {
    let reader = Nouns { world, tokens: &tokens };
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((end, equations)) = reader.stacked(at) {
            let span = tokens[at].span.to(tokens[end - 1].span);
            out.extend(equations.iter().flat_map(|text| reader.spelled(text, span)));
            at = end;
            continue;
        }
        if let Some(end) = reader.sized_zero(at) {
            out.push(tokens[at].clone());
            at = end;
            continue;
        }
        if let Some((end, sure)) = reader.drawn_value(at) {
            let span = tokens[at].span.to(tokens[end - 1].span);
            if !sure {
                loose.push(span);
            }
            out.extend(reader.spelled("(\\sum_{i=1}^{n} \\alpha_i v_i)", span));
            at = end;
            continue;
        }
        if let Some((end, text)) = reader.named(at, &out) {
            let span = tokens[at].span.to(tokens[end - 1].span);
            // "let P be the projector": said with "be", it is an equation all the same.
            if word(&out, out.len().wrapping_sub(1)).as_deref() == Some("be")
                && out.len() > 1
                && out[out.len() - 2].word().is_none()
            {
                let be = out.len() - 1;
                out[be].kind = Tok::Rel(Relation::Equal);
            }
            out.extend(reader.spelled(&text, span));
            at = end;
            continue;
        }
        out.push(tokens[at].clone());
        at += 1;
    }
    if !world.has_draws() {
        probabilities_are_letters(&mut out);
    }
    out
}

/// Where nothing is random, `P(v_a + v_b)` is a matrix P of the writer's.
fn probabilities_are_letters(tokens: &mut Vec<Token>) {
    let defined = tokens.windows(2).any(|t| t[0].is_name("P") && t[1].kind == Tok::Rel(Relation::Equal));
    for at in (1..tokens.len()).rev().filter(|_| defined) {
        let letter = tokens[at - 1].is_name("P") || tokens[at - 1].kind == Tok::Function("P");
        if letter && matches!(tokens[at].kind, Tok::Open(Bracket::Round)) {
            let place = Span::new(tokens[at].span.start, tokens[at].span.start);
            tokens[at - 1].kind = Tok::Name("P".into());
            tokens.insert(at, Token { kind: Tok::Times, span: place, spaced: false, math: true });
        }
    }
}

struct Nouns<'a> {
    world: &'a World,
    tokens: &'a [Token],
}

impl ByWords for Nouns<'_> {
    fn tokens(&self) -> &[Token] {
        self.tokens
    }
}

impl Nouns<'_> {
    fn spelled(&self, text: &str, span: Span) -> Vec<Token> {
        lex(text, 0, true, &self.world.lexicon).into_iter().map(|t| Token { span, ..t }).collect()
    }

    /// `0_{m×p}`: a zero with its size; where it ends.
    fn sized_zero(&self, at: usize) -> Option<usize> {
        let zero = matches!(&self.tokens[at].kind, Tok::Number(n) if n == "0");
        let braced = self.tokens.get(at + 2).is_some_and(|t| t.kind == Tok::Open(Bracket::Brace));
        if !zero || self.world.columns.is_empty() || self.tokens.get(at + 1)?.kind != Tok::Sub {
            return None;
        }
        if !braced {
            return matches!(self.tokens.get(at + 2)?.kind, Tok::Name(_)).then_some(at + 3);
        }
        const INSIDE_MAX: usize = 6;
        let close =
            (at + 3..self.tokens.len().min(at + 3 + INSIDE_MAX)).find(|i| self.tokens[*i].kind == Tok::Close(Bracket::Brace))?;
        let sizes =
            self.tokens[at + 3..close].iter().all(|t| matches!(t.kind, Tok::Name(_) | Tok::Number(_) | Tok::Times | Tok::Comma));
        sizes.then_some(close + 1)
    }

    /// `E_{I∼α}[v_I]`, `E[v_J]`: the mean of the value at an index that is drawn with the weights; where it ends, and
    /// whether the weights are named.
    fn drawn_value(&self, at: usize) -> Option<(usize, bool)> {
        let weights = self.world.attends() && self.world.families.contains_key("v");
        if self.tokens[at].kind != Tok::Function("E") || !weights {
            return None;
        }
        let mut open = at + 1;
        let mut sure = false;
        if self.tokens.get(open)?.kind == Tok::Sub {
            let braced = self.tokens.get(open + 1)?.kind == Tok::Open(Bracket::Brace);
            let close = if braced {
                const INSIDE_MAX: usize = 8;
                (open + 2..self.tokens.len().min(open + INSIDE_MAX))
                    .find(|i| self.tokens[*i].kind == Tok::Close(Bracket::Brace))?
            } else {
                open + 1
            };
            sure = self.tokens[open..close].iter().any(|t| t.is_name("alpha"));
            open = close + 1;
        }
        let [left, value, sub, index, right, ..] = self.tokens.get(open..)? else { return None };
        let brackets = matches!((&left.kind, &right.kind), (Tok::Open(a), Tok::Close(b)) if a == b);
        let drawn = matches!(&index.kind, Tok::Name(n) if n.len() == 1 && n.chars().all(|c| c.is_ascii_uppercase()));
        (brackets && value.is_name("v") && sub.kind == Tok::Sub && drawn).then_some((open + 5, sure))
    }

    /// The matrix of the world whose columns a family is.
    fn matrix_of(&self, family: &str) -> Option<&str> {
        self.world.columns.iter().find(|(_, f)| *f == family).map(|(m, _)| m.as_str())
    }

    /// The members of a family: `a_i`, `a_1, …, a_m`, "basis vectors of A"; where they end, and the matrix that they make.
    fn members(&self, at: usize) -> Option<(usize, String)> {
        let at = self.skip(at, &["the", "all", "vectors", "unit", "columns"]);
        if self.is(at, &["basis"]) {
            let end = self.skip(at + 1, &["vectors"]);
            if self.is(end, &["of"])
                && let Some((end, matrix)) = self.space(end + 1)
            {
                return Some((end, matrix));
            }
            let first = self.world.letters.first().and_then(|l| self.matrix_of(l))?;
            return (end > at + 1).then(|| (end, first.to_string()));
        }
        let mut end = self.member(at)?;
        let Tok::Name(family) = &self.tokens[at].kind else { return None };
        let matrix = self.matrix_of(family)?.to_string();
        // `a_1, …, a_m`: the rest of the list.
        loop {
            let mut next = end;
            while self.tokens.get(next).is_some_and(|t| matches!(t.kind, Tok::Comma | Tok::Dots | Tok::Bar | Tok::Gap)) {
                next += 1;
            }
            match self.member(next).filter(|_| next > end && self.tokens[next].is_name(family)) {
                Some(after) => end = after,
                None => break,
            }
        }
        Some((end, matrix))
    }

    /// One member with its index; where it ends.
    fn member(&self, at: usize) -> Option<usize> {
        let Tok::Name(family) = &self.tokens.get(at)?.kind else { return None };
        self.matrix_of(family)?;
        let sub = usize::from(self.tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Sub));
        let place = at + 1 + sub;
        match &self.tokens.get(place)?.kind {
            Tok::Open(Bracket::Brace) => Some(place + 3).filter(|e| *e <= self.tokens.len()),
            Tok::Name(_) | Tok::Number(_) => Some(place + 1),
            _ => None,
        }
    }

    /// "the space A", "span(A)", "A": which matrix spans it.
    fn space(&self, at: usize) -> Option<(usize, String)> {
        let at = self.skip(at, &["the", "space", "subspace", "column", "range", "span", "of", "first", "columns"]);
        let name = match &self.tokens.get(at)?.kind {
            Tok::Name(n) | Tok::Word(n) => n,
            _ => return None,
        };
        self.world.columns.contains_key(name).then(|| (at + 1, name.clone()))
    }

    /// A noun phrase, where it may stand: where it ends, and what it names.
    fn named(&self, at: usize, out: &[Token]) -> Option<(usize, String)> {
        if !self.world.columns.is_empty() {
            if let Some(found) = self.listed(at) {
                return Some(found);
            }
            let start = self.skip(at, &["the", "a", "an", "that", "just", "exactly"]);
            let found = self.projector(start).or_else(|| self.columns(start)).or_else(|| self.total(start));
            if found.is_some() {
                return found;
            }
            return said_of(out).then(|| self.coordinates(start)).flatten();
        }
        said_of(out).then(|| self.average(at)).flatten()
    }

    /// `[a_1 | … | a_m]`, and in round brackets after a sign.
    fn listed(&self, at: usize) -> Option<(usize, String)> {
        const INSIDE_MAX: usize = 24;
        let bracket = match self.tokens[at].kind {
            Tok::Open(b @ Bracket::Square) => b,
            Tok::Open(b @ Bracket::Round) if at > 0 && self.tokens[at - 1].kind == Tok::Rel(Relation::Equal) => b,
            _ => return None,
        };
        let close = (at..self.tokens.len().min(at + INSIDE_MAX)).find(|i| self.tokens[*i].kind == Tok::Close(bracket))?;
        let inside = &self.tokens[at + 1..close];
        let dots = inside.iter().any(|t| t.kind == Tok::Dots);
        let plain = |t: &Token| {
            matches!(
                &t.kind,
                Tok::Name(_)
                    | Tok::Number(_)
                    | Tok::Sub
                    | Tok::Comma
                    | Tok::Bar
                    | Tok::DoubleBar
                    | Tok::Dots
                    | Tok::Gap
                    | Tok::Semicolon
                    | Tok::Open(Bracket::Brace)
                    | Tok::Close(Bracket::Brace)
            ) || matches!(&t.kind, Tok::Unknown(s) if s == "&")
        };
        let family = match &inside.first()?.kind {
            Tok::Name(n) => n,
            _ => return None,
        };
        let count = &self.world.families.get(family)?.count;
        let mut names = inside.iter().filter_map(|t| if let Tok::Name(n) = &t.kind { Some(n) } else { None });
        let known = names.clone().all(|n| n == family || n == count) && names.next_back() == Some(count);
        (dots && known && inside.iter().all(plain)).then(|| Some((close + 1, self.matrix_of(family)?.to_string())))?
    }

    /// "(orthogonal) projector onto A".
    fn projector(&self, at: usize) -> Option<(usize, String)> {
        let at = self.skip(at, &["orthogonal", "orthonormal"]);
        if !self.is(at, &["projector", "projection"]) {
            return None;
        }
        let onto = self.skip(at + 1, &["matrix", "operator"]);
        if !self.is(onto, &["onto", "on", "to"]) {
            return None;
        }
        let (end, matrix) = self.space(onto + 1)?;
        Some((end, format!("({matrix} {matrix}^T)")))
    }

    /// "matrix with columns a_1, …, a_m", "matrix whose rows are the a_i".
    fn columns(&self, at: usize) -> Option<(usize, String)> {
        const FILLERS: &[&str] = &[
            "with", "whose", "of", "having", "the", "columns", "column", "rows", "are", "basis", "as", "its", "has", "that",
            "which",
        ];
        let at = self.skip(at, &["d"]);
        if !self.is(at, &["matrix"]) {
            return None;
        }
        let end = (at + 1..self.tokens.len()).find(|i| !self.is(*i, FILLERS) || self.is(*i, &["basis"]))?;
        let says = |w: &str| (at + 1..end).any(|i| self.is(i, &[w]));
        let (columns, rows) = (says("columns") || says("column"), says("rows"));
        let (end, matrix) = self.members(end).filter(|_| columns != rows)?;
        // `a_i^T` as rows: the transpose belongs to the phrase.
        let transposed = self.tokens.get(end).is_some_and(|t| t.kind == Tok::Transpose);
        let end = end + usize::from(transposed);
        if rows { Some((end, format!("({matrix}^T)"))) } else { (!transposed).then_some((end, matrix)) }
    }

    /// "sum of the basis vectors", "sum of all a_i".
    fn total(&self, at: usize) -> Option<(usize, String)> {
        if !(self.is(at, &["sum"]) && self.is(at + 1, &["of"])) {
            return None;
        }
        let (end, matrix) = self.members(at + 2)?;
        let family = self.world.columns.get(&matrix)?;
        let count = &self.world.families.get(family)?.count;
        let transposed = self.tokens.get(end).is_some_and(|t| matches!(t.kind, Tok::Transpose | Tok::Name(_)));
        (!transposed).then(|| (end, format!("(\\sum_{{i=1}}^{{{count}}} {family}_i)")))
    }

    /// "vector of coordinates of v_a in the basis of A".
    fn coordinates(&self, at: usize) -> Option<(usize, String)> {
        let at = self.skip(at, &["vector", "column", "of", "the", "m"]);
        if !self.is(at, &["coordinates", "coefficients", "coordinate", "coefficient"]) {
            return None;
        }
        let of = self.skip(at + 1, &["vector"]);
        let place = of + 1;
        let family = self.tokens.get(place).filter(|t| self.is(of, &["of"]) && t.is_name("v"))?;
        let sub = usize::from(self.tokens.get(place + 1).is_some_and(|t| t.kind == Tok::Sub));
        let Tok::Name(letter) = &self.tokens.get(place + 1 + sub)?.kind else { return None };
        let matrix = self.matrix_of(letter)?;
        let mut end = place + 2 + sub;
        if self.is(end, &["in", "with", "relative", "w.r.t"]) {
            end = self.skip(
                end,
                &["in", "with", "respect", "to", "relative", "w.r.t", "the", "this", "that", "its", "basis", "orthonormal"],
            );
            if self.is(end, &["of"]) {
                let (after, named) = self.space(end + 1)?;
                end = after;
                if named != matrix {
                    return None;
                }
            } else if let Some((after, named)) = self.members(end) {
                end = after;
                if named != matrix {
                    return None;
                }
            }
        }
        let Tok::Name(v) = &family.kind else { return None };
        Some((end, format!("({matrix}^T {v}_{letter})")))
    }

    /// "the average (of v_a and v_b)" where the question asks for it.
    fn average(&self, at: usize) -> Option<(usize, String)> {
        let [first, second] = self.world.letters.as_slice() else { return None };
        let asked = self.world.families.contains_key("v") && self.world.slots.iter().any(|s| s.symbol.name == "q");
        let start = self.skip(
            at,
            &[
                "the",
                "an",
                "a",
                "exactly",
                "equal",
                "plain",
                "simple",
                "arithmetic",
                "exact",
                "true",
                "wanted",
                "desired",
                "asked",
            ],
        );
        let noun = self.is(start, &["average", "mean", "midpoint"]) && (start > at || self.is(start, &["midpoint"]));
        if !asked || !noun {
            return None;
        }
        let mut end = start + 1;
        if self.is(end, &["of", "between"]) {
            end = self.skip(end + 1, &["the", "both", "two", "values", "vectors"]);
            for letter in [first, second] {
                end = self.skip(end, &["and"]);
                if self.tokens.get(end).is_some_and(|t| t.is_name("v")) {
                    let sub = usize::from(self.tokens.get(end + 1).is_some_and(|t| t.kind == Tok::Sub));
                    if !self.tokens.get(end + 1 + sub).is_some_and(|t| t.is_name(letter)) {
                        return None;
                    }
                    end += 2 + sub;
                }
            }
        }
        let clear = match self.tokens.get(end) {
            None => true,
            Some(t) => match t.word() {
                Some(w) => matches!(
                    w.as_str(),
                    "as" | "for" | "and" | "so" | "when" | "if" | "once" | "because" | "whenever" | "but" | "already"
                ),
                None => matches!(
                    t.kind,
                    Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Implies | Tok::Gap | Tok::Close(_) | Tok::Open(_)
                ),
            },
        };
        clear.then(|| (end, format!("(v_{first} + v_{second})/2")))
    }

    /// "stack the a_i as columns of U (and the b_k as columns of W)": where it ends, and the equations.
    fn stacked(&self, at: usize) -> Option<(usize, Vec<String>)> {
        const VERBS: &[&str] =
            &["stack", "collect", "put", "write", "arrange", "gather", "pack", "place", "stacking", "collecting", "putting"];
        if self.world.columns.is_empty() || !self.is(at, VERBS) {
            return None;
        }
        let mut equations = Vec::new();
        let mut end = at + 1;
        let mut start = at + 1;
        while let Some((after, equation)) = self.letter_for(start) {
            equations.push(if equations.is_empty() { equation } else { format!(", {equation}") });
            end = after;
            let comma = usize::from(self.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma));
            start = self.skip(end + comma, &["and"]);
            if start == end {
                break;
            }
        }
        (!equations.is_empty()).then_some((end, equations))
    }

    /// "the a_i as the columns of (a matrix) U".
    fn letter_for(&self, at: usize) -> Option<(usize, String)> {
        const FILLERS: &[&str] = &[
            "as", "the", "columns", "column", "rows", "vectors", "side", "by", "next", "to", "each", "other", "a", "of", "in",
            "into", "matrix", "together", "up", "called",
        ];
        let (after, matrix) = self.members(at)?;
        let end = self.skip(after, FILLERS);
        let rows = (after..end).any(|i| self.is(i, &["rows"]));
        let into = end > after && self.is(end - 1, &["of", "in", "into", "matrix", "called"]);
        let Tok::Name(letter) = &self.tokens.get(end)?.kind else { return None };
        let own = letter.chars().all(|c| c.is_ascii_uppercase()) && !self.world.lexicon.knows_exactly(letter);
        let alone =
            !self.tokens.get(end + 1).is_some_and(|t| matches!(t.kind, Tok::Rel(_) | Tok::Sub | Tok::Transpose | Tok::Name(_)));
        let turned = if rows { "^T" } else { "" };
        (into && own && alone).then(|| (end + 1, format!("{letter} = {matrix}{turned}")))
    }
}

/// Whether the words end where a predicate noun follows a verb: "c is", "c tends to", "x =", "let x be".
fn said_of(out: &[Token]) -> bool {
    let adverbs = [
        "exactly",
        "already",
        "then",
        "indeed",
        "always",
        "about",
        "roughly",
        "approximately",
        "practically",
        "nearly",
        "almost",
        "just",
        "only",
        "now",
    ];
    let last = out.iter().rposition(|t| !t.word().is_some_and(|w| adverbs.contains(&w.as_str())));
    let Some(last) = last else { return false };
    match out[last].word().as_deref() {
        Some("is" | "are" | "be" | "becomes" | "equals" | "approaches") => true,
        Some("to") => {
            last > 0
                && out[last - 1].word().is_some_and(|w| matches!(w.as_str(), "tends" | "goes" | "converges" | "close" | "equal"))
        }
        Some(_) => false,
        None => matches!(out[last].kind, Tok::Rel(Relation::Equal | Relation::Approx | Relation::Tends)),
    }
}
