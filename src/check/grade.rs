//! Points: given only where everything that the question asks for is decided.

use std::collections::BTreeMap;

use crate::record::{Finding, Grade, GradeStatus, Kind, Verdict};
use crate::world::{Library, World};

/// One grade a question, in the order of the questions.
pub fn grades(library: &Library, findings: &[Finding]) -> Vec<Grade> {
    library.iter().filter(|w| w.points > 0.0).map(|w| grade(w, findings)).collect()
}

fn grade(world: &World, findings: &[Finding]) -> Grade {
    let own: Vec<&Finding> = findings.iter().filter(|f| f.question == world.id).collect();
    let mut grade = Grade {
        question: world.id.clone(),
        title: world.title.clone(),
        points: None,
        max: world.points,
        status: GradeStatus::NeedsReview,
        reason: String::new(),
    };
    if own.is_empty() {
        grade.status = GradeStatus::Unanswered;
        grade.reason = "the sheet says nothing on this question".into();
        return grade;
    }
    let mut asked: BTreeMap<String, Option<Verdict>> = world
        .slots
        .iter()
        .map(|s| (crate::language::print(&crate::language::Expr::Symbol(s.symbol.clone()), crate::language::Style::Plain), None))
        .collect();
    for finding in own.iter().filter(|f| f.kind == Kind::Slot) {
        if let Some(verdict) = finding.slot.as_ref().and_then(|s| asked.get_mut(s)) {
            // The last filling is the answer; a wrong one that is not taken back still counts.
            *verdict = Some(match *verdict {
                Some(Verdict::Refuted) if finding.verdict != Verdict::Refuted => Verdict::Undecided,
                _ => finding.verdict,
            });
        }
    }
    let inherited = world.asked_in != world.id;
    let summary = summary(&own);
    if asked.is_empty() || inherited {
        grade.reason = format!("nothing that a machine can decide alone is asked for; {summary}");
        return grade;
    }
    let list: Vec<String> = asked.iter().map(|(s, v)| format!("{s}: {}", v.map_or("not given", Verdict::name))).collect();
    let decided = asked.values().all(|v| matches!(v, Some(Verdict::Holds | Verdict::HoldsInLimit | Verdict::Refuted)));
    grade.reason = format!("{}; {summary}", list.join(", "));
    if decided {
        let right = asked.values().filter(|v| matches!(v, Some(Verdict::Holds | Verdict::HoldsInLimit))).count();
        grade.status = GradeStatus::Decided;
        grade.points = Some((world.points * right as f64 / asked.len() as f64 * 2.0).floor() / 2.0);
    }
    grade
}

fn summary(own: &[&Finding]) -> String {
    let counts: Vec<String> = Verdict::ALL
        .iter()
        .filter_map(|v| {
            let n = own.iter().filter(|f| f.verdict == *v).count();
            (n > 0).then(|| format!("{n} {}", v.name()))
        })
        .collect();
    format!("statements: {}", counts.join(", "))
}
