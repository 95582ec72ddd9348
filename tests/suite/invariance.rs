//! What must not change a verdict: notation, names, the order of sums.

use proptest::prelude::*;

use attest::language::{Chain, Expr, Index, Number, Operand, Relation, Style, Symbol, parse_statement, print_chain};
use attest::record::Verdict;
use attest::span::Span;

use super::support::{finding, library, record};

fn verdict(question: &str, statement: &str) -> Verdict {
    let text = format!("{question} Before it. {statement} .\n");
    let sheet = record("sheet.md", &text);
    sheet
        .findings
        .iter()
        .find(|f| f.kind.name() == "relation" || f.kind.name() == "slot")
        .map_or(Verdict::NotChecked, |f| f.verdict)
}

#[test]
fn unicode_latex_and_fractions_of_any_form_say_the_same() {
    let groups: &[(&str, Verdict, &[&str])] = &[
        (
            "1b)ii)",
            Verdict::HoldsInLimit,
            &[
                "$c \\approx \\frac12 (v_a + v_b)$",
                "$c \\approx \\frac{1}{2}(v_b + v_a)$",
                "$c \\approx \\tfrac12 v_a + \\tfrac12 v_b$",
                "$c \\approx 0.5 v_a + 0.5 v_b$",
                "$c \\approx (v_a + v_b)/2$",
                "c ≈ 1/2 (v_a + v_b)",
                "c ≈ ½(v_a + v_b)",
                "\\(c \\approx \\dfrac{v_a + v_b}{2}\\)",
            ],
        ),
        (
            "1b)ii)",
            Verdict::Refuted,
            &[
                "$c \\approx \\frac13 (v_a + v_b)$",
                "$c \\approx (v_b + v_a)/3$",
                "c ≈ 1/3 (v_a + v_b)",
                "$c \\approx \\tfrac13 v_a + \\frac{v_b}{3}$",
            ],
        ),
        (
            "1c)ii)",
            Verdict::HoldsInLimit,
            &[
                "$\\alpha_a \\approx \\frac{1}{1+\\exp(\\beta(1-X))}$ where $X = \\mu_a^\\top k_a$",
                "$\\alpha_a \\approx 1/(1 + e^{\\beta(1-X)})$",
                "α_a ≈ 1/(1 + exp(β(1 - X)))",
                "$\\alpha_a \\approx \\frac{e^{\\beta X}}{e^{\\beta} + e^{\\beta X}}$",
            ],
        ),
        ("1b)i)", Verdict::Holds, &["$A^T A = I$", "$A^\\top A = I$", "$A^{\\top} A = I_m$", "A^T A = I"]),
        ("1b)i)", Verdict::Holds, ["$\\alpha A = \\alpha A$", "$M (v_a + v_b) = v_a$"][1..].as_ref()),
    ];
    for (question, expected, forms) in groups {
        for form in *forms {
            assert_eq!(verdict(question, form), *expected, "{question} {form}");
        }
    }
}

#[test]
fn another_name_for_the_large_factor_changes_nothing() {
    for name in ["\\beta", "\\lambda", "C", "\\kappa", "s", "t"] {
        let sheet = record("sheet.md", &format!("1b)ii) $q = {name}(k_a + k_b)$ with ${name} \\gg 0$.\n"));
        assert_eq!(finding(&sheet, "q =").verdict, Verdict::HoldsInLimit, "{name}");
        let sheet = record("sheet.md", &format!("1b)ii) $q = {name}(k_a - k_b)$ with ${name} \\gg 0$.\n"));
        assert_eq!(finding(&sheet, "q =").verdict, Verdict::Refuted, "{name}");
    }
}

#[test]
fn a_running_index_may_have_any_letter() {
    for letter in ["i", "j", "k", "l", "r", "s"] {
        let form = format!("$c = \\sum_{{{letter}=1}}^n \\alpha_{letter} v_{letter}$");
        assert_eq!(verdict("1b)ii)", &form), Verdict::Holds, "{form}");
        let wrong = format!("$c = \\sum_{{{letter}=1}}^n \\alpha_{letter} k_{letter}$");
        assert_eq!(verdict("1b)ii)", &wrong), Verdict::Refuted, "{wrong}");
    }
}

fn symbol() -> impl Strategy<Value = Expr> {
    let indexed = |name: &'static str| {
        prop::sample::select(vec!["a", "b", "i"])
            .prop_map(move |i| Expr::Symbol(Symbol { name: name.into(), indices: vec![Index::Letter(i.into())] }))
    };
    let plain =
        prop::sample::select(vec!["beta", "q", "n"]).prop_map(|n| Expr::Symbol(Symbol { name: n.into(), indices: vec![] }));
    let number = (0u32..100).prop_map(|n| Expr::Number(Number::parse(&n.to_string()).unwrap()));
    prop_oneof![indexed("k"), indexed("v"), indexed("alpha"), plain, number]
}

fn expression() -> impl Strategy<Value = Expr> {
    symbol().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expr::Add(vec![a, b])),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expr::Div(Box::new(a), Box::new(b))),
            inner.clone().prop_map(|a| Expr::Call("exp", vec![a])),
            inner.clone().prop_map(|a| Expr::Transpose(Box::new(a))),
            (inner.clone(), inner).prop_map(|(a, b)| Expr::Mul(vec![a, b])),
        ]
    })
}

/// What printing leaves open: nested sums and products, which mean the same flattened.
fn flat(e: &Expr) -> Expr {
    let e = e.map_children(&mut |c| flat(c));
    match e {
        Expr::Add(list) => {
            Expr::Add(list.into_iter().flat_map(|t| if let Expr::Add(inner) = t { inner } else { vec![t] }).collect())
        }
        Expr::Mul(list) => {
            Expr::Mul(list.into_iter().flat_map(|t| if let Expr::Mul(inner) = t { inner } else { vec![t] }).collect())
        }
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back_the_same(left in expression(), right in expression()) {
        let operand = |expr: Expr| Operand { expr, span: Span::default() };
        let chain = Chain { operands: vec![operand(left.clone()), operand(right.clone())], relations: vec![Relation::Equal] };
        let library = library();
        let lexicon = &library.get("1b.ii").unwrap().lexicon;
        for style in [Style::Plain, Style::Latex] {
            let printed = print_chain(&chain, style);
            let read = parse_statement(&printed, lexicon);
            prop_assert!(read.is_ok(), "{printed}: {:?}", read.err());
            let read = read.unwrap();
            prop_assert_eq!(flat(&read.operands[0].expr), flat(&left), "{}", printed);
            prop_assert_eq!(flat(&read.operands[1].expr), flat(&right), "{}", printed);
        }
    }
}
