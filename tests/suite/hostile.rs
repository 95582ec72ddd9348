//! Sheets that would take for ever if anything took long: every one ends in an answer, and no wrong one.

use attest::check::{Settings, check};
use attest::document::read_text;
use attest::record::Verdict;

use super::support::{library, record};

/// What became of a sheet's statements; nothing where it is not read at all.
fn verdicts(text: &str) -> Vec<Verdict> {
    let Ok(document) = read_text("sheet.md", text.as_bytes()) else { return vec![] };
    let record = check(&document, &library(), &Settings::default(), &|_, _| {});
    record.map_or(vec![], |r| r.findings.iter().map(|f| f.verdict).collect())
}

#[test]
fn long_and_deep_mathematics_is_never_refuted_for_its_size() {
    let sums = ["1"; 3000].join("+");
    let letters: Vec<String> = (1..3000).map(|i| format!("a_{i}")).collect();
    let right = [
        format!("{sums} = 3000"),
        format!("{} = 0", letters.join("+")),
        format!("{}1{} = 1", "(".repeat(10_000), ")".repeat(10_000)),
        format!("{}1{} = 1", "\\left(".repeat(25_000), "\\right)".repeat(25_000)),
        format!("{}1{} = 0.618", "\\frac{1}{1+".repeat(2000), "}".repeat(2000)),
        format!("{} = 2^{{500}}", "(1+1)".repeat(500)),
        format!("{} = 1", "(\\alpha_a+\\alpha_b)".repeat(500)),
        format!("{} = 1000 \\alpha_a", ["\\alpha_a"; 1000].join("+")),
        format!("A = \\begin{{pmatrix}} {} \\end{{pmatrix}}", vec![["1"; 30].join("&"); 30].join("\\\\")),
    ];
    for text in right {
        let found = verdicts(&format!("1c)i) ${text}$"));
        assert!(!found.contains(&Verdict::Refuted), "{}", &text[..40]);
    }
}

#[test]
fn endless_work_ends_undecided() {
    for text in [
        "\\sum_{i=1}^{10000}\\sum_{j=1}^{10000}\\sum_{k=1}^{10000} i j k = 1",
        "\\sum_i\\sum_j\\sum_k\\sum_l\\sum_m\\sum_r\\sum_s \\alpha_i\\alpha_j\\alpha_k\\alpha_l\\alpha_m\\alpha_r\\alpha_s = 1$ for $n = 100",
        "E[\\sum_{i=1}^{10000}\\sum_{j=1}^{10000} \\alpha_a] = 1",
    ] {
        let found = verdicts(&format!("1c)i) ${text}$"));
        assert!(!found.is_empty(), "{text}");
        let open = |v: &Verdict| matches!(v, Verdict::Undecided | Verdict::NotChecked);
        assert!(found.iter().all(open), "{text}: {found:?}");
    }
}

#[test]
fn what_stands_after_hundreds_of_definitions_is_not_judged() {
    let defined = |count: usize| (1..=count).map(|i| format!("Let $u_{{{i}}} = \\alpha_a + {i}$. ")).collect::<String>();
    let last = |count: usize| {
        let record = record("sheet.md", &format!("1c)i) {}\n\nThen $\\alpha_a < 0$.\n", defined(count)));
        record.findings.last().unwrap().verdict
    };
    assert_eq!(last(3), Verdict::Refuted);
    assert_eq!(last(400), Verdict::NotChecked);
}
