//! Pairs of answers with a known verdict, in both orders.

use std::time::Instant;

use attest::algebra::Outcome;
use attest::algebra::answer::equal;
use attest::algebra::given::Given;

fn rows(name: &str) -> Vec<[String; 3]> {
    let path = format!("{}/tests/algebra/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    let lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .map(|l| {
            let mut cells = l.split('\t').map(str::to_string);
            std::array::from_fn(|_| cells.next().unwrap_or_default())
        })
        .collect()
}

/// Every pair whose verdict is not the expected one, in either order.
fn surprises(name: &str, expected: Outcome) -> Vec<String> {
    let mut out = Vec::new();
    for [left, right, given] in rows(name) {
        let given = Given::parse(&given).expect(&given);
        for (l, r) in [(&left, &right), (&right, &left)] {
            let d = equal(l, r, &given);
            if d.outcome != expected {
                out.push(format!("{l}  |  {r}: {d:?}"));
            }
        }
    }
    out
}

#[test]
fn equal_answers_hold_in_both_orders() {
    let found = surprises("equal", Outcome::Holds);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn different_answers_are_refuted_in_both_orders() {
    assert!(rows("different").len() >= 100);
    let found = surprises("different", Outcome::Refuted);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn true_statements_of_the_worlds_hold_in_both_orders() {
    let found = surprises("worlds", Outcome::Holds);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_is_not_read_whole_is_not_checked() {
    let given = Given::default();
    for [text, _, _] in rows("unread") {
        for (l, r) in [(text.as_str(), "1"), ("1", text.as_str())] {
            assert_eq!(equal(l, r, &given).outcome, Outcome::NotChecked, "{text}");
        }
    }
}

#[test]
fn what_has_two_readings_is_decided_only_where_they_agree() {
    let given = Given::default();
    for (l, r) in
        [("\\log 100", "2"), ("1/2x", "x/2"), ("1/2x", "1/(2x)"), ("30^\\circ", "30"), ("50\\%", "50"), ("\\log x", "\\ln x")]
    {
        for (l, r) in [(l, r), (r, l)] {
            assert_eq!(equal(l, r, &given).outcome, Outcome::Undecided, "{l} {r}");
        }
    }
    for (l, r) in [("\\log(ab)/\\log 2", "\\log_2(ab)"), ("\\log x^2", "\\log x + \\log x"), ("a/b", "a/b"), ("1/2x", "1/2 x")] {
        assert_eq!(equal(l, r, &given).outcome, Outcome::Holds, "{l} {r}");
    }
    for (l, r) in [("-x^2", "(-x)^2"), ("2^{3^2}", "(2^3)^2"), ("\\log x", "\\log(2x)"), ("\\frac12x", "\\frac1{3x}")] {
        assert_eq!(equal(l, r, &given).outcome, Outcome::Refuted, "{l} {r}");
    }
}

#[test]
fn hostile_sizes_end_without_a_verdict_or_a_crash() {
    let given = Given::default();
    let nested = format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000));
    let braces = format!("{}x{}", "\\sqrt{".repeat(5_000), "}".repeat(5_000));
    let signs = format!("{}1", "-".repeat(20_000));
    let powers = vec!["9"; 5_000].join("^");
    let long = vec!["x"; 10_000].join("+");
    let product = vec!["(x+y)"; 3_000].join("");
    for (l, r) in [
        ("9^{9^{9^9}}", "9^{9^{9^9}}+1"),
        ("1000000!", "1000001!"),
        (&nested, "1"),
        (&braces, "x"),
        (&signs, "1"),
        (&powers, "1"),
        (&long, "x"),
        (&product, "x"),
        ("10^{-1000000000}", "0"),
    ] {
        let started = Instant::now();
        let d = equal(l, r, &given);
        assert_ne!(d.outcome, Outcome::Holds, "{}", &l[..20.min(l.len())]);
        println!("{:>9.3} ms  {}  {}", started.elapsed().as_secs_f64() * 1e3, d.outcome.name(), &l[..20.min(l.len())]);
    }
}

#[test]
fn broken_answers_never_crash_and_comparisons_stay_symmetric() {
    let mut state = 0x1234_5678_9abc_def1u64;
    let mut draw = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let pieces = [
        "\\frac",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "x",
        "n",
        "2",
        "10",
        ".5",
        "^",
        "_",
        "+",
        "-",
        "/",
        "\\sqrt",
        "|",
        "||",
        ",",
        "=",
        "<",
        "\\sum",
        "!",
        "'",
        "%",
        "\\infty",
        "e",
        "i",
        "\\pi",
        "\\text{a}",
        "\\{",
        "\\}",
        "\\cup",
        "\\ln",
        "log",
        "½",
        "²",
        "ₐ",
        "\\begin{pmatrix}",
        "&",
        "\\\\",
        "\\end{pmatrix}",
        "°",
        "\\pm",
        "\\overline",
        "max",
        "O",
        " ",
        "\\left.",
        "$",
        "**",
    ];
    let table: Vec<String> = ["equal", "different", "worlds"].iter().flat_map(|t| rows(t)).flat_map(|[l, r, _]| [l, r]).collect();
    let given = Given::default();
    for k in 0..3000 {
        let text: String = if k % 2 == 0 {
            (0..1 + draw(9)).map(|_| pieces[draw(pieces.len())]).collect()
        } else {
            let mut chars: Vec<char> = table[draw(table.len())].chars().collect();
            let (at, len) = (draw(chars.len()), chars.len());
            match draw(3) {
                0 => drop(chars.remove(at)),
                1 => chars.insert(at, chars[draw(len)]),
                _ => chars.swap(at, (at + 1) % len),
            }
            chars.into_iter().collect()
        };
        let other = &table[draw(table.len())];
        assert_eq!(equal(&text, other, &given).outcome, equal(other, &text, &given).outcome, "{text}  |  {other}");
        let same = equal(&text, &text, &given).outcome;
        assert_ne!(same, Outcome::Refuted, "{text} against itself");
    }
}
