//! The report as one HTML file: no network, no script, nothing beside it.

mod claim;
mod math;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use miette::Diagnostic;
use thiserror::Error;

use super::bundle::stem;
use super::plot::{self, PlotError};
use super::terminal::summary;
use super::text::{count, escape, short};
use crate::record::{Experiment, Finding, Grade, SheetRecord, Verdict};

/// Why the page could not be made.
#[derive(Debug, Error, Diagnostic)]
pub enum PageError {
    /// A picture could not be drawn.
    #[error("plot {id} cannot be drawn")]
    #[diagnostic(code(attest::report::plot))]
    Plot {
        /// Id of the experiment.
        id: String,
        /// What went wrong.
        source: PlotError,
    },
}

/// A verdict's sign, which stands before its word so that neither colour nor sign is needed alone.
pub(super) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "✓",
        Verdict::HoldsInLimit => "→",
        Verdict::HoldsIfRead => "~",
        Verdict::Refuted => "✗",
        Verdict::Undecided => "?",
        Verdict::NotChecked => "–",
    }
}

fn badge(verdict: Verdict, text: &str) -> String {
    format!("<span class=\"badge {}\">{} {text}</span>", verdict.name(), sign(verdict))
}

/// `index.html` of a record.
///
/// Math is MathML, pictures are SVG inside the page, everything that came from the sheet is
/// escaped. Equal records give equal bytes.
///
/// # Errors
/// [`PageError`] where a picture cannot be drawn.
pub fn render(record: &SheetRecord) -> Result<String, PageError> {
    let sections = sections(record);
    let mut out = String::new();
    head(&mut out, record, &sections);
    grades(&mut out, record);
    let mut shown = BTreeSet::new();
    for section in &sections {
        question(&mut out, record, section, &mut shown)?;
    }
    let rest: Vec<&Experiment> = record.experiments.iter().filter(|e| !shown.contains(e.id.as_str())).collect();
    if !rest.is_empty() {
        out.push_str("<h2 id=\"more\">More experiments</h2>\n");
        for experiment in rest {
            figure(&mut out, experiment)?;
        }
    }
    left_out(&mut out, record);
    sheet::push(&mut out, record);
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out)
}

/// A question with what was found on it. Findings carry their index in the record.
struct Section<'r> {
    id: &'r str,
    grade: Option<&'r Grade>,
    findings: Vec<(usize, &'r Finding)>,
}

/// Graded questions in their order, then the others in the order of the sheet.
fn sections(record: &SheetRecord) -> Vec<Section<'_>> {
    let mut sections: Vec<Section> =
        record.grades.iter().map(|g| Section { id: &g.question, grade: Some(g), findings: vec![] }).collect();
    let mut place: BTreeMap<&str, usize> = sections.iter().enumerate().map(|(i, s)| (s.id, i)).collect();
    for (i, finding) in record.findings.iter().enumerate() {
        let at = *place.entry(&finding.question).or_insert_with(|| {
            sections.push(Section { id: &finding.question, grade: None, findings: vec![] });
            sections.len() - 1
        });
        sections[at].findings.push((i, finding));
    }
    sections
}

/// Anchor of a question: ids may hold dots and whatever a world's file says.
fn anchor(question: &str) -> String {
    format!("q-{}", stem(question))
}

fn head(out: &mut String, record: &SheetRecord, sections: &[Section]) {
    let file = escape(&record.file);
    out.push_str(&format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{file}: what holds</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n<h1>What holds in <code>{file}</code></h1>\n<p>{}.</p>\n<ul class=\"tally\">\n",
        include_str!("style.css"),
        escape(&summary(record))
    ));
    for verdict in Verdict::ALL {
        let n = record.findings.iter().filter(|f| f.verdict == verdict).count();
        if n > 0 {
            out.push_str(&format!("<li>{}</li>\n", badge(verdict, &format!("{} {n}", verdict.name()))));
        }
    }
    out.push_str("</ul>\n<nav aria-label=\"Questions\"><ul>\n");
    for section in sections.iter().filter(|s| !s.findings.is_empty()) {
        let refuted = section.findings.iter().filter(|(_, f)| f.verdict == Verdict::Refuted).count();
        let note = if refuted > 0 {
            format!(" <span class=\"refuted\">{} {refuted} refuted</span>", sign(Verdict::Refuted))
        } else {
            String::new()
        };
        out.push_str(&format!("<li><a href=\"#{}\">{}</a>{note}</li>\n", anchor(section.id), escape(section.id)));
    }
    out.push_str("<li><a href=\"#sheet\">the sheet</a></li>\n</ul></nav>\n");
}

fn grades(out: &mut String, record: &SheetRecord) {
    if record.grades.is_empty() {
        return;
    }
    out.push_str("<h2 id=\"grades\">Grades</h2>\n<div class=\"box\"><table class=\"cards grades\">\n<thead><tr><th>question</th><th>title</th><th class=\"number\">points</th><th>status</th><th>reason</th></tr></thead>\n<tbody>\n");
    for grade in &record.grades {
        let Grade { question, title, points, max, status, reason } = grade;
        let answered = record.findings.iter().any(|f| f.question == *question);
        let id = if answered { format!("<a href=\"#{}\">{}</a>", anchor(question), escape(question)) } else { escape(question) };
        let points = points.map_or_else(|| "–".to_string(), |p| short(p, 6));
        out.push_str(&format!(
            "<tr><td data-label=\"question\">{id}</td><td>{}</td><td class=\"number\" data-label=\"points\">{points} of {}</td><td data-label=\"status\">{}</td><td data-label=\"reason\">{}</td></tr>\n",
            escape(title),
            short(*max, 6),
            status.name(),
            escape(reason)
        ));
    }
    out.push_str("</tbody></table></div>\n");
}

/// A question's claims and the pictures that bear on it. A picture is shown once and linked after.
fn question<'r>(
    out: &mut String,
    record: &'r SheetRecord,
    section: &Section<'r>,
    shown: &mut BTreeSet<&'r str>,
) -> Result<(), PageError> {
    let bears = |e: &&Experiment| {
        e.questions.iter().any(|q| q == section.id) || section.findings.iter().any(|(_, f)| f.plot.as_ref() == Some(&e.id))
    };
    let experiments: Vec<&Experiment> = record.experiments.iter().filter(bears).collect();
    if section.findings.is_empty() && experiments.is_empty() {
        return Ok(());
    }
    let title = section.grade.map_or(String::new(), |g| escape(&g.title));
    out.push_str(&format!("<h2 id=\"{}\"><span class=\"id\">{}</span>{title}</h2>\n", anchor(section.id), escape(section.id)));
    if let Some(Grade { points: Some(points), max, .. }) = section.grade {
        out.push_str(&format!("<p class=\"soft\">{} of {} points</p>\n", short(*points, 6), short(*max, 6)));
    }
    if !section.findings.is_empty() {
        out.push_str("<table class=\"claims cards\">\n<thead><tr><th>line</th><th>verdict</th><th>statement</th><th>why</th></tr></thead>\n<tbody>\n");
        for (index, finding) in &section.findings {
            claim::push(out, *index, finding, record);
        }
        out.push_str("</tbody></table>\n");
    }
    for experiment in experiments {
        if shown.insert(&experiment.id) {
            figure(out, experiment)?;
        } else {
            out.push_str(&format!(
                "<p>See also <a href=\"#{}\">{}</a>.</p>\n",
                figure_anchor(&experiment.id),
                escape(&experiment.plot.title)
            ));
        }
    }
    Ok(())
}

fn figure_anchor(id: &str) -> String {
    format!("plot-{}", stem(id))
}

fn figure(out: &mut String, experiment: &Experiment) -> Result<(), PageError> {
    let panels = plot::panels(&experiment.plot).map_err(|source| PageError::Plot { id: experiment.id.clone(), source })?;
    let name = stem(&experiment.id);
    out.push_str(&format!("<figure id=\"{}\">\n<div class=\"panels\">\n", figure_anchor(&experiment.id)));
    for panel in panels {
        out.push_str(&format!("<div class=\"box\">{panel}</div>\n"));
    }
    out.push_str(&format!(
        "</div>\n<figcaption><strong>{}.</strong> {} <span class=\"soft\">Numbers: <a href=\"experiments/{name}.csv\">experiments/{name}.csv</a>. Picture: <a href=\"plots/{name}.svg\">SVG</a>, <a href=\"plots/{name}.png\">PNG</a>.</span></figcaption>\n</figure>\n",
        escape(experiment.plot.title.trim_end_matches('.')),
        escape(&experiment.plot.caption)
    ));
    Ok(())
}

/// Remarks on the reading, and every stretch of words outside any question.
fn left_out(out: &mut String, record: &SheetRecord) {
    if record.remarks.is_empty() && record.tally.outside.is_empty() {
        return;
    }
    out.push_str("<h2 id=\"reading\">How the sheet was read</h2>\n<ul>\n");
    for remark in &record.remarks {
        out.push_str(&format!("<li>{}</li>\n", escape(remark)));
    }
    out.push_str("</ul>\n");
    if !record.tally.outside.is_empty() {
        out.push_str(&format!("<p>{} outside any question:</p>\n<ul>\n", count(record.tally.words_outside, "word", "words")));
        for stray in &record.tally.outside {
            out.push_str(&format!(
                "<li><a href=\"#L{0}\">line {0}</a>: <code>{1}</code></li>\n",
                stray.place.line,
                escape(&stray.text)
            ));
        }
        out.push_str("</ul>\n");
    }
}
