//! Numbers as people type them: `1,000`, `1{,}000`, `0.(3)`, `2e-5`.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::ReadError;
use super::lexer::{Lexer, Tok};
use super::signs::wide;

/// Longest number, in digits.
const DIGITS_MAX: usize = 1000;

impl Lexer<'_> {
    /// A letter in braces behind a command that sets type is that letter: `\mathbf{f}(t)`.
    pub(super) fn bare_letter(&mut self, start: usize) {
        let letter = self.rest().strip_prefix('{').and_then(|r| r.split_once('}')).map(|r| r.0.trim().to_string());
        if let Some(l) = letter.filter(|l| l.len() == 1 && l.starts_with(|c: char| c.is_ascii_alphabetic())) {
            self.at += self.rest().find('}').map_or(0, |e| e + 1);
            self.push(Tok::Name(l), start);
        }
    }

    /// A number: groups of three, a decimal point, a period in brackets, a power of ten.
    pub(super) fn number(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        if self.single_digit() {
            let digit = self.peek().and_then(|c| wide(c).to_digit(10)).unwrap_or(0);
            self.at += self.peek().map_or(0, char::len_utf8);
            self.push(Tok::Number(BigRational::from_integer(BigInt::from(digit))), start);
            return Ok(());
        }
        let whole = self.whole(start);
        let mut fraction = String::new();
        if [".\\overline{", ".\\bar{", ".\\dot{"].iter().any(|m| self.rest().starts_with(m)) {
            self.at += 1;
        } else if self.peek() == Some('.') && self.second().is_some_and(|c| wide(c).is_ascii_digit()) {
            self.at += 1;
            fraction = self.digits();
        } else if self.peek() == Some('.') && self.second().is_some_and(|c| "/*+-)^".contains(c)) {
            // `3./2`
            self.at += 1;
        }
        let period = self.period(start, &whole, &fraction)?;
        let exponent = self.exponent();
        let digits = format!("{whole}{fraction}");
        if digits.len() > DIGITS_MAX {
            return self.error(start, "expected a number of at most 1,000 digits");
        }
        let Ok(mantissa) = digits.parse::<BigInt>() else { return self.error(start, "expected a number") };
        let power = exponent - fraction.len() as i64;
        let scale = BigInt::from(10).pow(power.unsigned_abs() as u32);
        let value = if power >= 0 { BigRational::from_integer(mantissa * scale) } else { BigRational::new(mantissa, scale) };
        let repeated = match period.parse::<BigInt>() {
            Ok(p) => BigRational::new(p, BigInt::from(10).pow(period.len() as u32) - 1),
            Err(_) => BigRational::from_integer(BigInt::from(0)),
        };
        self.push(Tok::Number(value + repeated), start);
        if let Some(t) = self.out.last_mut() {
            t.digits = fraction.len();
        }
        Ok(())
    }

    /// The digits before the point, groups of three joined.
    fn whole(&mut self, start: usize) -> String {
        let mut whole = self.digits();
        // `1,000`, `1{,}000` and `1\,000`: groups of three after at most three digits.
        while !whole.is_empty() {
            let Some(separator) = ["{,}", "\\,", "\\!", ",\\! ", ",\\!", "\\ ", " ", "\u{a0}", "\u{202f}", "\u{2009}", ","]
                .into_iter()
                .find(|s| self.rest().starts_with(s))
            else {
                break;
            };
            let after = &self.rest()[separator.len()..];
            let run = after.bytes().take_while(u8::is_ascii_digit).count();
            if separator == "," && self.inside_brackets() {
                break;
            }
            let first_group = whole.len() <= 3 || whole.len() > 3 && self.text[start..self.at].contains(separator);
            if run != 3 || !first_group || whole.starts_with('0') {
                break;
            }
            // `5 123/456` is a mixed number, `2 100 m` a number and a quantity of hundreds all the same.
            if separator.trim().is_empty() && after[3..].trim_start().starts_with(['/', '\u{2044}']) {
                break;
            }
            whole.push_str(&after[..3]);
            self.at += separator.len() + 3;
        }
        whole
    }

    /// The digits that repeat without end, in brackets.
    fn period(&mut self, start: usize, whole: &str, fraction: &str) -> Result<String, ReadError> {
        let mut period = String::new();
        if !whole.is_empty() && (self.rest().starts_with(".(") || !fraction.is_empty() && self.rest().starts_with('(')) {
            let open = usize::from(self.peek() == Some('.')) + 1;
            let run = self.rest()[open..].bytes().take_while(u8::is_ascii_digit).count();
            let after = self.rest().get(open + run..).and_then(|r| r.strip_prefix(')'));
            if run > 0 && after.is_some_and(|r| r.trim_start().is_empty() || r.trim_start().starts_with([',', '$', '}'])) {
                if !fraction.is_empty() {
                    return self.error(start, "expected a decimal whose brackets have one reading");
                }
                period = self.rest()[open..open + run].to_string();
                self.at += open + run + 1;
            }
        }
        Ok(period)
    }

    /// The power of ten of `2e-5`.
    fn exponent(&mut self) -> i64 {
        let mut exponent = 0i64;
        if let Some(after) = self.rest().strip_prefix(['e', 'E']) {
            let unsigned = after.strip_prefix(['-', '+', '−']).unwrap_or(after);
            let run = unsigned.bytes().take_while(u8::is_ascii_digit).count();
            let next = unsigned[run..].chars().next();
            if run > 0 && run <= 4 && !next.is_some_and(|c| c.is_alphanumeric() || c == '^' || c == '_') {
                let size: i64 = unsigned[..run].parse().unwrap_or(0);
                exponent = if after.starts_with(['-', '−']) { -size } else { size };
                self.at += 1 + (after.len() - unsigned.len()) + run;
            }
        }
        exponent
    }

    /// Whether LaTeX takes one digit here: `\frac12` is a half, `\sqrt23` is not the root of 23.
    fn single_digit(&self) -> bool {
        if self.spaced {
            return false;
        }
        let before = |n: usize| self.out.len().checked_sub(n).and_then(|i| self.out.get(i));
        let command = |n: usize| {
            before(n).is_some_and(|t| matches!(t.kind, Tok::Frac | Tok::Sqrt | Tok::Binom) && self.text[t.at..].starts_with('\\'))
        };
        let digit = |n: usize| before(n).is_some_and(|t| matches!(t.kind, Tok::Number(_)));
        command(1) || digit(1) && before(2).is_some_and(|t| matches!(t.kind, Tok::Frac | Tok::Binom)) && command(2)
    }

    /// Whether a bracket is open in which a comma separates members.
    fn inside_brackets(&self) -> bool {
        let listing = |c: &char| matches!(c, '(' | '[' | 'S' | '<');
        let opened = self.out.iter().filter(|t| matches!(&t.kind, Tok::Open(c) if listing(c))).count();
        let closed = self.out.iter().filter(|t| matches!(&t.kind, Tok::Close(c) if listing(c))).count();
        opened > closed
    }

    fn digits(&mut self) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek().filter(|c| wide(*c).is_ascii_digit()) {
            out.push(wide(c));
            self.bump(c);
        }
        out
    }
}
