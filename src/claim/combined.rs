//! Readers of one part whose findings meet: which of them says what the words mean.

use super::counts;
use super::segment::Stretch;
use super::statement::{Body, Scope, Statement};
use crate::language::Relation;
use crate::span::Span;
use crate::world::World;

/// Statements with those of counted things, where nothing else judges the same words.
pub fn with_counts(world: &World, stretches: &[Stretch], text: &str, mut out: Vec<Statement>) -> Vec<Statement> {
    let own = world.accuracy.as_ref().and_then(|a| a.setting).map(crate::world::SettingFile::name);
    let apart = |a: Span, b: Span| a.end <= b.start || b.end <= a.start;
    // "34 from 500 -> 6.8 %": an arrow before a share is no limit.
    let arrow = |s: &Statement| {
        let own = s.span.of(text);
        (own.contains("->") || own.contains('→')) && (own.contains('%') || text[s.span.end..].trim_start().starts_with('%'))
    };
    // "1000/64 -> 16", "64 are 16 updates": between counts an arrow is no limit, and a verb before a unit no equality.
    let no_relation = |s: &Statement| match &s.body {
        Body::Relation { link, .. } => {
            let closed = link.left.is_closed() && link.right.is_closed();
            let worded =
                text[s.span.end..].trim_start().starts_with(char::is_alphabetic) && !s.span.of(text).contains(['=', '≈']);
            // "1000 pairs / 64 = 15.6": what stands before the sign goes on to the left.
            let severed = text[..s.span.start].trim_end().ends_with(['/', '*', '·', '×', '^', '+', '÷']);
            closed && (severed || link.relation == Relation::Tends || worded && link.relation == Relation::Equal)
        }
        _ => false,
    };
    // "118/500 is about 25.5 % of the cap": a part of what could be right at best.
    let part_of = |s: &Statement| {
        let mut behind = text[s.span.end..].split_whitespace().skip_while(|w| *w == "%" || *w == "\\%$" || *w == "$");
        let of = behind.next() == Some("of");
        let best = |w: &str| counts::BEST.contains(&w.trim_end_matches(|c: char| !c.is_alphanumeric()));
        of && matches!(s.body, Body::Relation { .. }) && behind.take(3).any(best)
    };
    out.retain(|s| !no_relation(s) && !part_of(s) || arrow(s));
    let mut out = with_constants(stretches, text, out);
    for (span, counted) in counts::find_whole(stretches, text, own) {
        out.retain(|s| apart(s.span, span) || !matches!(s.body, Body::Prose | Body::Unread { .. } | Body::Relation { .. }));
        out.push(Statement { span, body: Body::Counted(counted), scope: Scope::default(), remarks: vec![] });
    }
    for (span, counted) in counts::find(stretches, text, own) {
        let whole = |s: &Statement| matches!(s.body, Body::Counted(_)) && !apart(s.span, span);
        if out.iter().any(whole) {
            continue;
        }
        let taken = |s: &Statement| matches!(s.body, Body::Accuracy { .. } | Body::Comparison { .. } | Body::Relation { .. });
        // What is known by name is known better than a comparison of any of the part's figures.
        let unclear = |s: &Statement| counted.certain && matches!(&s.body, Body::Comparison { .. });
        if out.iter().any(|s| taken(s) && !unclear(s) && !arrow(s) && !apart(s.span, span)) {
            continue;
        }
        out.retain(|s| apart(s.span, span) || !(unclear(s) || arrow(s) || matches!(s.body, Body::Prose | Body::Unread { .. })));
        out.push(Statement { span, body: Body::Counted(counted), scope: Scope::default(), remarks: vec![] });
    }
    out
}

/// Accuracies and quotients of constant answers as such: the data say how often these are right.
fn with_constants(stretches: &[Stretch], text: &str, mut out: Vec<Statement>) -> Vec<Statement> {
    for found in counts::constants(stretches, text) {
        let here = |s: &Statement| s.span.start <= found.number.start && found.number.end <= s.span.end;
        let Some(at) = out.iter().position(|s| here(s) && !matches!(s.body, Body::Prose | Body::Unread { .. })) else { continue };
        let said = Body::Counted(found.count(text));
        match &mut out[at].body {
            Body::Accuracy { constant, .. } if constant.is_none() && found.certain => *constant = Some(found.answer),
            // A bare label may be of something else: only the right count says that it is not.
            Body::Accuracy { correct, total, constant, percent, decimals } if constant.is_none() => {
                let (value, slack) = (*percent, 0.5 * 10f64.powi(-(*decimals as i32)));
                // A share that contradicts its own count is wrong of anything.
                if (100.0 * *correct / *total - value).abs() <= slack {
                    out[at].body = Body::Counted(found.share(value, slack));
                }
                continue;
            }
            // "… gives 20/500 = 0.04": the quotient is right whatever is counted.
            Body::Relation { .. } if found.certain => {}
            _ => continue,
        }
        out.push(Statement { span: found.before, body: said, scope: Scope::default(), remarks: vec![] });
    }
    out
}

/// "Scores 0 and 2 give weights of 0.12 and 0.88": rows that are judged number by number say nothing else.
pub fn paired_in_rows(statements: &mut Vec<Statement>) {
    let rows: Vec<Span> = statements.iter().filter(|s| matches!(s.body, Body::Softmax { .. })).map(|s| s.span).collect();
    let inside = |s: &Statement| rows.iter().any(|r| r.start <= s.span.start && s.span.end <= r.end);
    statements.retain(|s| !(matches!(s.body, Body::Relation { .. }) && inside(s)));
}
