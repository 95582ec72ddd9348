//! The page.

use attest::report::page::render;

use crate::sample::{empty, finding, record};
use attest::record::Verdict;

#[test]
fn the_page_needs_nothing_beside_itself() {
    let page = render(&record()).expect("its plots can be drawn");
    for outside in ["<script", "<link", "<img", "@import", "url(", "src="] {
        assert!(!page.contains(outside), "{outside} in the page");
    }
    let addresses = page.matches("http").count();
    assert_eq!(addresses, page.matches("http://www.w3.org/").count(), "namespaces are the only addresses");
}

#[test]
fn nothing_from_the_sheet_becomes_markup() {
    let evil = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";
    let mut sheet = record();
    sheet.source = evil.into();
    sheet.file = evil.into();
    sheet.remarks = vec![evil.into()];
    sheet.tally.outside[0].text = evil.into();
    for grade in &mut sheet.grades {
        (grade.title, grade.reason, grade.question) = (evil.into(), evil.into(), evil.into());
    }
    let mut one = finding(evil, evil, evil, Verdict::Refuted);
    one.reading_latex = Some(format!(r"\text{{{evil}}}"));
    one.message = evil.into();
    (one.rate, one.witness, one.correction, one.slot) =
        (Some(evil.into()), Some(evil.into()), Some(evil.into()), Some(evil.into()));
    one.fix = Some(attest::record::Fix { change: evil.into(), becomes: evil.into() });
    sheet.findings = vec![one];
    for experiment in &mut sheet.experiments {
        (experiment.id, experiment.plot.title, experiment.plot.caption) = (evil.into(), evil.into(), evil.into());
        experiment.plot.panels[0].title = evil.into();
        experiment.plot.panels[0].x.label = evil.into();
    }
    let page = render(&sheet).expect("its plots can be drawn");
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(page.contains("&lt;script&gt;"), "and it is still shown");
}

#[test]
fn every_statement_has_a_row_a_mark_and_a_way_between() {
    let record = record();
    let page = render(&record).expect("its plots can be drawn");
    for (i, finding) in record.findings.iter().enumerate() {
        assert!(page.contains(&format!("<tr id=\"c{i}\">")) && page.contains(&format!("<a href=\"#c{i}\"")), "statement {i}");
        assert!(page.contains(&format!("href=\"#L{}\"", finding.place.line)));
    }
    // The statement over two lines is marked on both.
    assert_eq!(page.matches("<mark").count(), record.findings.len() + 1);
    assert_eq!(page.matches("<figure").count(), 1, "a picture is shown once");
}

#[test]
fn links_inside_the_page_lead_somewhere() {
    let page = render(&record()).expect("its plots can be drawn");
    for link in page.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap_or_default();
        assert!(page.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
    }
}

#[test]
fn the_sheet_is_shown_whole() {
    let record = record();
    let page = render(&record).expect("its plots can be drawn");
    let sheet = page.split("<div class=\"sheet source\">").nth(1).expect("the sheet is at the end");
    let mut shown = String::new();
    for row in sheet.split("<div class=\"row\"").skip(1) {
        let cell = row.split_once("<span>").map_or("", |(_, rest)| rest.split("</span></div>").next().unwrap_or(""));
        let mut inside = false;
        let text: String = cell
            .chars()
            .filter(|c| {
                if *c == '<' {
                    inside = true
                }
                let keep = !inside;
                if *c == '>' {
                    inside = false
                }
                keep
            })
            .collect();
        shown.push_str(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        shown.push('\n');
    }
    assert_eq!(shown.trim_end_matches('\n'), record.source);
}

#[test]
fn an_empty_record_is_a_page_too() {
    let page = render(&empty()).expect("it has no plots");
    assert!(page.contains("0 statements") && page.ends_with("</html>\n"));
    assert!(!page.contains("<h2 id=\"grades\""));
}
