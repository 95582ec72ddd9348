//! One row of a question's table.

use super::math::mathml;
use super::{badge, figure_anchor};
use crate::record::{Finding, SheetRecord};
use crate::report::text::{escape, measured, short};

/// Adds the row of the finding at `index` of the record.
pub(super) fn push(out: &mut String, index: usize, finding: &Finding, record: &SheetRecord) {
    let tier = finding.tier.map_or_else(String::new, |t| format!("<div class=\"soft\">{}</div>", t.name()));
    let line = finding.place.line;
    out.push_str(&format!("<tr id=\"c{index}\"><td><a href=\"#L{line}\" title=\"line {line} of the sheet\">{line}:{}</a></td><td>{}{tier}</td><td><blockquote class=\"source\">{}</blockquote>", finding.place.column, badge(finding.verdict, finding.verdict.name()), escape(&finding.text)));
    if let Some(reading) = reading(finding) {
        out.push_str(&format!("<div class=\"reading\"><span class=\"soft\">read as</span> {reading}</div>"));
    }
    out.push_str(&format!("</td><td class=\"why\">{}", escape(&finding.message)));
    let facts = facts(finding, record);
    if !facts.is_empty() {
        out.push_str("<dl>");
        for (name, value) in facts {
            out.push_str(&format!("<dt>{name}</dt><dd>{value}</dd>"));
        }
        out.push_str("</dl>");
    }
    out.push_str("</td></tr>\n");
}

/// MathML where the reading has LaTeX that parses, else its plain form.
fn reading(finding: &Finding) -> Option<String> {
    let plain = finding.reading.as_ref()?;
    Some(finding.reading_latex.as_deref().and_then(mathml).unwrap_or_else(|| escape(plain)))
}

/// Names and escaped values of what else is known.
fn facts(finding: &Finding, record: &SheetRecord) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut fact = |name: &'static str, value: &Option<String>| facts.extend(value.as_ref().map(|v| (name, escape(v))));
    fact("rate", &finding.rate);
    fact("counterexample", &finding.witness);
    // What the message says already is not said again.
    fact("right would be", &finding.correction.clone().filter(|c| !finding.message.contains(c.as_str())));
    if let Some(fix) = &finding.fix {
        facts.push(("fix", format!("{}; becomes <code>{}</code>", escape(&fix.change), escape(&fix.becomes))));
    }
    facts.extend(finding.evidence.iter().map(|m| ("measured", escape(&measured(m)))));
    if let Some(p) = finding.error_probability.filter(|p| *p > 0.0) {
        facts.push(("error", format!("probability at most {}", short(p, 2))));
    }
    if let Some(experiment) = finding.plot.as_ref().and_then(|id| record.experiments.iter().find(|e| e.id == *id)) {
        facts.push(("plot", format!("<a href=\"#{}\">{}</a>", figure_anchor(&experiment.id), escape(&experiment.plot.title))));
    }
    facts
}
