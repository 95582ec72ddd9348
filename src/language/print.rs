//! The normal notation: readings in plain text and in LaTeX.

use super::expr::{Chain, Expr, Index, Moment, Number, Order, Range, Symbol};

/// A notation to print in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain text with Greek letters, which the parser reads back.
    Plain,
    /// LaTeX.
    Latex,
}

/// How tightly an expression binds, to know where brackets are needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    Unary,
    Power,
    Atom,
}

/// Prints an expression.
pub fn print(expr: &Expr, style: Style) -> String {
    Printer { style }.expr(expr)
}

/// Prints a chain of relations.
pub fn print_chain(chain: &Chain, style: Style) -> String {
    let mut out = String::new();
    for (i, operand) in chain.operands.iter().enumerate() {
        if i > 0 {
            let relation = chain.relations[i - 1];
            out.push_str(&format!(" {} ", if style == Style::Plain { relation.plain() } else { relation.latex() }));
        }
        out.push_str(&print(&operand.expr, style));
    }
    out
}

/// A name in the style: `alpha` as `α` or `\alpha`.
pub fn print_name(name: &str, style: Style) -> String {
    const GREEK: &[(&str, &str)] = &[
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("epsilon", "ε"),
        ("zeta", "ζ"),
        ("eta", "η"),
        ("theta", "θ"),
        ("iota", "ι"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("nu", "ν"),
        ("xi", "ξ"),
        ("pi", "π"),
        ("rho", "ρ"),
        ("sigma", "σ"),
        ("tau", "τ"),
        ("phi", "φ"),
        ("chi", "χ"),
        ("psi", "ψ"),
        ("omega", "ω"),
        ("Gamma", "Γ"),
        ("Delta", "Δ"),
        ("Theta", "Θ"),
        ("Lambda", "Λ"),
        ("Pi", "Π"),
        ("Sigma", "Σ"),
        ("Phi", "Φ"),
        ("Psi", "Ψ"),
        ("Omega", "Ω"),
        ("ell", "ℓ"),
    ];
    match (GREEK.iter().find(|(n, _)| *n == name), style) {
        (Some((_, g)), Style::Plain) => (*g).to_string(),
        (Some((n, _)), Style::Latex) => format!("\\{n}"),
        (None, _) => name.to_string(),
    }
}

struct Printer {
    style: Style,
}

impl Printer {
    fn latex(&self) -> bool {
        self.style == Style::Latex
    }

    fn level(&self, expr: &Expr) -> Level {
        match expr {
            Expr::Add(_) => Level::Sum,
            Expr::Neg(_) => Level::Sum,
            Expr::Mul(_) | Expr::Sum(..) | Expr::Call("max over" | "min over", _) => Level::Product,
            Expr::Div(..) if self.latex() => Level::Atom,
            Expr::Div(..) => Level::Product,
            Expr::Pow(..) | Expr::Transpose(_) | Expr::PseudoInverse(_) => Level::Power,
            _ => Level::Atom,
        }
    }

    fn within(&self, expr: &Expr, least: Level) -> String {
        let text = self.expr(expr);
        if self.level(expr) >= least {
            text
        } else if self.latex() {
            format!("\\left({text}\\right)")
        } else {
            format!("({text})")
        }
    }

    fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Number(n) if n.exponent != 0 && n.value != 0.0 => self.scientific(n),
            Expr::Number(n) => self.number(n.value, n.decimals),
            Expr::Infinity => if self.latex() { "\\infty" } else { "∞" }.to_string(),
            Expr::Symbol(s) => self.symbol(s),
            Expr::Add(terms) => self.sum_of(terms),
            Expr::Neg(a) => format!("-{}", self.within(a, Level::Product)),
            Expr::Mul(factors) => self.product(factors),
            Expr::Div(a, b) if self.latex() => {
                format!("\\frac{{{}}}{{{}}}", self.expr(a), self.expr(b))
            }
            Expr::Div(a, b) => format!("{}/{}", self.within(a, Level::Unary), self.within(b, Level::Unary)),
            Expr::Pow(a, b) => format!("{}^{{{}}}", self.within(a, Level::Atom), self.expr(b)),
            Expr::Transpose(a) => format!("{}{}", self.within(a, Level::Atom), if self.latex() { "^{\\top}" } else { "^T" }),
            Expr::PseudoInverse(a) => format!("{}^{{+}}", self.within(a, Level::Atom)),
            Expr::Norm(a) if self.latex() => format!("\\lVert {} \\rVert", self.expr(a)),
            Expr::Norm(a) => format!("‖{}‖", self.expr(a)),
            Expr::Abs(a) if self.latex() => format!("\\lvert {} \\rvert", self.expr(a)),
            Expr::Abs(a) => format!("|{}|", self.expr(a)),
            Expr::Call(f, args) => self.call(f, args),
            Expr::Sum(range, body) => format!("{}{}", self.range(range), self.sum_body(body)),
            Expr::Moment(m, a) => format!("{}[{}]", self.moment(*m), self.expr(a)),
            Expr::Probability(chain) => {
                format!("{}({})", self.function("P"), print_chain(chain, self.style))
            }
            Expr::Normal(m, v) => {
                format!("{}({}, {})", if self.latex() { "\\mathcal{N}" } else { "N" }, self.expr(m), self.expr(v))
            }
            Expr::Interval(a, b) => format!("[{}, {}]", self.expr(a), self.expr(b)),
            Expr::Tuple(v) => format!("({})", v.iter().map(|e| self.expr(e)).collect::<Vec<_>>().join(", ")),
            Expr::Space(dims) => self.space(dims),
            Expr::Order(o, a) => format!("{}({})", self.order(*o), self.expr(a)),
        }
    }

    /// With its power of ten, as it was written.
    fn scientific(&self, n: &Number) -> String {
        let mantissa = format!("{:.*}", n.decimals.unwrap_or(0) as usize, n.value / 10f64.powi(n.exponent));
        match self.latex() {
            true => format!("{mantissa} \\cdot 10^{{{}}}", n.exponent),
            false => format!("{mantissa}e{}", n.exponent),
        }
    }

    fn number(&self, value: f64, decimals: Option<u32>) -> String {
        match decimals {
            Some(d) if value.abs() >= 1e-9 => format!("{value:.*}", d as usize),
            _ if value != 0.0 && (value.abs() < 1e-4 || value.abs() >= 1e15) => {
                format!("{value:e}")
            }
            _ => format!("{value}"),
        }
    }

    fn symbol(&self, s: &Symbol) -> String {
        let mut out = print_name(&s.name, self.style);
        if !s.indices.is_empty() {
            let list: Vec<String> = s.indices.iter().map(|i| self.index(i)).collect();
            let list = list.join(",");
            out.push_str(&if list.chars().count() == 1 { format!("_{list}") } else { format!("_{{{list}}}") });
        }
        out
    }

    fn index(&self, index: &Index) -> String {
        match index {
            Index::Letter(l) => print_name(l, self.style),
            Index::Number(n) => n.to_string(),
        }
    }

    fn sum_of(&self, terms: &[Expr]) -> String {
        let mut out = String::new();
        for (i, term) in terms.iter().enumerate() {
            match term {
                Expr::Neg(a) if i > 0 => out.push_str(&format!(" - {}", self.within(a, Level::Product))),
                _ if i > 0 => out.push_str(&format!(" + {}", self.within(term, Level::Product))),
                _ => out.push_str(&self.expr(term)),
            }
        }
        out
    }

    fn product(&self, factors: &[Expr]) -> String {
        let mut out = String::new();
        for (i, factor) in factors.iter().enumerate() {
            let last = i + 1 == factors.len();
            let text = match factor {
                Expr::Sum(..) if last => self.expr(factor),
                Expr::Div(..) if i == 0 => self.expr(factor),
                _ => self.within(factor, Level::Power),
            };
            if i > 0 {
                let digit = text.starts_with(|c: char| c.is_ascii_digit());
                out.push_str(match (digit, self.latex()) {
                    (true, true) => " \\cdot ",
                    (true, false) => "·",
                    _ => " ",
                });
            }
            out.push_str(&text);
        }
        out
    }

    fn call(&self, f: &str, args: &[Expr]) -> String {
        let list: Vec<String> = args.iter().map(|a| self.expr(a)).collect();
        if let (Some(f), [over]) = (f.strip_suffix(" over"), list.as_slice()) {
            // The range is that of a sum with another sign before it.
            let range = over.trim_start_matches("\\sum").trim_start_matches('∑');
            return format!("{}{range}", if self.latex() { format!("\\{f}") } else { f.to_string() });
        }
        match (f, self.latex()) {
            ("sqrt", true) => format!("\\sqrt{{{}}}", list.join(", ")),
            (_, true) => format!("{}\\left({}\\right)", self.function(f), list.join(", ")),
            _ => format!("{f}({})", list.join(", ")),
        }
    }

    fn function(&self, f: &str) -> String {
        match (self.latex(), f) {
            (false, _) => f.to_string(),
            (true, "exp" | "ln" | "sin" | "cos" | "tan" | "max" | "min" | "det") => {
                format!("\\{f}")
            }
            (true, _) => format!("\\mathrm{{{f}}}"),
        }
    }

    fn range(&self, range: &Range) -> String {
        let name = print_name(&range.index, self.style);
        let mut low = match &range.from {
            Some(from) => format!("{name}={}", self.expr(from)),
            None => name.clone(),
        };
        if !range.except.is_empty() {
            let list: Vec<String> = range.except.iter().map(|i| self.index(i)).collect();
            let sign = if self.latex() { "\\neq " } else { "≠" };
            let head = if range.from.is_some() { format!("{low}, {name}") } else { name };
            low = format!("{head}{sign}{}", list.join(","));
        }
        let high = range.to.as_ref().map_or(String::new(), |t| format!("^{{{}}}", self.expr(t)));
        format!("{}_{{{low}}}{high} ", if self.latex() { "\\sum" } else { "∑" })
    }

    fn sum_body(&self, body: &Expr) -> String {
        self.within(body, Level::Product)
    }

    fn moment(&self, moment: Moment) -> String {
        let plain = match moment {
            Moment::Mean => "E",
            Moment::Variance => "Var",
            Moment::Deviation => "Std",
        };
        self.function(plain)
    }

    fn space(&self, dims: &[Expr]) -> String {
        let sign = if self.latex() { " \\times " } else { "×" };
        let list: Vec<String> = dims.iter().map(|d| self.within(d, Level::Atom)).collect();
        format!("{}^{{{}}}", if self.latex() { "\\mathbb{R}" } else { "ℝ" }, list.join(sign))
    }

    fn order(&self, order: Order) -> &'static str {
        match (order, self.latex()) {
            (Order::Big, false) => "O",
            (Order::Big, true) => "\\mathcal{O}",
            (Order::Theta, false) => "Θ",
            (Order::Theta, true) => "\\Theta",
            (Order::Omega, false) => "Ω",
            (Order::Omega, true) => "\\Omega",
            (Order::Little, _) => "o",
        }
    }
}
