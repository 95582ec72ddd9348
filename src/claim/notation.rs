//! Habits of notation that a parser would read otherwise: item numbers, numbered nouns, articles that look like letters,
//! arguments of what depends on a letter, two names that get two values at once, points for percent, and names of files.

use super::arrows::ends;
use super::phrases::{boundary, words_are};
use crate::language::{Bracket, CASES_CLOSE, CASES_OPEN, Relation, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// The tokens with all of these read as they are meant.
pub fn tidied(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let mut all = item_numbers(events(file_names(tokens)));
    numbered_nouns(&mut all);
    articles(&mut all, world);
    points(paired(without_arguments(all, world)))
}

/// "on {X > 1}", "{X > 1}: …": an event in braces with one comparison is the condition that it names.
fn events(tokens: Vec<Token>) -> Vec<Token> {
    const TOKENS_MAX: usize = 8;
    let order = |t: &Token| matches!(t.kind, Tok::Rel(r) if r.is_order());
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let opens = tokens[at].kind == Tok::Open(Bracket::Set);
        let close = tokens[at..].iter().take(TOKENS_MAX).position(|t| opens && t.kind == Tok::Close(Bracket::Set));
        let inside = close.and_then(|n| tokens.get(at + 1..at + n));
        let inside = inside.filter(|_| !matches!(out.last().map(|t| &t.kind), Some(Tok::Open(_))));
        let Some(inside) =
            inside.filter(|i| i.iter().filter(|t| order(t)).count() == 1 && !i.iter().any(|t| t.kind == Tok::Comma))
        else {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        };
        match out.last_mut() {
            Some(on) if on.word().is_some_and(|w| w == "on") => on.kind = Tok::Word("for".into()),
            _ => out.push(Token { kind: Tok::Word("for".into()), math: false, ..tokens[at].clone() }),
        }
        out.extend(inside.iter().cloned());
        at += inside.len() + 2;
    }
    out
}

/// `α_a → \begin{cases} 1, & γ > 1 \\ 0, & γ < 1 \end{cases}`: each row is a relation of its own with its condition.
pub fn by_cases(tokens: Vec<Token>, text: &str) -> Vec<Token> {
    let border = |t: &Token, which: &str| matches!(&t.kind, Tok::Unknown(u) if u == which);
    let Some(open) = tokens.iter().position(|t| border(t, CASES_OPEN)) else { return tokens };
    let Some(close) = tokens[open..].iter().position(|t| border(t, CASES_CLOSE)).map(|n| open + n) else { return tokens };
    let start = tokens[..open].iter().rposition(ends).map_or(0, |i| i + 1);
    let left = &tokens[start..open];
    if !matches!(left.last().map(|t| &t.kind), Some(Tok::Rel(_))) {
        return tokens;
    }
    let mark = |kind: Tok, at: &Token| Token { kind, span: Span::new(at.span.start, at.span.start), spaced: true, math: true };
    let new_row = |t: &Token| t.kind == Tok::Gap && t.span.of(text).starts_with(r"\\");
    let column = |t: &Token| t.kind == Tok::Gap && !new_row(t);
    let mut out = tokens[..start].to_vec();
    let rows: Vec<&[Token]> = tokens[open + 1..close].split(new_row).filter(|r| !r.is_empty()).collect();
    for (n, row) in rows.iter().enumerate() {
        let bar = row.iter().position(|t| column(t) || matches!(t.kind, Tok::Word(_)));
        let value = bar.map_or(*row, |i| &row[..i]);
        let rest = bar.map_or(&row[..0], |i| &row[i + row[i..].iter().take_while(|t| column(t)).count()..]);
        let value = if value.last().is_some_and(|t| t.kind == Tok::Comma) { &value[..value.len() - 1] } else { value };
        if n > 0 {
            out.push(mark(Tok::Semicolon, &row[0]));
        }
        out.extend(left.iter().chain(value).cloned());
        let condition = rest.iter().any(|t| matches!(t.kind, Tok::Rel(_)));
        if condition && !matches!(rest[0].kind, Tok::Word(_)) {
            out.push(mark(Tok::Word("if".into()), &rest[0]));
        }
        let ends = |t: &&Token| !matches!(t.kind, Tok::Comma | Tok::Stop);
        out.extend(rest.iter().take_while(ends).cloned());
    }
    out.extend(tokens[close + 1..].iter().cloned());
    by_cases(out, text)
}

/// Labels of lines: `(2) c_1 ≈ v_a`, `α_b = e^β/Z   (2)`, `– α_a = …`. They end what stands before them and multiply nothing.
pub fn labels(tokens: Vec<Token>, text: &str) -> Vec<Token> {
    let line_end = |t: Option<&Token>| t.is_none_or(|t| t.kind == Tok::Stop || t.kind == Tok::Unknown("\n".into()));
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut last: Option<Token> = None;
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        // A soft break between two pieces of a line leaves no token.
        let broken = out.last().is_some_and(|t| text.get(t.span.end..token.span.start).is_some_and(|gap| gap.contains('\n')));
        let begins = broken || line_end(out.last());
        if let [open, number, close, rest @ ..] = &tokens[at..]
            && matches!(open.kind, Tok::Open(Bracket::Round | Bracket::Square))
            && matches!(&number.kind, Tok::Number(n) if n.parse::<u32>().is_ok_and(|n| n <= ITEMS_MAX))
            && matches!(close.kind, Tok::Close(Bracket::Round | Bracket::Square))
        {
            let ends = line_end(rest.first())
                && (open.spaced || out.last().is_some_and(|t| t.math != open.math))
                && out.last().is_some_and(|t| !matches!(t.kind, Tok::Function(_) | Tok::Word(_) | Tok::Rel(_)));
            // "(1) α_i ≥ 0 (2) Σ_i α_i = 1": the next number of a list that has begun.
            let clause = rest.first().is_some_and(|t| {
                matches!(t.kind, Tok::Name(_) | Tok::Function(_) | Tok::Sum | Tok::Frac) && (t.spaced || t.math)
            });
            let next = clause && open.spaced && successor(last.as_ref(), number);
            let begins = begins || next;
            if begins && !rest.is_empty() {
                out.push(Token { kind: Tok::Stop, ..open.clone() });
                last = Some(number.clone());
            }
            if begins || ends {
                at += 3;
                continue;
            }
        }
        // An en dash sets an item off.
        let dash = token.kind == Tok::Minus && matches!(token.span.of(text), "–" | "—");
        if dash && begins && tokens.get(at + 1).is_some_and(|t| t.spaced) {
            at += 1;
            continue;
        }
        out.push(token.clone());
        at += 1;
    }
    out
}

/// `α_i(T) → 1/n`: the bracket says what it depends on and multiplies nothing.
fn without_arguments(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    const LETTERS: &[&str] = &["T", "t", "tau", "beta", "gamma", "q", "X", "x"];
    let depends = |n: &str| n == "alpha" && world.definitions.iter().any(|d| d.name == n);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let symbol = match out.as_slice() {
            [
                ..,
                Token { kind: Tok::Name(n), .. },
                Token { kind: Tok::Sub, .. },
                Token { kind: Tok::Name(_) | Tok::Number(_), .. },
            ] => depends(n),
            _ => false,
        };
        if let [open, letter, close, ..] = &tokens[at..]
            && symbol
            && open.kind == Tok::Open(Bracket::Round)
            && !open.spaced
            && matches!(&letter.kind, Tok::Name(l) if LETTERS.contains(&l.as_str()))
            && close.kind == Tok::Close(Bracket::Round)
        {
            at += 3;
            continue;
        }
        out.push(tokens[at].clone());
        at += 1;
    }
    out
}

/// `q_1, q_2 = β μ_a, β μ_b`: each name gets the value at its place.
fn paired(tokens: Vec<Token>) -> Vec<Token> {
    let symbol = |at: usize| {
        let name = matches!(tokens.get(at)?.kind, Tok::Name(_));
        let indexed =
            matches!(tokens.get(at + 1)?.kind, Tok::Sub) && matches!(tokens.get(at + 2)?.kind, Tok::Name(_) | Tok::Number(_));
        (name && indexed).then_some(at + 3)
    };
    let is = |at: usize, kind: &Tok| tokens.get(at).is_some_and(|t| t.kind == *kind);
    let pair = |at: usize| {
        let begins = at == 0 || ends(&tokens[at - 1]) && tokens[at - 1].kind != Tok::Comma;
        let comma = symbol(at).filter(|i| begins && is(*i, &Tok::Comma))?;
        let sign = symbol(comma + 1).filter(|i| is(*i, &Tok::Rel(Relation::Equal)))?;
        let end = |from: usize| tokens[from..].iter().position(ends).map_or(tokens.len(), |n| from + n);
        let middle = end(sign + 1);
        let last = end(middle + 1);
        let values = is(middle, &Tok::Comma) && middle > sign + 1 && last > middle + 1;
        let related = tokens.get(sign + 1..last)?.iter().any(|t| matches!(t.kind, Tok::Rel(_) | Tok::Word(_)));
        (values && !related).then_some((comma, sign, middle, last))
    };
    let Some((at, (comma, sign, middle, last))) = (0..tokens.len()).find_map(|i| Some((i, pair(i)?))) else { return tokens };
    let mut out = tokens[..at].to_vec();
    for piece in [at..comma, sign..middle, comma..sign, sign..sign + 1, middle + 1..last] {
        out.extend(tokens[piece].iter().cloned());
    }
    out.extend(tokens[last..].iter().cloned());
    out
}

/// Whether what is computed is a share: it has percentages, is the root of what shares below 1 give, or is a quotient
/// with a set of questions below it.
fn of_shares(tokens: &[Token]) -> bool {
    const SET_MIN: f64 = 400.0;
    let number = |t: &Token| match &t.kind {
        Tok::Number(n) => n.parse::<f64>().ok(),
        _ => None,
    };
    let percent = tokens.iter().any(|t| t.kind == Tok::Percent);
    let scaled = tokens.iter().any(|t| number(t) == Some(100.0));
    let whole = |t: &Token| number(t).is_none_or(|n| n < 1.0 || n.fract() == 0.0);
    // What stands before a root multiplies it: 1.96 √(0.05·0.95/500).
    let inside = tokens.iter().position(|t| t.kind == Tok::Sqrt).map_or(&[][..], |i| &tokens[i..]);
    let root = inside.iter().filter_map(number).any(|n| n > 0.0 && n < 1.0) && inside.iter().all(whole);
    let over = tokens.windows(2).any(|w| w[0].kind == Tok::Slash && number(&w[1]).is_some_and(|n| n >= SET_MIN));
    percent || !scaled && (root || over && tokens.iter().all(|t| t.kind != Tok::Sqrt))
}

/// `24 % - 2 % = 22 points`, `√(0.05·0.95/500) ≈ 0.97 points`: behind shares points are percent.
fn points(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = tokens;
    let mut at = 1;
    while at + 1 < out.len() {
        let number =
            matches!(out[at].kind, Tok::Number(_)) && matches!(out[at - 1].kind, Tok::Rel(Relation::Equal | Relation::Approx));
        let from = out[..at - 1].iter().rposition(|t| boundary(t) && !matches!(t.kind, Tok::Percent)).map_or(0, |i| i + 1);
        let of_shares = number && of_shares(&out[from..at - 1]);
        let words = [&["percentage", "points"][..], &["percentage", "point"], &["percent", "points"], &["points"], &["pp"]];
        if let Some(unit) = words.into_iter().find(|w| of_shares && words_are(&out, at + 1, w)) {
            out[at + 1].kind = Tok::Percent;
            out.drain(at + 2..at + 1 + unit.len());
        }
        at += 1;
    }
    out
}

/// Endings of files.
const ENDINGS: &[&str] = &["txt", "tsv", "csv", "py", "md"];

/// `wiki.txt`: a word with the ending of a file is one word, and no sentence ends inside it.
fn file_names(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let ending = token.word().filter(|w| !token.math && !token.spaced && ENDINGS.contains(&w.as_str()));
        if let (Some(ending), [.., name, stop]) = (ending, out.as_slice())
            && stop.kind == Tok::Stop
            && !stop.spaced
            && let Some(name) = name.word()
        {
            out.pop();
            if let Some(last) = out.last_mut() {
                last.kind = Tok::Word(format!("{name}.{ending}"));
                last.span = last.span.to(token.span);
            }
            continue;
        }
        out.push(token);
    }
    out
}

/// Numbers above this in brackets are no item numbers.
const ITEMS_MAX: u32 = 20;

/// `(1) M = …; (2) M = …`: a number or letter in brackets before a clause numbers it and multiplies nothing.
fn item_numbers(tokens: Vec<Token>) -> Vec<Token> {
    let numbered = |t: &Token| match &t.kind {
        Tok::Number(n) => n.parse::<u32>().is_ok_and(|n| (1..=ITEMS_MAX).contains(&n)),
        Tok::Name(l) | Tok::Word(l) => {
            matches!(l.as_str(), "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "ii" | "iii" | "iv" | "v" | "vi")
        }
        _ => false,
    };
    let mut last_item: Option<Token> = None;
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let [open, item, close, next, ..] = &tokens[at..]
            && open.kind == Tok::Open(Bracket::Round)
            && close.kind == Tok::Close(Bracket::Round)
            && numbered(item)
            && (next.spaced || next.math != close.math)
        {
            let begins =
                out.last().is_none_or(|t| matches!(t.kind, Tok::Stop | Tok::Gap | Tok::Semicolon | Tok::Colon | Tok::Comma));
            let after_words = out.last().is_some_and(|t| matches!(t.kind, Tok::Word(_)));
            // "(1) α_i ≥ 0 (2) Σ_i α_i = 1": the next number of a list that has begun.
            let next_item = successor(last_item.as_ref(), item) && open.spaced;
            let clause = matches!(next.kind, Tok::Name(_) | Tok::Function(_) | Tok::Sum | Tok::Frac);
            if (begins && (clause || matches!(next.kind, Tok::Word(_)))) || (after_words || next_item) && clause {
                last_item = Some(item.clone());
                out.push(Token { kind: Tok::Gap, ..open.clone() });
                at += 3;
                continue;
            }
        }
        out.push(tokens[at].clone());
        at += 1;
    }
    out
}

/// Whether an item number is the one behind another.
fn successor(last: Option<&Token>, item: &Token) -> bool {
    match (last.map(|t| &t.kind), &item.kind) {
        (Some(Tok::Number(a)), Tok::Number(b)) => a.parse::<u32>().ok().map(|n| n + 1) == b.parse::<u32>().ok(),
        _ => false,
    }
}

/// "head 2 α_b ≈ 1", "equation 2 AᵀA = I": the number behind such a noun names it and multiplies nothing.
fn numbered_nouns(tokens: &mut [Token]) {
    const NOUNS: &[&str] = &[
        "head", "heads", "equation", "eq", "case", "step", "query", "part", "line", "item", "example", "table", "figure",
        "layer", "row", "problem", "question", "claim", "lemma", "fact", "point", "option", "variant", "attempt", "version",
        "method",
    ];
    for at in 1..tokens.len().saturating_sub(1) {
        let noun = tokens[at - 1].word().is_some_and(|w| NOUNS.contains(&w.as_str()));
        let next = &tokens[at + 1];
        let operand = matches!(next.kind, Tok::Name(_) | Tok::Function(_) | Tok::Sum | Tok::Frac | Tok::Open(_) | Tok::DoubleBar);
        // "Step 2 – α_a = …"
        let dashed = next.kind == Tok::Minus
            && next.spaced
            && tokens.get(at + 2).is_some_and(|t| t.spaced && matches!(t.kind, Tok::Name(_)));
        if let Tok::Number(n) = &tokens[at].kind
            && noun
            && (dashed || operand && (next.spaced || next.math != tokens[at].math))
            && n.parse::<u32>().is_ok()
        {
            tokens[at].kind = Tok::Word(n.clone());
            if dashed {
                tokens[at + 1].kind = Tok::Gap;
            }
        }
    }
}

/// `a`, `A` and `I` in running text are words unless an operator stands next to them.
fn articles(tokens: &mut [Token], world: &World) {
    let operator = |t: Option<&Token>| {
        t.is_some_and(|t| {
            matches!(
                t.kind,
                Tok::Rel(_) | Tok::Plus | Tok::Minus | Tok::Times | Tok::Sup | Tok::Sub | Tok::Transpose | Tok::Slash
            )
        })
    };
    for i in 0..tokens.len() {
        let candidate = !tokens[i].math && matches!(&tokens[i].kind, Tok::Name(n) if n == "a" || n == "A" || n == "I");
        if !candidate {
            continue;
        }
        let (before, after) = (i.checked_sub(1).map(|j| &tokens[j]), tokens.get(i + 1));
        // "a $m \\times d$ matrix": what is set as mathematics is not glued to the article before it.
        let article = |t: &Token| t.math && matches!(&tokens[i].kind, Tok::Name(n) if n == "a");
        let glued = after.is_some_and(|t| !t.spaced && !article(t) && !matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Stop))
            || before.is_some_and(|t| !tokens[i].spaced && matches!(t.kind, Tok::Name(_) | Tok::Close(_) | Tok::Open(_)));
        // `A I c`: between a matrix and what it is applied to stands the identity.
        let identity = matches!(&tokens[i].kind, Tok::Name(n) if n == "I")
            && before.is_some_and(|t| match &t.kind {
                Tok::Name(n) => world.columns.contains_key(n) || n == "A" || n == "M",
                Tok::Transpose => true,
                _ => false,
            })
            && after.is_some_and(|t| matches!(t.kind, Tok::Name(_)));
        // `0.5 μ a`: an index that a scan set apart.
        let index = before.is_some_and(|t| matches!(&t.kind, Tok::Name(n) if world.lexicon.is_family(n)))
            && !after.is_some_and(|t| matches!(t.kind, Tok::Word(_)));
        // `A^T A is …`: what follows a transpose goes on with the product.
        let plain = i >= 2
            && tokens[i - 2].kind == Tok::Sup
            && before.is_some_and(|t| matches!(&t.kind, Tok::Name(n) if n == "T" || n == "t"));
        // `A'A c`: a prime that transposes a matrix of the question.
        let primed = i >= 2
            && before.is_some_and(|t| t.kind == Tok::Unknown("'".into()) && !t.spaced)
            && matches!(&tokens[i - 2].kind, Tok::Name(n) if world.columns.contains_key(n));
        let raised =
            i >= 2 && tokens[i - 2].kind == Tok::Transpose && before.is_some_and(|t| t.kind == Tok::Close(Bracket::Brace));
        let transposed = (plain || raised || primed)
            && matches!(&tokens[i].kind, Tok::Name(n) if n == "A")
            // `A A^T is …` at the beginning of a sentence.
            || after.is_some_and(|t| matches!((&tokens[i].kind, &t.kind), (Tok::Name(n), Tok::Name(m)) if n == "A" && world.columns.contains_key(m)));
        // `A (A^T A)^{-1} A^T`: a matrix before a bracket that begins with another.
        let factor = matches!(&tokens[i].kind, Tok::Name(n) if world.columns.contains_key(n))
            && after.is_some_and(|t| t.kind == Tok::Open(Bracket::Round))
            && tokens.get(i + 2).is_some_and(|t| matches!(&t.kind, Tok::Name(m) if world.columns.contains_key(m)));
        if !operator(before)
            && !transposed
            && !factor
            && !operator(after)
            && !glued
            && !index
            && !identity
            && let Tok::Name(n) = &tokens[i].kind
        {
            tokens[i].kind = Tok::Word(n.clone());
        }
    }
}
