//! From text to tokens: LaTeX, Unicode mathematics and running text in one pass.

use super::lexicon::Lexicon;
use super::signs::{FUNCTIONS, GREEK, WRAPPERS, command_token, greek, is_letter, is_math_word, script, sign_token, vulgar};
use super::token::{Bracket, Relation, Tok, Token};
use crate::span::Span;

/// Turns a stretch of text into tokens.
///
/// `base` is the offset of `text` in the whole document; `math` tells whether it stands inside
/// math delimiters. Never fails: what is not of the language becomes [`Tok::Unknown`].
pub fn lex(text: &str, base: usize, math: bool, lexicon: &Lexicon) -> Vec<Token> {
    let mut lexer = Lexer { text, base, math, lexicon, at: 0, spaced: false, out: Vec::new(), prose: 0, matrix: false };
    lexer.run();
    lexer.out
}

struct Lexer<'a> {
    text: &'a str,
    base: usize,
    math: bool,
    lexicon: &'a Lexicon,
    at: usize,
    spaced: bool,
    out: Vec<Token>,
    /// Depth of braces of a `\text{..}` group that is open, 0 outside.
    prose: usize,
    /// Whether a matrix is open: its marks of columns and rows are commas and brackets.
    matrix: bool,
}

/// Where the rows of a definition by cases begin.
pub const CASES_OPEN: &str = "\\begin{cases}";

/// Where they end.
pub const CASES_CLOSE: &str = "\\end{cases}";

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(c) = self.peek() {
            let start = self.at;
            if c.is_whitespace() || c == '\u{feff}' {
                self.bump(c);
                self.spaced = true;
                continue;
            }
            if c == '\\' {
                self.command();
            } else if c.is_ascii_digit() || c == '.' && self.second().is_some_and(|d| d.is_ascii_digit()) {
                self.number();
            } else if is_letter(c) {
                self.letters();
            } else if c == '&' && self.matrix {
                self.bump(c);
                self.push(Tok::Comma, start);
            } else {
                self.bump(c);
                self.sign(c, start);
            }
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn push(&mut self, kind: Tok, start: usize) {
        self.push_at(kind, start, self.at);
    }

    fn push_at(&mut self, kind: Tok, start: usize, end: usize) {
        let span = Span::new(self.base + start, self.base + end);
        let math = self.math && self.prose == 0;
        self.out.push(Token { kind, span, spaced: std::mem::take(&mut self.spaced), math });
    }

    fn number(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digits = |mut i: usize| {
            while bytes.get(i).is_some_and(u8::is_ascii_digit) {
                i += 1;
            }
            i
        };
        let mut end = digits(self.at);
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end = digits(end + 1);
        }
        // `65,536` in running text, `65{,}536` and `65\,536` in a formula.
        let signs: &[&str] = if self.math { &["{,}", "\\,"] } else { &[",", "{,}", "\\,"] };
        let thousands = |e: usize| {
            let sign = signs.iter().find(|s| self.text[e..].starts_with(**s))?;
            let from = e + sign.len();
            (digits(from) == from + 3).then_some(from + 3)
        };
        if end - start <= 3 && !self.text[start..end].contains('.') {
            while let Some(next) = thousands(end) {
                end = next;
            }
        }
        self.at = end;
        self.at += self.power_of_ten(&self.text[start..self.at]);
        let grouping = |c: &char| matches!(c, ',' | '{' | '}' | '\\');
        let digits: String = self.text[start..self.at].replace('−', "-").chars().filter(|c| !grouping(c)).collect();
        self.push(Tok::Number(digits), start);
    }

    /// The length of a power of ten behind a number, `e-7` in `1.0e-7`; 0 where `e` is Euler's number.
    fn power_of_ten(&self, mantissa: &str) -> usize {
        let Some(all) = self.rest().strip_prefix(['e', 'E']) else { return 0 };
        let unsigned = all.strip_prefix(['-', '+', '−']).unwrap_or(all);
        let len = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        let after = unsigned[len..].chars().next();
        // `2e+8` is 2e + 8; a machine prints `2e+08`, and nobody takes 4.85 times Euler's number.
        let euler = self.rest().starts_with('e') && !mantissa.contains('.');
        let sum = euler && all.starts_with('+') && !unsigned.starts_with('0');
        if len == 0 || sum || after.is_some_and(|c| c.is_alphanumeric() || c == '^') {
            return 0;
        }
        1 + (all.len() - unsigned.len()) + len
    }

    fn command(&mut self) {
        let start = self.at;
        self.at += 1;
        let name: String = self.rest().chars().take_while(char::is_ascii_alphabetic).collect();
        if name.is_empty() {
            match self.peek() {
                Some(c) => {
                    self.bump(c);
                    self.escaped(c, start);
                }
                None => self.push(Tok::Unknown("\\".into()), start),
            }
            return;
        }
        self.at += name.len();
        if matches!(name.as_str(), "text" | "textrm" | "mbox" | "textnormal" | "intertext") && self.peek() == Some('{') {
            self.at += 1;
            self.prose_group();
            return;
        }
        if matches!(name.as_str(), "begin" | "end") {
            let kind = self.rest().strip_prefix('{').and_then(|r| r.split('}').next());
            let matrix = kind.is_some_and(|k| matches!(k, "pmatrix" | "bmatrix" | "matrix" | "smallmatrix" | "psmallmatrix"));
            let cases = kind.is_some_and(|k| matches!(k, "cases" | "dcases" | "rcases"));
            self.skip_group();
            if matrix {
                self.matrix_border(name == "begin", start);
            } else if cases {
                self.push(Tok::Unknown(if name == "begin" { CASES_OPEN } else { CASES_CLOSE }.into()), start);
            }
            return;
        }
        if WRAPPERS.contains(&name.as_str()) {
            self.wrapper(&name, start);
            return;
        }
        match command_token(&name) {
            Some(Tok::Gap) => {
                self.push(Tok::Gap, start);
                self.spaced = true;
            }
            Some(kind) => self.push(kind, start),
            None => self.push(Tok::Unknown(format!("\\{name}")), start),
        }
    }

    /// `\mathsf{q}` reads as `q`; `\mathbb{R}`, `\mathcal{N}` and `\operatorname{Var}` as their names.
    fn wrapper(&mut self, name: &str, start: usize) {
        let spaces = self.rest().len() - self.rest().trim_start().len();
        let inner = self.rest().trim_start();
        let (content, skip) = match inner.strip_prefix('{').and_then(|r| r.find('}').map(|e| &r[..e])) {
            Some(content) => (content, spaces + content.len() + 2),
            None => {
                let first: String = inner.chars().take(1).collect();
                let len = first.len();
                (&inner[..len], spaces + len)
            }
        };
        let special = match (name, content.trim()) {
            ("mathbb", "R") => Some(Tok::Name("Reals".into())),
            ("mathbb", "E") => Some(Tok::Function("E")),
            ("mathbb" | "mathrm" | "operatorname", "P" | "Pr") => Some(Tok::Function("P")),
            ("mathbb" | "mathrm" | "operatorname", "V" | "Var") => Some(Tok::Function("Var")),
            ("mathrm" | "operatorname", "E") => Some(Tok::Function("E")),
            ("mathcal", "N") => Some(Tok::Name("Normal".into())),
            ("mathcal", "O") => Some(Tok::Name("O".into())),
            ("mathrm" | "mathsf" | "mathbf" | "mathit", "T") => Some(Tok::Transpose),
            _ => FUNCTIONS.iter().find(|(n, _)| *n == content.trim()).map(|(_, f)| Tok::Function(f)),
        };
        if let Some(kind) = special {
            self.at += skip;
            self.push(kind, start);
            return;
        }
        // One letter or command in braces stands without them: `\mathbf{k}_a`.
        let letter = content.trim().trim_start_matches('\\');
        if skip > spaces + content.len()
            && !letter.is_empty()
            && (letter.chars().count() == 1 || GREEK.iter().any(|(_, n)| *n == letter))
        {
            let (outer, base) = (self.at + skip, self.base + self.at + spaces + 1);
            let mut inner = lex(content, base, true, self.lexicon);
            if let Some(first) = inner.first_mut() {
                first.spaced = self.spaced;
            }
            self.out.extend(inner);
            self.at = outer;
            self.spaced = false;
        }
    }

    /// The inside of `\text{..}` is running text.
    fn prose_group(&mut self) {
        let mut depth = 1;
        let mut end = self.at;
        for (i, c) in self.rest().char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                end = self.at + i;
                break;
            }
        }
        let inner = lex(&self.text[self.at..end], self.base + self.at, false, self.lexicon);
        self.out.extend(inner);
        self.at = (end + 1).min(self.text.len());
        self.spaced = true;
    }

    fn skip_group(&mut self) {
        if let Some(end) = self.rest().strip_prefix('{').and_then(|r| r.find('}')) {
            self.at += end + 2;
        }
    }

    /// A matrix is a tuple of its rows: `((1, 0), (0, 1))`.
    fn matrix_border(&mut self, opens: bool, start: usize) {
        self.matrix = opens;
        if opens {
            self.push(Tok::Open(Bracket::Round), start);
            self.push(Tok::Open(Bracket::Round), start);
            return;
        }
        // A mark of a new row behind the last one begins none.
        let n = self.out.len();
        if n >= 3 && self.out[n - 1].kind == Tok::Open(Bracket::Round) && self.out[n - 2].kind == Tok::Comma {
            self.out.truncate(n - 3);
        }
        self.push(Tok::Close(Bracket::Round), start);
        self.push(Tok::Close(Bracket::Round), start);
    }

    fn escaped(&mut self, c: char, start: usize) {
        if self.matrix && c == '\\' {
            for kind in [Tok::Close(Bracket::Round), Tok::Comma, Tok::Open(Bracket::Round)] {
                self.push(kind, start);
            }
            return;
        }
        match c {
            ',' | ';' | '!' | ':' | ' ' | '>' => self.spaced = true,
            '{' => self.push(Tok::Open(Bracket::Set), start),
            '}' => self.push(Tok::Close(Bracket::Set), start),
            '|' => self.push(Tok::DoubleBar, start),
            '%' => self.push(Tok::Percent, start),
            '\\' | '\n' => self.push(Tok::Gap, start),
            '_' => self.push(Tok::Sub, start),
            '(' | ')' | '[' | ']' | '$' | '-' | '/' => {}
            '&' | '#' => self.push(Tok::Unknown(c.to_string()), start),
            _ => self.push(Tok::Unknown(format!("\\{c}")), start),
        }
    }

    fn letters(&mut self) {
        let start = self.at;
        let run: String = self.rest().chars().take_while(|c| is_letter(*c)).collect();
        let ascii: String = run.chars().take_while(char::is_ascii_alphabetic).collect();
        let after_script = matches!(self.out.last(), Some(Token { kind: Tok::Sub | Tok::Sup, .. })) && !self.spaced;
        // "α_i = 1 e.g. for n = 1": no e times g.
        let latin = ["i.e", "e.g"].into_iter().find(|l| self.rest().starts_with(l) && !self.rest()[3..].starts_with(is_letter));
        if let Some(latin) = latin.filter(|_| !self.math) {
            self.at += if self.rest()[3..].starts_with('.') { 4 } else { 3 };
            self.push(Tok::Word(latin.into()), start);
            return;
        }
        if !self.math && self.rest().starts_with("w.p.") {
            for (word, length) in [("with", 2), ("probability", 2)] {
                let from = self.at;
                self.at += length;
                self.push(Tok::Word(word.into()), from);
            }
            return;
        }
        if let Some((_, f)) = FUNCTIONS.iter().find(|(n, _)| *n == ascii)
            && ascii.len() == run.len()
            && self.function_here(&ascii)
        {
            self.at += ascii.len();
            self.push(Tok::Function(f), start);
            return;
        }
        if run.len() > 1
            && let Some((_, name)) = GREEK.iter().find(|(_, n)| *n == run && n.is_ascii())
        {
            self.at += run.len();
            self.push(Tok::Name((*name).to_string()), start);
            return;
        }
        if run == "sum" && self.rest()[3..].starts_with('_') {
            self.at += 3;
            self.push(Tok::Sum, start);
            return;
        }
        if self.of_code(&run) {
            self.at += run.len();
            self.push(Tok::Word(run), start);
            return;
        }
        let single = run.chars().count() == 1;
        let mixed = run.chars().any(|c| greek(c).is_some()) && run.chars().count() <= 8;
        let plural = !self.math && ascii.len() < run.len() && run.chars().any(|c| !c.is_ascii() && greek(c).is_none());
        let is_math = !plural
            && (self.in_growth_order() && run.len() <= 4
                || single
                || self.math && !is_math_word(&run)
                || mixed
                || after_script && run.len() <= 6
                || self.transposed_product(&run)
                || self.applied(&run)
                || self.lexicon.segments(&run));
        if !is_math {
            self.at += run.len();
            while self.rest().starts_with(['\'', '’', '-']) && self.second().is_some_and(|c| c.is_alphabetic()) {
                self.at += self.peek().map_or(0, char::len_utf8);
                self.at += self.rest().chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
            }
            self.push(Tok::Word(self.text[start..self.at].to_string()), start);
            return;
        }
        for c in run.chars() {
            let at = self.at;
            self.bump(c);
            let mut name = greek(c).map_or_else(|| c.to_string(), str::to_string);
            // `v̄`: a letter with a mark over it is another letter.
            while let Some(mark) = self.peek().filter(|m| ('\u{300}'..='\u{36f}').contains(m)) {
                self.bump(mark);
                name.push(mark);
            }
            let kind = if name == "Expect" { Tok::Function("E") } else { Tok::Name(name) };
            self.push(kind, at);
        }
    }

    /// `eye(d)`, `np.exp(…)`: a name from a program, in mathematics or not.
    fn of_code(&self, run: &str) -> bool {
        let after = self.rest()[run.len()..].chars().next();
        match run {
            "np" | "numpy" | "torch" | "jnp" => after == Some('.'),
            "eye" | "zeros" | "randn" | "sum" | "all" => after == Some('('),
            _ => false,
        }
    }

    /// `AAᵀ`, `BB^T` in running text: matrices of the question with a transpose after them.
    fn transposed_product(&self, run: &str) -> bool {
        let after = &self.rest()[run.len()..];
        let transposed = after.starts_with(['ᵀ', '^', '⊤']);
        transposed && run.len() <= 4 && run.chars().all(|c| c.is_ascii_uppercase() && self.lexicon.knows_exactly(&c.to_string()))
    }

    /// `Ac`, `Bd` behind an operand or a sign: a matrix and what it is applied to.
    fn applied(&self, run: &str) -> bool {
        let mut letters = run.chars();
        let (Some(matrix), Some(vector), None) = (letters.next(), letters.next(), letters.next()) else { return false };
        let operand = self.out.last().is_some_and(|t| {
            matches!(t.kind, Tok::Name(_) | Tok::Transpose | Tok::Rel(_) | Tok::Plus | Tok::Minus | Tok::Close(_))
        });
        let after = self.rest()[run.len()..].trim_start_matches([' ', '\t']);
        let ends = after.is_empty()
            || after.starts_with(['=', '+', '-', ')', '.', ',', ';', '\n', '≈', '−'])
            || after.starts_with("where");
        matches!(matrix, 'A' | 'B' | 'M')
            && matches!(vector, 'c' | 'd' | 'x' | 'y' | 'u' | 'w' | 'z')
            && operand
            && ends
            && self.lexicon.knows_exactly(&matrix.to_string())
    }

    /// Whether the text at hand stands in the brackets of `O( … )`.
    fn in_growth_order(&self) -> bool {
        let mut depth = 0usize;
        for (i, token) in self.out.iter().enumerate().rev().take(40) {
            match token.kind {
                Tok::Close(_) => depth += 1,
                Tok::Open(_) if depth == 0 => {
                    return i > 0
                        && matches!(&self.out[i - 1].kind, Tok::Name(n) if matches!(n.as_str(), "O" | "Theta" | "Omega" | "o"));
                }
                Tok::Open(_) => depth -= 1,
                Tok::Word(_) | Tok::Stop => return false,
                _ => {}
            }
        }
        false
    }

    /// In running text `max`, `min`, `var`, `span` … are functions only before a bracket or an operand.
    fn function_here(&self, name: &str) -> bool {
        let after = self.rest()[name.len()..].trim_start().chars().next();
        match name {
            "exp" | "ln" | "softmax" | "sqrt" | "sigmoid" => {
                self.math || after.is_some_and(|c| !c.is_ascii_alphabetic() || name == "ln")
            }
            "max" | "min" => self.math || after.is_some_and(|c| matches!(c, '(' | '[' | '‖' | '|' | '_' | 'ᵢ')),
            "rank" | "tr" | "Tr" | "trace" | "det" => self.math || matches!(after, Some('(' | '[')) || self.matrix_after(name),
            "Var" | "Cov" | "Std" => self.math || matches!(after, Some('(' | '[')) || self.symbol_after(name),
            _ => self.math || matches!(after, Some('(' | '[')),
        }
    }

    /// `Var c_1`, `Var αa`: one symbol after the name, and not the article.
    fn symbol_after(&self, name: &str) -> bool {
        let after = self.rest()[name.len()..].trim_start_matches(' ');
        let run: String = after.chars().take_while(|c| is_letter(*c)).collect();
        let letter = run.chars().count() == 1 && !matches!(run.as_str(), "a" | "A" | "I");
        letter || run.len() > 1 && self.lexicon.segments(&run)
    }

    /// `rank M`: one capital letter of the question after the name.
    fn matrix_after(&self, name: &str) -> bool {
        let after = self.rest()[name.len()..].trim_start_matches(' ');
        let run: String = after.chars().take_while(|c| is_letter(*c)).collect();
        run.len() == 1 && run.starts_with(|c: char| c.is_ascii_uppercase()) && self.lexicon.knows_exactly(&run)
    }

    fn sign(&mut self, c: char, start: usize) {
        if let Some((digits, sub)) = script(c) {
            return self.script_run(digits, sub, start);
        }
        if let Some((n, d)) = vulgar(c) {
            let parts =
                [Tok::Open(Bracket::Brace), Tok::Number(n.into()), Tok::Slash, Tok::Number(d.into()), Tok::Close(Bracket::Brace)];
            for kind in parts {
                self.push(kind, start);
            }
            return;
        }
        let follow = |s: &str| self.rest().starts_with(s);
        let (kind, extra) = match c {
            '=' if follow(">") => (Tok::Implies, 1),
            '=' if follow("=") => (Tok::Rel(Relation::Equal), 1),
            '=' => (Tok::Rel(Relation::Equal), 0),
            ':' if follow("=") => (Tok::Rel(Relation::Equal), 1),
            '!' if follow("=") => (Tok::Rel(Relation::NotEqual), 1),
            '~' if follow("=") => (Tok::Rel(Relation::Approx), 1),
            '<' if follow("<") => (Tok::Rel(Relation::MuchLess), 1),
            '<' if follow("=>") => (Tok::Implies, 2),
            '<' if follow("=") => (Tok::Rel(Relation::LessEqual), 1),
            '<' if follow(">") => (Tok::Rel(Relation::NotEqual), 1),
            '>' if follow(">") => (Tok::Rel(Relation::MuchGreater), 1),
            '>' if follow("=") => (Tok::Rel(Relation::GreaterEqual), 1),
            '-' if follow("->") => (Tok::Rel(Relation::Tends), 2),
            '-' if follow(">") => (Tok::Rel(Relation::Tends), 1),
            '|' if follow("|") => (Tok::DoubleBar, 1),
            '*' if follow("*") => (Tok::Sup, 1),
            '.' if follow("..") => (Tok::Dots, 2),
            '·' | '⋅' if self.rest().trim_start().starts_with(c) => self.dotted(c),
            _ => (sign_token(c), 0),
        };
        self.at += extra;
        if kind == Tok::Gap {
            self.push(kind, start);
            self.spaced = true;
            return;
        }
        self.push(kind, start);
    }

    /// `· · ·` written with spaces is an ellipsis.
    fn dotted(&self, c: char) -> (Tok, usize) {
        let mut len = 0;
        let mut dots = 1;
        for (i, d) in self.rest().char_indices() {
            if d == c {
                dots += 1;
                len = i + d.len_utf8();
            } else if !d.is_whitespace() {
                break;
            }
        }
        if dots >= 3 { (Tok::Dots, len) } else { (Tok::Times, 0) }
    }

    /// A run of Unicode sub- or superscripts becomes a script with a braced group.
    fn script_run(&mut self, first: char, sub: bool, start: usize) {
        self.push(if sub { Tok::Sub } else { Tok::Sup }, start);
        self.push(Tok::Open(Bracket::Brace), start);
        let mut next = Some(first);
        let mut at = start;
        let mut digits = String::new();
        while let Some(c) = next {
            if c.is_ascii_digit() {
                digits.push(c);
            } else {
                self.flush(&mut digits, at);
                let kind = match c {
                    'T' if !sub => Tok::Transpose,
                    '+' => Tok::Plus,
                    '-' => Tok::Minus,
                    '(' => Tok::Open(Bracket::Round),
                    ')' => Tok::Close(Bracket::Round),
                    _ => Tok::Name(greek(c).map_or_else(|| c.to_string(), str::to_string)),
                };
                self.push(kind, at);
            }
            next = self.peek().and_then(script).filter(|(_, s)| *s == sub).map(|(c, _)| c);
            if let (Some(_), Some(raw)) = (next, self.peek()) {
                at = self.at;
                self.bump(raw);
            }
        }
        self.flush(&mut digits, at);
        self.push(Tok::Close(Bracket::Brace), at);
    }

    fn flush(&mut self, digits: &mut String, at: usize) {
        if !digits.is_empty() {
            self.push(Tok::Number(std::mem::take(digits)), at);
        }
    }
}
