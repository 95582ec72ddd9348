//! No input makes the program panic; what it cannot read it says so.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use attest::check::{Settings, check};
use attest::document::read_text;
use attest::world::Library;

use super::support::{library, root, shared};

/// Reads and judges; errors are as good as records, panics are not.
fn survive(library: &Library, name: &str, bytes: &[u8]) {
    if let Ok(document) = read_text(name, bytes)
        && let Ok(record) = check(&document, library, &Settings::default(), &|_, _| {})
    {
        for finding in &record.findings {
            assert!(record.source.get(finding.span.start..finding.span.end).is_some_and(|t| t == finding.text));
        }
    }
}

/// A sheet after some random damage: pieces cut out, doubled, swapped, characters put in.
fn mutilated(text: &str, rng: &mut ChaCha8Rng) -> Vec<u8> {
    const INSERTS: &[&str] = &[
        "$",
        "$$",
        "\\frac",
        "{",
        "}",
        "(",
        ")",
        "_",
        "^",
        "\\begin{align}",
        "=",
        "≫",
        "∞",
        "|",
        "\\",
        "\u{0}",
        "\u{feff}",
        "%",
        "1a)i)",
        "\r\n",
        "∑",
        "\\sum_{",
        "é",
    ];
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..rng.random_range(1..12) {
        let at = rng.random_range(0..bytes.len().max(1)).min(bytes.len());
        let end = (at + rng.random_range(0..60)).min(bytes.len());
        match rng.random_range(0..4) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            2 => drop(bytes.splice(at..at, INSERTS[rng.random_range(0..INSERTS.len())].bytes())),
            _ => bytes[at..end].reverse(),
        }
    }
    bytes
}

#[test]
fn two_hundred_mutilated_submissions_do_no_harm() {
    let path = shared("answers/seed.md").unwrap_or_else(|| root().join("answers/with-mistakes.md"));
    let sheet = std::fs::read_to_string(path).unwrap();
    let library = library();
    let lines: Vec<&str> = sheet.split_inclusive('\n').collect();
    for round in 0..200u64 {
        let mut rng = ChaCha8Rng::seed_from_u64(round);
        // A quarter of the sheet a round: all of it is damaged fifty times.
        let quarter = lines.len().div_ceil(4);
        let piece: String = lines.chunks(quarter).nth(round as usize % 4).unwrap_or(&lines).concat();
        let bytes = mutilated(&piece, &mut rng);
        survive(&library, "1c_ii.md", &bytes);
        if round % 5 == 0 {
            // Damage may part a character: read what is left of the text as well, as LaTeX.
            survive(&library, "1c_ii.tex", String::from_utf8_lossy(&bytes).as_bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survive(&library(), "1b_ii.md", &bytes);
    }

    #[test]
    fn arbitrary_mathematics_does_no_harm(text in "1b\\)ii\\) \\$[-a-z0-9αβμ_^{}()+=≈/\\\\ ,|∑]{0,60}\\$ [a-z ,.]{0,40}") {
        survive(&library(), "sheet.md", text.as_bytes());
    }
}

#[test]
fn deep_and_long_expressions_end_in_an_answer() {
    let library = library();
    let towers = ["9^{9^{9^9}} = 1", "1000000! = 2", "\\sqrt{\\sqrt{\\sqrt{\\sqrt{x}}}} = x"];
    for tower in towers {
        survive(&library, "sheet.md", format!("1b)ii) ${tower}$").as_bytes());
    }
    let sum = vec!["\\beta"; 3000].join("+");
    survive(&library, "sheet.md", format!("1b)ii) ${sum} = 1$").as_bytes());
    let words = "word ".repeat(20_000);
    survive(&library, "sheet.md", format!("1a)i) {words}").as_bytes());
}
