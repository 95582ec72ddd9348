//! Files on disk.

use std::fs;
use std::path::Path;

use attest::report::{Bundle, BundleError, RunInfo, WriteError, bundle, write};

use crate::sample::{experiment, record};

fn run() -> RunInfo {
    RunInfo { version: "0.1.0".into(), arguments: vec!["verify".into()], seed: 7, threads: 2, timings: vec![], budgets: vec![] }
}

fn files(names: &[(&str, &str)]) -> Bundle {
    let mut bundle = Bundle::new();
    for (name, text) in names {
        bundle.add(*name, text.as_bytes()).expect("names differ");
    }
    bundle
}

fn read(dir: &Path, name: &str) -> Option<String> {
    fs::read_to_string(dir.join(name)).ok()
}

/// Every file under a folder, temporary ones too.
fn names(dir: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir).expect("the folder is there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            out.extend(names(&entry.path()).into_iter().map(|n| format!("{name}/{n}")));
        } else {
            out.push(name);
        }
    }
    out.sort();
    out
}

#[test]
fn a_report_has_all_its_files_and_only_run_json_may_differ() {
    let made = bundle(&record(), &run()).expect("it can be made");
    let expected = [
        "experiments/variance.csv",
        "grades.csv",
        "index.html",
        "plots/variance.png",
        "plots/variance.svg",
        "run.json",
        "verdicts.csv",
    ];
    assert_eq!(made.files().map(|(name, _)| name).collect::<Vec<_>>(), expected);
    let other = RunInfo { threads: 8, timings: vec![attest::report::Timing { stage: "check".into(), seconds: 1.5 }], ..run() };
    let again = bundle(&record(), &other).expect("it can be made");
    for (name, bytes) in made.files() {
        assert_eq!(again.get(name) == Some(bytes), name != "run.json", "{name}");
    }
}

#[test]
fn one_thread_and_four_make_the_same_bytes() {
    let mut many = record();
    many.experiments = (0..6).map(|i| experiment(&format!("e{i}"))).collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| bundle(&many, &run()).expect("it can be made"))
    };
    assert_eq!(on(1), on(4));
}

#[test]
fn ids_become_safe_names_and_twins_are_refused() {
    let mut odd = record();
    odd.experiments = vec![experiment("../../etc/passwd")];
    let made = bundle(&odd, &run()).expect("it can be made");
    assert!(
        made.files().all(|(name, _)| !name.contains("..") || name.contains("_.."))
            && made.get("experiments/_.._etc_passwd.csv").is_some(),
        "{:?}",
        made.files().map(|f| f.0).collect::<Vec<_>>()
    );
    odd.experiments = vec![experiment("a b"), experiment("A_b")];
    assert!(matches!(bundle(&odd, &run()), Err(BundleError::Twice { .. })), "file systems that fold case would mix them up");
}

#[test]
fn a_second_run_replaces_the_first_and_removes_what_it_no_longer_makes() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("new/reports");
    write(&out, &files(&[("a.csv", "1"), ("plots/old.svg", "old"), ("run.json", "x")])).expect("it is written");
    fs::write(out.join("notes.txt"), "mine").expect("a file of the user");
    write(&out, &files(&[("a.csv", "2"), ("run.json", "y")])).expect("it is written");
    assert_eq!(
        names(&out),
        [".manifest", "a.csv", "notes.txt", "run.json"],
        "no temporary file stays, and the empty folder goes"
    );
    assert_eq!(
        (read(&out, "a.csv").as_deref(), read(&out, "notes.txt").as_deref(), read(&out, "run.json").as_deref()),
        (Some("2"), Some("mine"), Some("y"))
    );
}

#[test]
fn a_file_that_someone_changed_is_not_removed() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &files(&[("a.csv", "1"), ("b.csv", "1")])).expect("it is written");
    fs::write(dir.path().join("b.csv"), "edited by hand").expect("it can be edited");
    write(dir.path(), &files(&[("a.csv", "1")])).expect("it is written");
    assert_eq!(read(dir.path(), "b.csv").as_deref(), Some("edited by hand"));
}

#[test]
fn a_file_of_someone_else_is_never_written_over() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("grades.csv"), "a whole term's work").expect("a file of the user");
    let error = write(dir.path(), &files(&[("a.csv", "1"), ("grades.csv", "ours")]));
    assert!(matches!(&error, Err(WriteError::NotOurs { path }) if path.ends_with("grades.csv")), "{error:?}");
    assert_eq!(names(dir.path()), ["grades.csv"], "nothing was written");
    fs::write(dir.path().join("grades.csv"), "ours").expect("equal bytes");
    write(dir.path(), &files(&[("grades.csv", "ours")])).expect("equal bytes lose nothing");
}

#[test]
fn a_manifest_cannot_make_us_remove_files_elsewhere() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("reports");
    fs::create_dir(&out).expect("a folder");
    fs::write(dir.path().join("victim"), "").expect("a file elsewhere");
    fs::write(
        out.join(".manifest"),
        format!("cbf29ce484222325 ../victim\ncbf29ce484222325 {}\nnonsense\n", dir.path().join("victim").display()),
    )
    .expect("a forged list");
    write(&out, &files(&[("a.csv", "1")])).expect("it is written");
    assert!(dir.path().join("victim").exists());
}

#[test]
fn a_failure_in_the_middle_leaves_the_old_files() {
    let dir = tempfile::tempdir().expect("a folder");
    let first = files(&[("a.csv", "old"), ("plots/p.svg", "old"), ("z.csv", "old")]);
    write(dir.path(), &first).expect("it is written");
    let before = names(dir.path());
    // A name that the file system refuses, after others that it takes.
    let long = format!("plots/{}.svg", "x".repeat(300));
    let error = write(dir.path(), &files(&[("a.csv", "new"), ("plots/p.svg", "new"), (&long, "new"), ("z.csv", "new")]));
    assert!(matches!(error, Err(WriteError::Refused { .. })), "{error:?}");
    assert_eq!(names(dir.path()), before);
    assert!(first.files().all(|(name, bytes)| fs::read(dir.path().join(name)).is_ok_and(|b| b == bytes)));
}

#[test]
fn folders_and_files_in_the_way_are_named() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("file"), "x").expect("a file");
    let at_file = write(&dir.path().join("file"), &files(&[("a.csv", "1")]));
    assert!(matches!(&at_file, Err(WriteError::NotAFolder { path }) if path.ends_with("file")), "{at_file:?}");
    let under_file = write(dir.path(), &files(&[("file/a.csv", "1")]));
    assert!(matches!(&under_file, Err(WriteError::NotAFolder { path }) if path.ends_with("file")), "{under_file:?}");
    fs::create_dir(dir.path().join("a.csv")).expect("a folder");
    let on_folder = write(dir.path(), &files(&[("a.csv", "1")]));
    assert!(matches!(&on_folder, Err(WriteError::FolderInTheWay { path }) if path.ends_with("a.csv")), "{on_folder:?}");
    for name in ["../a.csv", "/etc/attest-test", "", "a/../../b"] {
        assert!(matches!(write(dir.path(), &files(&[(name, "1")])), Err(WriteError::Outside { .. })), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn others_may_read_a_report_as_umask_allows() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &files(&[("a.csv", "1")])).expect("it is written");
    fs::write(dir.path().join("plain"), "").expect("a file made in the usual way");
    let mode = |name: &str| fs::metadata(dir.path().join(name)).expect("it is there").permissions().mode();
    assert_eq!(mode("a.csv"), mode("plain"));
}
