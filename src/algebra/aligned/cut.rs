//! A text cut into its words and the mathematics between them.

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A word or a sign of punctuation, in small letters.
    Word(String),
    /// What stands between words, as written.
    Math(String),
}

/// Short words; other runs of two or three letters are symbols side by side.
const SHORT: &[&str] = &[
    "at", "is", "on", "for", "and", "or", "the", "are", "no", "yes", "of", "to", "in", "up", "so", "if", "as", "by", "we", "has",
    "any", "all", "odd", "min", "max", "not", "let", "it", "be", "pt", "cm", "km", "kg", "mm", "ft", "an", "one", "per", "mph",
    "from", "its", "eg", "ie", "pm", "am", "ca", "see", "do", "does",
];

/// Names of functions and letters that are no words.
const NAMES: &[&str] = &[
    "sqrt", "frac", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "theta", "alpha", "beta", "gamma", "delta", "lambda",
    "sigma", "omega", "infinity", "infty", "floor", "ceil", "binom",
];

/// Commands whose braces hold words.
const TEXT: &[&str] = &["text", "textbf", "textit", "textrm", "mathrm", "operatorname", "mbox"];

/// Commands that only set type.
const SETTING: &[&str] = &["left", "right", "quad", "qquad", "displaystyle", "big", "Big", "bigl", "bigr"];

/// The words of a text and what stands between them; `None` where its brackets do not close.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut cutter = Cutter { text, at: 0, depth: 0, math: String::new(), out: Vec::new() };
    while let Some(c) = cutter.text[cutter.at..].chars().next() {
        cutter.step(c)?;
    }
    cutter.flush();
    while cutter.out.last() == Some(&Piece::Word(".".into())) {
        cutter.out.pop();
    }
    (cutter.depth == 0).then_some(cutter.out)
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    math: String,
    out: Vec<Piece>,
}

impl Cutter<'_> {
    fn flush(&mut self) {
        let math = std::mem::take(&mut self.math);
        if !math.trim().is_empty() {
            self.out.push(Piece::Math(math.trim().to_string()));
        }
    }

    fn word(&mut self, word: &str) {
        self.flush();
        self.out.push(Piece::Word(word.to_lowercase()));
    }

    fn step(&mut self, c: char) -> Option<()> {
        let rest = &self.text[self.at..];
        match c {
            '\\' => return self.command(rest),
            '(' | '[' | '{' => self.depth += 1,
            ')' | ']' | '}' => self.depth = self.depth.checked_sub(1)?,
            '@' if self.depth == 0 => {
                self.at += 1;
                self.word("@ at");
                return Some(());
            }
            '$' => {
                self.at += 1;
                self.math.push(' ');
                return Some(());
            }
            '*' if rest.starts_with("**") => {
                self.at += 2;
                return Some(());
            }
            _ if self.depth > 0 => {}
            c if c.is_alphabetic() => {
                let end = rest.find(|c: char| !c.is_alphabetic() && c != '-' && c != '\'').unwrap_or(rest.len());
                let run = rest[..end].trim_end_matches(['-', '\'']);
                let pure = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                let lower = run.to_lowercase();
                let scripted = self.math.ends_with(['^', '_']);
                let spoken = !scripted
                    && !NAMES.contains(&lower.as_str())
                    && (pure >= 4 || SHORT.contains(&lower.as_str()) || run.contains('-') && run.len() > 4);
                let taken = if spoken { run } else { &rest[..pure] };
                self.at += taken.len();
                if spoken {
                    self.word(taken)
                } else {
                    self.math.push_str(taken)
                }
                return Some(());
            }
            ',' | ';' | ':' | '?' | '.' | '\n' if self.parts(c, rest) => {
                self.at += 1;
                if c == '\n' {
                    self.flush()
                } else {
                    self.word(&c.to_string())
                }
                return Some(());
            }
            _ => {}
        }
        self.at += c.len_utf8();
        self.math.push(c);
        Some(())
    }

    /// Whether a sign parts what stands around it, rather than the digits of a number or a ratio.
    fn parts(&self, c: char, rest: &str) -> bool {
        let before = self.math.ends_with(|c: char| c.is_ascii_digit());
        let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
        match c {
            ',' => !(before && digits == 3),
            ':' => !(before && digits > 0),
            '.' => digits == 0,
            _ => true,
        }
    }

    /// Whether a word or a stop follows rather than what a function could be of.
    fn stands_alone(&self) -> bool {
        let after = self.text[self.at..].trim_start_matches(|c: char| c == '$' || c.is_whitespace());
        after.starts_with(|c: char| c.is_alphabetic() || c == '.')
    }

    fn command(&mut self, rest: &str) -> Option<()> {
        let name: String = rest[1..].chars().take_while(char::is_ascii_alphabetic).collect();
        if name.is_empty() {
            let sign = rest[1..].chars().next()?;
            self.at += 1 + sign.len_utf8();
            match sign {
                '{' => self.depth += 1,
                '}' => self.depth = self.depth.checked_sub(1)?,
                '(' | ')' | '[' | ']' | ',' | ';' | '!' | ':' | ' ' => {
                    self.math.push(' ');
                    return Some(());
                }
                _ => {}
            }
            self.math.push('\\');
            self.math.push(sign);
            return Some(());
        }
        self.at += 1 + name.len();
        match name.as_str() {
            "max" | "min" if self.depth == 0 && self.stands_alone() => {
                self.word(&name);
                return Some(());
            }
            "perp" if self.depth == 0 => {
                self.word(&name);
                return Some(());
            }
            "begin" => self.depth += 1,
            "end" => self.depth = self.depth.checked_sub(1)?,
            n if SETTING.contains(&n) => {
                // The dot of `\right.` sets nothing.
                if (n == "left" || n == "right") && self.text[self.at..].starts_with('.') {
                    self.at += 1;
                }
                self.math.push(' ');
                return Some(());
            }
            n if TEXT.contains(&n) && self.depth == 0 => {
                let after = &self.text[self.at..];
                let content = after.trim_start().strip_prefix('{').and_then(|t| t.split_once('}')).map(|t| t.0);
                if let Some(content) =
                    content.filter(|c| !c.contains(['{', '\\']) && c.trim().len() > 1 && c.contains(char::is_alphabetic))
                {
                    self.at += after.find('}')? + 1;
                    content.split_whitespace().for_each(|w| {
                        let marks = |c: char| matches!(c, ',' | '.' | ':' | ';');
                        self.word(w.trim_matches(marks));
                    });
                    return Some(());
                }
            }
            _ => {}
        }
        self.math.push('\\');
        self.math.push_str(&name);
        Some(())
    }
}
