//! placeholder to be replaced in the next step
/// x
pub fn render(_r: &crate::record::SheetRecord, _s: &[&str]) -> String { String::new() }
