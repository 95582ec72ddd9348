//! A suite of answer pairs as graders meet them, in both orders.

use attest::algebra::Outcome;
use attest::algebra::answer::equal;
use attest::algebra::given::Given;

/// A pair with the verdict that a person gives; `None` where no person could from the texts alone.
struct Pair {
    expected: Option<Outcome>,
    left: String,
    right: String,
    given: String,
}

fn pairs(name: &str) -> Vec<Pair> {
    let path = format!("{}/tests/algebra/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    let lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .map(|l| {
            let mut cells = l.split('\t').map(str::to_string);
            let mut next = || cells.next().unwrap_or_default();
            let expected = match next().as_str() {
                "=" => Some(Outcome::Holds),
                "/" => Some(Outcome::Refuted),
                "?" => None,
                other => panic!("{other}: no verdict in {l}"),
            };
            Pair { expected, left: next(), right: next(), given: next() }
        })
        .collect()
}

#[test]
fn no_pair_gets_a_wrong_verdict_and_few_get_none() {
    held("suite", 300);
}

#[test]
fn no_pair_of_the_classes_gets_a_wrong_verdict_and_few_get_none() {
    held("classes", 200);
}

/// Holds the engine against a table of at least so many pairs that a person can decide.
fn held(name: &str, least: usize) {
    let (mut wrong, mut open, mut decidable) = (Vec::new(), Vec::new(), 0);
    for pair in pairs(name) {
        let given = Given::parse(&pair.given).expect(&pair.given);
        let (there, back) = (equal(&pair.left, &pair.right, &given), equal(&pair.right, &pair.left, &given));
        let line = format!("{}  |  {}: {there:?}", pair.left, pair.right);
        let said = [Outcome::Holds, Outcome::Refuted].contains(&there.outcome);
        if there.outcome != back.outcome || said && Some(there.outcome) != pair.expected {
            wrong.push(format!("{line} and back {back:?}"));
        }
        decidable += usize::from(pair.expected.is_some());
        if pair.expected.is_some() && !said {
            open.push(line);
        }
    }
    println!("{} of {decidable} decidable pairs open:\n{}", open.len(), open.join("\n"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(decidable >= least && open.len() * 20 < decidable, "{} of {decidable} decidable pairs are open", open.len());
}
