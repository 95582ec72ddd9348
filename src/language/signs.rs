//! Which characters and commands stand for which token.

use super::token::{Bracket, Relation, Tok};

/// Function names that may stand bare, with their normal name.
pub const FUNCTIONS: &[(&str, &str)] = &[
    ("exp", "exp"),
    ("ln", "ln"),
    ("log", "ln"),
    ("softmax", "softmax"),
    ("sqrt", "sqrt"),
    ("Var", "Var"),
    ("var", "Var"),
    ("Cov", "Cov"),
    ("cov", "Cov"),
    ("Pr", "P"),
    ("tr", "tr"),
    ("Tr", "tr"),
    ("trace", "tr"),
    ("diag", "diag"),
    ("sigmoid", "sigmoid"),
    ("erf", "erf"),
    ("sin", "sin"),
    ("cos", "cos"),
    ("tan", "tan"),
    ("std", "Std"),
    ("Std", "Std"),
    ("sd", "Std"),
    ("argmax", "argmax"),
    ("max", "max"),
    ("min", "min"),
    ("span", "span"),
    ("rank", "rank"),
    ("lim", "lim"),
    ("det", "det"),
];

/// Greek letters: character, LaTeX command, name.
pub const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
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
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
    ('ℓ', "ell"),
    ('ı', "i"),
    ('ℝ', "Reals"),
    ('𝔼', "Expect"),
    ('ℕ', "Naturals"),
    ('𝒩', "Normal"),
    ('𝒪', "O"),
];

/// Commands that only set type: they and, where given, their braces vanish.
pub const WRAPPERS: &[&str] = &[
    "mathsf",
    "mathrm",
    "mathbf",
    "mathit",
    "mathcal",
    "mathbb",
    "boldsymbol",
    "bm",
    "operatorname",
    "operatorname*",
    "scriptscriptstyle",
    "scriptstyle",
    "displaystyle",
    "textstyle",
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
    "limits",
    "nolimits",
    "mathtt",
    "mathfrak",
    "boxed",
    "textbf",
    "textit",
    "emph",
    "vec",
    "underline",
    "middle",
    "mathstrut",
    "nonumber",
    "mathop",
    "ensuremath",
    "normalfont",
];

pub fn is_letter(c: char) -> bool {
    (c.is_alphabetic() && script(c).is_none() || greek(c).is_some()) && c != 'ª' && c != 'º'
}

/// Words that stand bare inside mathematics.
pub fn is_math_word(run: &str) -> bool {
    matches!(
        run,
        "if" | "and"
            | "for"
            | "else"
            | "otherwise"
            | "where"
            | "with"
            | "when"
            | "or"
            | "all"
            | "then"
            | "else if"
            | "elsewhere"
            | "as"
            | "out"
            | "is"
    ) || run.chars().filter(char::is_ascii_lowercase).count() >= 5
}

pub fn greek(c: char) -> Option<&'static str> {
    GREEK.iter().find(|(g, _)| *g == c).map(|(_, n)| *n)
}

/// A Unicode sub- (`true`) or superscript and the plain character it stands for. Unicode has no subscript
/// b: people write `ᵦ`.
pub fn script(c: char) -> Option<(char, bool)> {
    const SUB: &str = "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₍₎ᵦ";
    const SUB_PLAIN: &str = "0123456789aehijklmnoprstuvx+-()b";
    const SUP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ⁺⁻⁽⁾ⁿⁱᵗᵈᵐᵖᵃᵇᵏˡʲᵝᵡˣ⊺";
    const SUP_PLAIN: &str = "0123456789T+-()nitdmpabkljβχxT";
    let find = |from: &str, to: &str| from.chars().position(|s| s == c).and_then(|i| to.chars().nth(i));
    find(SUB, SUB_PLAIN).map(|p| (p, true)).or_else(|| find(SUP, SUP_PLAIN).map(|p| (p, false)))
}

pub fn vulgar(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        '½' => ("1", "2"),
        '⅓' => ("1", "3"),
        '⅔' => ("2", "3"),
        '¼' => ("1", "4"),
        '¾' => ("3", "4"),
        '⅕' => ("1", "5"),
        '⅛' => ("1", "8"),
        _ => return None,
    })
}

pub fn sign_token(c: char) -> Tok {
    match c {
        '+' => Tok::Plus,
        '-' | '−' | '–' => Tok::Minus,
        '*' | '·' | '⋅' | '×' | '∗' | '∙' => Tok::Times,
        '/' | '÷' | '∕' => Tok::Slash,
        '_' => Tok::Sub,
        '^' => Tok::Sup,
        '⊤' => Tok::Transpose,
        '\'' | '′' | '’' => Tok::Unknown("'".into()),
        '(' => Tok::Open(Bracket::Round),
        ')' => Tok::Close(Bracket::Round),
        '[' => Tok::Open(Bracket::Square),
        ']' => Tok::Close(Bracket::Square),
        '{' => Tok::Open(Bracket::Brace),
        '}' => Tok::Close(Bracket::Brace),
        '⟨' => Tok::Open(Bracket::Angle),
        '⟩' => Tok::Close(Bracket::Angle),
        '|' => Tok::Bar,
        '‖' | '∥' => Tok::DoubleBar,
        '%' => Tok::Percent,
        '√' => Tok::Sqrt,
        '∑' => Tok::Sum,
        '≠' => Tok::Rel(Relation::NotEqual),
        '≈' | '≃' | '≅' | '≐' => Tok::Rel(Relation::Approx),
        '≡' | '≔' => Tok::Rel(Relation::Equal),
        '≫' => Tok::Rel(Relation::MuchGreater),
        '≪' => Tok::Rel(Relation::MuchLess),
        '<' => Tok::Rel(Relation::Less),
        '>' => Tok::Rel(Relation::Greater),
        '≤' | '⩽' => Tok::Rel(Relation::LessEqual),
        '≥' | '⩾' => Tok::Rel(Relation::GreaterEqual),
        '∈' => Tok::Rel(Relation::In),
        '~' | '∼' => Tok::Rel(Relation::Tilde),
        '→' | '⟶' => Tok::Rel(Relation::Tends),
        '∝' => Tok::Rel(Relation::Proportional),
        '⇒' | '⟹' | '∴' | '⇔' | '⟺' => Tok::Implies,
        '∀' => Tok::ForAll,
        '∞' => Tok::Infinity,
        '…' | '⋯' => Tok::Dots,
        ',' => Tok::Comma,
        ';' => Tok::Semicolon,
        ':' => Tok::Colon,
        '.' | '?' | '!' => Tok::Stop,
        '&' => Tok::Gap,
        _ => Tok::Unknown(c.to_string()),
    }
}

pub fn command_token(name: &str) -> Option<Tok> {
    if let Some((_, n)) = GREEK.iter().find(|(_, n)| *n == name) {
        return Some(Tok::Name((*n).to_string()));
    }
    if let Some((_, f)) = FUNCTIONS.iter().find(|(n, _)| *n == name) {
        return Some(if *f == "sqrt" { Tok::Sqrt } else { Tok::Function(f) });
    }
    Some(match name {
        "varepsilon" => Tok::Name("epsilon".into()),
        "varphi" => Tok::Name("phi".into()),
        "vartheta" => Tok::Name("theta".into()),
        "top" | "intercal" | "transpose" | "trans" => Tok::Transpose,
        "prime" => Tok::Unknown("'".into()),
        "frac" | "tfrac" | "dfrac" | "cfrac" => Tok::Frac,
        "sum" => Tok::Sum,
        "cdot" | "times" | "ast" | "circ" => Tok::Times,
        "div" => Tok::Slash,
        "le" | "leq" | "leqslant" | "lesssim" => Tok::Rel(Relation::LessEqual),
        "ge" | "geq" | "geqslant" => Tok::Rel(Relation::GreaterEqual),
        "lt" => Tok::Rel(Relation::Less),
        "gt" => Tok::Rel(Relation::Greater),
        "ne" | "neq" => Tok::Rel(Relation::NotEqual),
        "approx" | "simeq" | "cong" | "approxeq" => Tok::Rel(Relation::Approx),
        "equiv" | "coloneqq" => Tok::Rel(Relation::Equal),
        "gg" | "ggg" => Tok::Rel(Relation::MuchGreater),
        "ll" | "lll" => Tok::Rel(Relation::MuchLess),
        "in" => Tok::Rel(Relation::In),
        "sim" => Tok::Rel(Relation::Tilde),
        "to" | "rightarrow" | "longrightarrow" | "xrightarrow" => Tok::Rel(Relation::Tends),
        "propto" => Tok::Rel(Relation::Proportional),
        "Rightarrow" | "implies" | "Longrightarrow" | "therefore" | "iff" | "Leftrightarrow" | "Longleftrightarrow" => {
            Tok::Implies
        }
        "forall" => Tok::ForAll,
        "infty" => Tok::Infinity,
        "dots" | "ldots" | "cdots" | "dotsc" | "dotsb" | "vdots" => Tok::Dots,
        "quad" | "qquad" | "hspace" | "newline" | "par" => Tok::Gap,
        "langle" => Tok::Open(Bracket::Angle),
        "rangle" => Tok::Close(Bracket::Angle),
        "lbrace" => Tok::Open(Bracket::Set),
        "rbrace" => Tok::Close(Bracket::Set),
        "lvert" | "rvert" | "vert" | "mid" => Tok::Bar,
        "lVert" | "rVert" | "Vert" | "parallel" => Tok::DoubleBar,
        "dagger" => Tok::Name("dagger".into()),
        "land" | "wedge" => Tok::Comma,
        _ => return None,
    })
}
