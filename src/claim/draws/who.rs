//! Who gives something out: "head 1", "the other head", "each head", "the output", "nearly every draw", `c_1`.

use super::said::{Clause, indexed, plain};
use crate::language::{Tok, Token};

/// Who gives something out.
pub struct Who {
    /// Where the words end.
    pub end: usize,
    /// The outputs.
    pub outputs: Vec<Vec<Token>>,
    /// Whether words say it, and no sign that other readers know.
    pub worded: bool,
    /// Whether the words can mean nothing else.
    pub sure: bool,
}

/// Words for both heads.
const BOTH: &[&str] = &[
    "each head",
    "both heads",
    "every head",
    "each of the heads",
    "each of the two heads",
    "each of them",
    "two heads",
    "both of the heads",
    "both of them",
    "each of both heads",
    "both outputs",
    "each output",
    "either head",
    "both queries",
    "each query",
    "heads",
];

/// Words for the output of the layer.
const OUTPUT: &[&str] = &[
    "final mix",
    "final mixture",
    "final average",
    "final mean",
    "final vector",
    "overall result",
    "combined result",
    "overall average",
    "output",
    "result",
    "final output",
    "attention output",
    "final result",
    "average of both heads",
    "mean of both heads",
    "average of the two heads",
    "mean of the two heads",
    "average of both outputs",
    "mean of both outputs",
    "average of both",
    "combined output",
    "averaged output",
    "total output",
    "overall output",
    "average output",
    "output of the layer",
    "out",
    "output of the attention",
    "layer",
    "attention layer",
    "attention",
];

/// Words for the draws, each of which has an output.
const DRAWS: &[&str] = &[
    "single draw",
    "one draw",
    "any single draw",
    "one single draw",
    "each single draw",
    "every single draw",
    "single draws",
    "single sample",
    "one sample",
    "every single sample",
    "each single sample",
    "single samples",
    "typical draw",
    "individual draw",
    "individual draws",
    "output of a single draw",
    "output of one draw",
    "most draws",
    "most samples",
    "every draw",
    "each draw",
    "every sample",
    "each sample",
    "nearly every draw",
    "almost every draw",
    "nearly every sample",
    "almost every sample",
    "almost each draw",
    "practically every draw",
    "nearly all draws",
    "almost all draws",
    "nearly all samples",
    "almost all samples",
    "all draws",
    "all samples",
];

impl Clause<'_> {
    /// Who: a head, both heads, the output.
    pub fn who(&self, at: usize) -> Option<Who> {
        let two = self.world.slots.len() == 2;
        let head = |n: &str| vec![plain(&format!("c_{n}"), self.world)];
        let all = || ["1", "2"].iter().map(|n| plain(&format!("c_{n}"), self.world)).collect::<Vec<_>>();
        let said = |end: usize, outputs: Vec<Vec<Token>>, sure: bool| Some(Who { end, outputs, worded: true, sure });
        let of = ["the output of", "the result of", "the vector of", "output of", "the output vector of"];
        let start = of.iter().filter_map(|w| self.phrase(at, w)).max().unwrap_or(at);
        let start = self.skip(start, &["the", "a"]);
        if two {
            if let Some((end, n)) = self.one_head(start) {
                return said(self.own_output(end), head(&n), true);
            }
            if let Some(end) = self.longest_phrase(start, &["this head", "that head", "it"])
                && let Some((n, sure)) = self.last_head()
            {
                return said(self.own_output(end), head(&n), sure && !self.is(start, &["it"]));
            }
            if let Some(end) = self.longest_phrase(start, &["other head", "other one", "other"])
                && let Some((n, sure)) = self.last_head()
            {
                return said(self.own_output(end), head(if n == "1" { "2" } else { "1" }), sure && self.is(end - 1, &["head"]));
            }
            if let Some(end) = self.longest_phrase(start, BOTH) {
                return said(self.own_output(end), all(), true);
            }
        }
        let output = self.longest_phrase(start, OUTPUT);
        // "the output c_2"
        if let Some((end, sign)) = output.and_then(|e| self.output_sign(e)).filter(|(_, sign)| sign.len() > 1) {
            return said(end, vec![sign], true);
        }
        // "In head 2 … the output is v_b": that of the head, or of both.
        let of_a_head = two && output.is_some() && self.last_head().is_some();
        let end = output.map(|e| self.named_output(e));
        let end = end.or_else(|| self.longest_phrase(start, DRAWS));
        let alone = || self.longest_phrase(start, &["head", "single head", "attention head", "one head", "softmax"]);
        let end = end.or_else(|| alone().filter(|_| self.world.slots.len() == 1));
        if let Some(end) = end {
            let name = self.world.definitions.iter().any(|d| d.name == "c");
            return if name { said(end, vec![plain("c", self.world)], !of_a_head) } else { None };
        }
        if self.world.slots.len() == 1 && self.is(start, &["it"]) && start == at {
            return said(at + 1, vec![plain("c", self.world)], false);
        }
        // "c", "c_1", "the average c", "c_1 and c_2".
        let start = self.longest_phrase(start, &["average", "mean", "vector", "output vector", "sum"]).unwrap_or(start);
        let (end, first) = self.output_sign(start)?;
        if let Some((after, second)) = self.phrase(end, "and").and_then(|e| self.output_sign(e)) {
            let after = self.skip(after, &["both"]);
            return Some(Who { end: after, outputs: vec![first, second], worded: true, sure: true });
        }
        Some(Who { end, outputs: vec![first], worded: false, sure: true })
    }

    /// `c`, `c_1`, `c_1 + c_2`.
    pub fn output_sign(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let (end, text) = self.operand(at)?;
        let two = self.world.slots.len() == 2;
        let head = |t: &Token| matches!(&t.kind, Tok::Number(n) if n == "1" || n == "2");
        let known = match (text.as_slice(), indexed(&text)) {
            ([c], _) => c.is_name("c"),
            (_, Some((c, index))) => c.is_name("c") && head(index) && two,
            // A sum of outputs.
            (list, None) => {
                let names = list.iter().all(|t| !matches!(&t.kind, Tok::Name(n) if n != "c"));
                let heads = list.iter().filter(|t| t.is_name("c")).count() == 2;
                let plain = !list.iter().any(|t| matches!(t.kind, Tok::Function(_)));
                two && names && heads && plain && list.iter().any(|t| t.kind == Tok::Plus)
            }
        };
        known.then_some((end, text))
    }

    /// "head 1's output is …", "head 1 outputs …": a noun only where a verb or a sign follows.
    fn own_output(&self, at: usize) -> usize {
        const AFTER: &[&str] = &[
            "is",
            "are",
            "goes",
            "go",
            "tends",
            "tend",
            "lies",
            "lie",
            "stays",
            "stay",
            "becomes",
            "become",
            "lands",
            "land",
            "ends",
            "end",
            "remains",
            "remain",
            "approaches",
            "approach",
            "equals",
            "equal",
            "keeps",
            "keep",
            "then",
            "still",
            "always",
        ];
        let noun = self.is(at, &["output", "outputs"]);
        match self.output_sign(at + usize::from(noun)) {
            Some((end, _)) if noun => end,
            _ if noun && self.is(at + 1, AFTER) => at + 1,
            _ => at,
        }
    }

    /// "the output c": the sign behind its name.
    fn named_output(&self, at: usize) -> usize {
        self.output_sign(at).map_or(at, |(end, _)| end)
    }

    pub fn longest_phrase(&self, at: usize, list: &[&str]) -> Option<usize> {
        list.iter().filter_map(|w| self.phrase(at, w)).max()
    }

    /// "head 1", "the first head", "head two", "the first query".
    pub fn one_head(&self, at: usize) -> Option<(usize, String)> {
        let named = |w: &str| match w {
            "first" | "one" | "1" => Some("1"),
            "second" | "two" | "2" => Some("2"),
            _ => None,
        };
        let text = |i: usize| match &self.tokens.get(i)?.kind {
            Tok::Number(n) => Some(n.clone()),
            _ => self.word(i),
        };
        // "head(q_2)"
        if self.is(at, &["head"])
            && let [open, Token { kind: Tok::Name(q), .. }, inner @ ..] = self.tokens.get(at + 1..)?
            && matches!(open.kind, Tok::Open(_))
            && q == "q"
        {
            let close = inner.iter().position(|t| matches!(t.kind, Tok::Close(_)))?;
            let number = inner[..close].iter().find_map(|t| if let Tok::Number(n) = &t.kind { Some(n.clone()) } else { None })?;
            return (close <= 2).then_some((at + 4 + close, number));
        }
        let (head, which) = if self.is(at, &["head", "query"]) {
            (at, at + 1)
        } else if self.is(at + 1, &["head", "query"]) && self.is(at, &["first", "second"]) {
            (at + 1, at)
        } else {
            return None;
        };
        Some((head.max(which) + 1, named(&text(which)?)?.to_string()))
    }

    /// The head that was named last before the clause, and whether the sentence itself names it.
    pub fn last_head(&self) -> Option<(String, bool)> {
        let start = self.tokens.first()?.span.start;
        let mut sure = true;
        for (_, head) in self.memory.heads.iter().rev().filter(|(place, _)| *place < start) {
            match head {
                Some(n) => return Some((n.clone(), sure)),
                None if sure => sure = false,
                None => break,
            }
        }
        None
    }
}
