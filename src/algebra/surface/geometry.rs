//! Letters of geometry: `\angle ABC`, `\triangle ABC`, `\overrightarrow{AB}`.

use super::lexer::{Lexer, Tok};

impl Lexer<'_> {
    /// An angle or figure by its points, as one symbol, or a vector by its ends; `false`, nothing consumed, for other commands.
    pub(super) fn geometry(&mut self, command: &str, start: usize) -> bool {
        match command {
            "angle" | "measuredangle" => self.figure('∠', start),
            "triangle" => self.figure('△', start),
            "overrightarrow" => self.arrow(start),
            _ => false,
        }
    }

    /// The capital letters at hand, spaces between them passed.
    fn points(&mut self) -> String {
        let mut points = String::new();
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            let Some(c) = trimmed.chars().next().filter(char::is_ascii_uppercase) else { return points };
            self.at += rest.len() - trimmed.len() + 1;
            points.push(c);
        }
    }

    /// The figure has one name whichever way its points are read.
    fn figure(&mut self, sign: char, start: usize) -> bool {
        let before = self.at;
        let points = self.points();
        if points.is_empty() || self.rest().trim_start().starts_with(['_', '\'', '^']) && points.len() > 1 {
            self.at = before;
            return false;
        }
        let mut ordered: Vec<char> = points.chars().collect();
        if sign == '△' {
            ordered.sort_unstable();
        } else if ordered.first() > ordered.last() {
            ordered.reverse();
        }
        // `m\angle A` is the size of the angle.
        if sign == '∠' && self.out.last().is_some_and(|t| t.kind == Tok::Name("m".into())) {
            self.out.pop();
        }
        self.push(Tok::Name(format!("{sign}{}", ordered.into_iter().collect::<String>())), start);
        true
    }

    /// From one point to another: the difference of their places. An arrow over one letter only marks a vector.
    fn arrow(&mut self, start: usize) -> bool {
        let before = self.at;
        let braced = self.rest().trim_start().starts_with('{');
        if braced {
            self.at += self.rest().len() - self.rest().trim_start().len() + 1;
        }
        let points = self.points();
        let closes = !braced || self.rest().trim_start().starts_with('}');
        let ends: Vec<char> = points.chars().collect();
        let [from, to] = ends[..] else {
            self.at = before;
            return before_letter(self.rest());
        };
        if !closes {
            self.at = before;
            return false;
        }
        if braced {
            self.at += self.rest().len() - self.rest().trim_start().len() + 1;
        }
        let place = |c: char| Tok::Name(format!("→{c}"));
        [Tok::Open('('), place(to), Tok::Minus, place(from), Tok::Close('(')].into_iter().for_each(|t| self.push(t, start));
        true
    }
}

/// Whether one letter stands at hand, in braces or not.
fn before_letter(rest: &str) -> bool {
    let inner = rest.trim_start();
    let inner = inner.strip_prefix('{').and_then(|r| r.split_once('}')).map_or(inner.get(..1).unwrap_or_default(), |r| r.0);
    let inner = inner.trim();
    inner.len() == 1 || inner.starts_with('\\') && inner[1..].bytes().all(|b| b.is_ascii_alphabetic())
}
