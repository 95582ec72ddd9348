//! The `attest` command.
fn main() {
    let path = std::env::args().nth(2).unwrap_or_default();
    let library = attest::world::Library::embedded().map_err(|e| miette::Report::new(e)).unwrap();
    let doc = attest::document::read(std::path::Path::new(&path)).unwrap();
    let record = attest::check::check(&doc, &library, &Default::default(), &|_, _| {}).unwrap();
    println!(
        "{}",
        serde_json::json!({"schema": 1, "file": record.file, "statements": record.findings, "remarks": record.remarks})
    );
}
