//! What the tests share.

use std::path::{Path, PathBuf};

use attest::check::{Settings, check};
use attest::document::read_text;
use attest::record::{Finding, SheetRecord, Verdict};
use attest::world::Library;

/// The package's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A path under the folder of shared material beside the package; `None`, with a printed reason,
/// where that is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: {} is not there", found.display());
    None
}

/// The embedded worlds.
pub fn library() -> Library {
    Library::embedded().unwrap()
}

/// A sheet's record under the embedded worlds.
pub fn record(file: &str, text: &str) -> SheetRecord {
    record_in(&library(), file, text)
}

/// A sheet's record under given worlds.
pub fn record_in(library: &Library, file: &str, text: &str) -> SheetRecord {
    let document = read_text(file, text.as_bytes()).unwrap();
    let record = check(&document, library, &Settings::default(), &|_, _| {}).unwrap();
    let broken: Vec<&Finding> = record.findings.iter().filter(|f| f.message.contains("broke down")).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    record
}

/// The finding whose source text contains `part`, the gravest of several.
pub fn finding<'a>(record: &'a SheetRecord, part: &str) -> &'a Finding {
    let found = record.findings.iter().filter(|f| f.text.contains(part));
    found.max_by_key(|f| gravity(f.verdict)).unwrap_or_else(|| panic!("nothing found at `{part}`: {:#?}", record.findings))
}

/// How grave a verdict is, as the scoring of labelled sheets orders them.
pub fn gravity(verdict: Verdict) -> usize {
    match verdict {
        Verdict::NotChecked => 0,
        Verdict::Undecided => 1,
        Verdict::Holds => 2,
        Verdict::HoldsInLimit => 3,
        Verdict::HoldsIfRead => 4,
        Verdict::Refuted => 5,
    }
}

/// Verdicts of what is true, false, and left open.
pub const TRUE: &[Verdict] = &[Verdict::Holds, Verdict::HoldsInLimit];
pub const FALSE: &[Verdict] = &[Verdict::Refuted];
pub const OPEN: &[Verdict] = &[Verdict::NotChecked];

/// The verdict on `claim` where the sheet goes on with `text` after its head.
pub fn said(head: &str, text: &str, claim: &str) -> Verdict {
    finding(&record("sheet.md", &format!("{head}{text}\n")), claim).verdict
}

/// Texts behind one head, each with a claim and the verdicts that it may get.
pub fn all(head: &str, cases: &[(&str, &str, &[Verdict])]) {
    for (text, claim, wanted) in cases {
        let found = said(head, text, claim);
        assert!(wanted.contains(&found), "{head}{text} [{claim}]: {found:?}");
    }
}
