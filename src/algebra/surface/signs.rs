//! Which sign, letter, word or command is which token.

use super::lexer::Tok;
use crate::algebra::term::Func;
use crate::language::Relation;

/// Function names with the functions.
pub(super) const FUNCTIONS: &[(&str, Func)] = &[
    ("exp", Func::Exp),
    ("ln", Func::Ln),
    ("sin", Func::Sin),
    ("cos", Func::Cos),
    ("tan", Func::Tan),
    ("tg", Func::Tan),
    ("arcsin", Func::Asin),
    ("arccos", Func::Acos),
    ("arctan", Func::Atan),
    ("arctg", Func::Atan),
    ("asin", Func::Asin),
    ("acos", Func::Acos),
    ("atan", Func::Atan),
    ("sinh", Func::Sinh),
    ("cosh", Func::Cosh),
    ("tanh", Func::Tanh),
    ("abs", Func::Abs),
    ("max", Func::Max),
    ("min", Func::Min),
    ("floor", Func::Floor),
    ("ceil", Func::Ceil),
    ("factorial", Func::Factorial),
    ("binomial", Func::Binomial),
    ("erf", Func::Erf),
    ("Var", Func::Variance),
    ("Cov", Func::Covariance),
];

/// Greek letters with their English names.
pub(super) const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('µ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "phi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
    ('ℓ', "ell"),
];

/// Commands that only set type; braces after them group.
pub(super) const TYPE: &[&str] = &[
    "left",
    "right",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "Bigl",
    "Bigr",
    "biggl",
    "biggr",
    "displaystyle",
    "textstyle",
    "scriptstyle",
    "limits",
    "nolimits",
    "boxed",
    "mathbf",
    "boldsymbol",
    "bm",
    "mathit",
    "mathsf",
    "mathtt",
    "vec",
    "fbox",
    "ensuremath",
    "mathcal",
    "tiny",
    "normalsize",
    "large",
    "Large",
    "underline",
    "bf",
    "rm",
    "mathstrut",
    "mleft",
    "mright",
    "middle",
    "biggm",
    "it",
    "em",
];

/// Commands that are passed with the group after them.
pub(super) const SKIPPED: &[&str] = &["color", "textcolor", "phantom", "hphantom", "vphantom", "hspace", "label", "tag"];

/// Words of two or three letters that are no products of symbols.
pub(super) const SHORT_WORDS: &[&str] = &[
    "the", "is", "are", "for", "if", "all", "any", "no", "yes", "not", "of", "to", "odd", "cm", "km", "kg", "mm", "ft", "mph",
    "so", "kph", "pct", "lbs", "hrs", "hr", "lb", "per", "yd", "oz", "mL", "ml",
];

/// Commands that set words.
pub(super) const WORDS: &[&str] =
    &["text", "textrm", "mbox", "textnormal", "mathrm", "operatorname", "textbf", "textit", "mathbb", "hbox"];

/// A full-width or mathematical digit, bracket or letter as its plain form.
pub(super) fn wide(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

pub(super) fn letter(c: char) -> bool {
    let c = wide(c);
    c.is_ascii_alphabetic() || GREEK.iter().any(|(g, _)| *g == c)
}

pub(super) fn script(c: char) -> Option<(char, bool)> {
    const SUB: &str = "₀₁₂₃₄₅₆₇₈₉ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₍₎";
    const SUB_PLAIN: &str = "0123456789aeijklmnoprstuvx+-()";
    const SUP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ⁺⁻⁽⁾ⁿⁱᵗᵈᵐᵖᵃᵇᵏˡʲˣʸ";
    const SUP_PLAIN: &str = "0123456789T+-()nitdmpabkljxy";
    let find = |from: &str, to: &str| from.chars().position(|s| s == c).and_then(|i| to.chars().nth(i));
    find(SUB, SUB_PLAIN).map(|p| (p, true)).or_else(|| find(SUP, SUP_PLAIN).map(|p| (p, false)))
}

pub(super) fn vulgar(c: char) -> Option<(i32, i32)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

pub(super) fn sign_token(c: char) -> Option<Tok> {
    Some(match c {
        '+' => Tok::Plus,
        '-' | '−' | '–' => Tok::Minus,
        '±' => Tok::PlusMinus,
        '∓' => Tok::MinusPlus,
        '*' | '·' | '⋅' | '×' | '∗' | '∙' | '•' => Tok::Times,
        '/' | '÷' | '∕' | '⁄' => Tok::Slash,
        '^' => Tok::Sup,
        '_' => Tok::Sub,
        '!' => Tok::Bang,
        '%' => Tok::Percent,
        '°' => Tok::Degree,
        '\'' | '′' | '’' => Tok::Prime,
        '⊤' => Tok::Transpose,
        '(' => Tok::Open('('),
        ')' => Tok::Close('('),
        '[' => Tok::Open('['),
        ']' => Tok::Close('['),
        '{' => Tok::Open('{'),
        '}' => Tok::Close('{'),
        '⌊' => Tok::Open('f'),
        '⌋' => Tok::Close('f'),
        '⌈' => Tok::Open('c'),
        '⌉' => Tok::Close('c'),
        '|' => Tok::Bar,
        '‖' => Tok::DoubleBar,
        '√' => Tok::Sqrt,
        '∑' => Tok::Sum,
        ',' | '，' => Tok::Comma,
        ';' => Tok::Semicolon,
        '∞' => Tok::Infinity,
        '∪' => Tok::Union,
        '∩' => Tok::Meet,
        '∖' => Tok::Without,
        '∏' => Tok::Prod,
        ':' => Tok::Colon,
        '∧' => Tok::And,
        '∨' => Tok::Or,
        '∅' => Tok::Empty,
        'ℝ' => Tok::Reals,
        '…' | '⋯' => Tok::Dots,
        '&' => Tok::Amp,
        '=' => Tok::Rel(Relation::Equal),
        '≠' => Tok::Rel(Relation::NotEqual),
        '≈' => Tok::Rel(Relation::Approx),
        '<' => Tok::Rel(Relation::Less),
        '>' => Tok::Rel(Relation::Greater),
        '≤' | '⩽' => Tok::Rel(Relation::LessEqual),
        '≥' | '⩾' => Tok::Rel(Relation::GreaterEqual),
        '≫' => Tok::Rel(Relation::MuchGreater),
        '≪' => Tok::Rel(Relation::MuchLess),
        '∈' => Tok::Rel(Relation::In),
        '→' => Tok::Rel(Relation::Tends),
        '€' | '£' | '¥' | '₹' | '元' => Tok::Word(c.to_string()),
        '¢' => Tok::Word("cents".into()),
        'ℕ' | 'ℤ' | 'ℚ' | 'ℂ' => Tok::Name(c.to_string()),
        '∂' => Tok::Name("∂".into()),
        _ => return None,
    })
}

/// A name that stands for more than its letters, with or without a backslash.
pub(super) fn word_token(name: &str) -> Option<Tok> {
    if let Some((_, f)) = FUNCTIONS.iter().find(|(n, _)| *n == name) {
        return Some(Tok::Function(*f));
    }
    if let Some((_, n)) = GREEK.iter().find(|(_, n)| *n == name && n.len() > 1) {
        return Some(Tok::Name((*n).into()));
    }
    Some(match name {
        "log" => Tok::Log,
        "erfc" => Tok::Erfc,
        "sec" => Tok::Reciprocal(Func::Cos),
        "csc" | "cosec" => Tok::Reciprocal(Func::Sin),
        "sech" => Tok::Reciprocal(Func::Cosh),
        "csch" => Tok::Reciprocal(Func::Sinh),
        "coth" => Tok::Reciprocal(Func::Tanh),
        "arsinh" | "arcsinh" | "asinh" => Tok::Area(Func::Sinh),
        "arcosh" | "arccosh" | "acosh" => Tok::Area(Func::Cosh),
        "artanh" | "arctanh" | "atanh" => Tok::Area(Func::Tanh),
        "cis" => Tok::Cis,
        "gcd" => Tok::Divisor { common: true },
        "lcm" => Tok::Divisor { common: false },
        "cot" | "ctg" => Tok::Reciprocal(Func::Tan),
        "sqrt" => Tok::Sqrt,
        "sum" | "Sum" => Tok::Sum,
        "prod" => Tok::Prod,
        "inf" | "infinity" | "infty" | "oo" => Tok::Infinity,
        "and" => Tok::And,
        "or" => Tok::Or,
        "binom" => Tok::Binom,
        "lg" => Tok::Log,
        "lim" => Tok::Limit,
        "cbrt" => Tok::CubeRoot,
        "Re" => Tok::Part { real: true },
        "Im" => Tok::Part { real: false },
        "diff" => Tok::Diff,
        "arccot" | "acot" | "arcctg" => Tok::Inverted(Func::Atan),
        "arcsec" | "asec" => Tok::Inverted(Func::Acos),
        "arccsc" | "acsc" => Tok::Inverted(Func::Asin),
        "sgn" | "sign" | "signum" => Tok::Signum,
        "cosech" => Tok::Reciprocal(Func::Sinh),
        _ => return None,
    })
}

pub(super) fn command_token(name: &str) -> Option<Tok> {
    Some(match name {
        "frac" | "dfrac" | "tfrac" | "cfrac" => Tok::Frac,
        "binom" | "dbinom" | "tbinom" => Tok::Binom,
        "varepsilon" => Tok::Name("epsilon".into()),
        "varphi" => Tok::Name("phi".into()),
        "lg" => Tok::Log,
        "cdot" | "times" | "ast" | "bullet" => Tok::Times,
        "over" => Tok::Over,
        "pmod" => Tok::Modulo,
        "bmod" | "mod" => Tok::Remainder,
        "surd" => Tok::Sqrt,
        "hbar" => Tok::Name("ħ".into()),
        "div" => Tok::Slash,
        "pm" => Tok::PlusMinus,
        "mp" => Tok::MinusPlus,
        "le" | "leq" | "leqslant" => Tok::Rel(Relation::LessEqual),
        "ge" | "geq" | "geqslant" => Tok::Rel(Relation::GreaterEqual),
        "lt" => Tok::Rel(Relation::Less),
        "gt" => Tok::Rel(Relation::Greater),
        "ne" | "neq" => Tok::Rel(Relation::NotEqual),
        "approx" => Tok::Rel(Relation::Approx),
        "equiv" => Tok::Rel(Relation::Equal),
        "gg" => Tok::Rel(Relation::MuchGreater),
        "ll" => Tok::Rel(Relation::MuchLess),
        "in" => Tok::Rel(Relation::In),
        "to" | "rightarrow" | "longrightarrow" | "Rightarrow" => Tok::Rel(Relation::Tends),
        "cup" | "bigcup" => Tok::Union,
        "emptyset" | "varnothing" | "oslash" => Tok::Empty,
        "partial" => Tok::Name("∂".into()),
        "Reals" | "R" => Tok::Reals,
        "circ" | "degree" => Tok::Degree,
        "prime" => Tok::Prime,
        "top" | "intercal" => Tok::Transpose,
        "dots" | "ldots" | "cdots" => Tok::Dots,
        "overline" | "bar" | "dot" => Tok::Overline,
        "lbrace" => Tok::Open('S'),
        "rbrace" => Tok::Close('S'),
        "lfloor" => Tok::Open('f'),
        "rfloor" => Tok::Close('f'),
        "lceil" => Tok::Open('c'),
        "rceil" => Tok::Close('c'),
        "langle" => Tok::Open('<'),
        "rangle" => Tok::Close('<'),
        "lvert" | "rvert" | "vert" | "mid" => Tok::Bar,
        "lVert" | "rVert" | "Vert" => Tok::DoubleBar,
        "land" | "wedge" => Tok::And,
        "lor" | "vee" => Tok::Or,
        "choose" => Tok::Choose,
        "det" => Tok::Det,
        "cap" | "bigcap" => Tok::Meet,
        "setminus" | "backslash" | "smallsetminus" => Tok::Without,
        "colon" => Tok::Colon,
        _ => return None,
    })
}
