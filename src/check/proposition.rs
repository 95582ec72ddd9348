//! Sentences that match a proposition: judged by the proposition's relations, with the writer's
//! own definitions.

use super::evidence;
use super::limit_claim::settled;
use super::ruling::Ruling;
use super::scene::Scene;
use super::slot::requirement;
use crate::record::{Fix, Tier, Verdict};
use crate::tolerance;
use crate::world::Proposition;

/// Judges a proposition in a scene.
pub fn judge(scene: &Scene, proposition: &Proposition, seed: u64) -> Ruling {
    let entry = &proposition.entry;
    if proposition.claims.is_empty() {
        return Ruling::not_checked(format!("it says that {}; what would bear on it: {}", entry.says, entry.evidence));
    }
    let missing: Vec<&String> = entry.needs.iter().filter(|n| !defined(scene, n)).collect();
    if !missing.is_empty() {
        let list: Vec<&str> = missing.iter().map(|s| s.as_str()).collect();
        return Ruling::not_checked(format!("it depends on the writer's own {}, which the sheet does not give", list.join(", ")));
    }
    let scene = scene.clone().defining(proposition.given.iter().cloned());
    let ruling = judged(&scene, proposition, seed);
    if ruling.verdict == Verdict::NotChecked || !evidence::applies(&scene) {
        return ruling;
    }
    let found = evidence::measure(&scene, proposition, seed);
    match found.disagreement {
        Some(both) => Ruling::undecided(format!("sampling and quadrature disagree, which is a defect of attest: {both}")),
        None => {
            let spent = found.measurements.iter().filter(|m| m.samples.is_some()).count() as f64 * tolerance::EVIDENCE_ERROR;
            let error_probability =
                if spent > 0.0 { Some(ruling.error_probability.unwrap_or(0.0) + spent) } else { ruling.error_probability };
            Ruling { evidence: found.measurements, error_probability, ..ruling }
        }
    }
}

/// Judges the denial of a proposition: it holds where the proposition is refuted. Where that holds in a limit only, a denial may
/// mean the finite values, and is left open.
pub fn judge_denied(scene: &Scene, proposition: &Proposition, seed: u64) -> Ruling {
    let mut ruling = judge(scene, proposition, seed);
    let turned = match ruling.verdict {
        Verdict::Holds => Verdict::Refuted,
        Verdict::Refuted => Verdict::Holds,
        Verdict::HoldsInLimit | Verdict::HoldsIfRead => {
            return Ruling::not_checked(format!("the sentence denies what holds in a limit: {}", ruling.message));
        }
        _ => return ruling,
    };
    ruling.correction = (turned == Verdict::Refuted).then(|| proposition.entry.says.clone());
    if turned == Verdict::Holds {
        ruling.witness = None;
    }
    ruling.verdict = turned;
    ruling.message = format!("the sentence denies this: {}", ruling.message);
    ruling
}

/// The verdict of a proposition's claims.
fn judged(scene: &Scene, proposition: &Proposition, seed: u64) -> Ruling {
    let entry = &proposition.entry;
    let mut verdict = Verdict::Holds;
    let mut ruling = Ruling::new(Verdict::Holds, Some(Tier::Matched), String::new());
    for claim in &proposition.claims {
        let found = settled(scene, claim, requirement(scene, claim), seed);
        match found.verdict {
            Verdict::Holds => {}
            Verdict::HoldsInLimit if !entry.strict => verdict = Verdict::HoldsInLimit,
            Verdict::HoldsInLimit | Verdict::Refuted => return refuted(proposition, found),
            _ => return Ruling::not_checked(format!("read as: {}; {}", entry.says, found.message)),
        }
        ruling.rate = ruling.rate.or(found.rate);
        ruling.error_probability = ruling.error_probability.or(found.error_probability);
    }
    ruling.verdict = verdict;
    ruling.message = said(proposition, &entry.because);
    ruling.plot.clone_from(&entry.plot);
    if let Some(change) = &entry.change {
        ruling.verdict = Verdict::HoldsIfRead;
        ruling.fix = Some(Fix { change: change.clone(), becomes: entry.because.clone() });
    }
    ruling
}

fn defined(scene: &Scene, symbol: &str) -> bool {
    let (name, index) = symbol.split_once('_').unwrap_or((symbol, ""));
    scene
        .definitions()
        .iter()
        .any(|d| d.name == name && (d.parameters.is_empty() == index.is_empty()) && format!("{:?}", d.parameters).contains(index))
}

fn refuted(proposition: &Proposition, found: Ruling) -> Ruling {
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Matched), said(proposition, &proposition.entry.but));
    if proposition.entry.but.is_empty() {
        ruling.message = said(proposition, &found.message);
    }
    ruling.witness = found.witness;
    ruling.correction = (!proposition.entry.but.is_empty()).then(|| proposition.entry.but.clone());
    ruling.plot.clone_from(&proposition.entry.plot);
    ruling
}

fn said(proposition: &Proposition, why: &str) -> String {
    let says = &proposition.entry.says;
    let note = "matched by its words, for a person to confirm";
    if why.is_empty() { format!("read as: {says} ({note})") } else { format!("read as: {says}; {why} ({note})") }
}
