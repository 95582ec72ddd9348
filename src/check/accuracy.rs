//! Reported accuracies: the arithmetic of count, total and share; what data or the writer's own predictions
//! recount; and what recorded runs of the same setting scored.

use super::ruling::Ruling;
use crate::record::{Measurement, Tier, Verdict};
use crate::runs::{Count, Data, Given, Run, Runs, Setting, Training, Variant, predictive};
use crate::tolerance::{PREDICTIVE_CONFIDENCE, ROUNDING, RUNS_MIN};
use crate::world::SettingFile;

/// An accuracy as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Reported {
    /// Right answers.
    pub correct: f64,
    /// Questions.
    pub total: f64,
    /// The share, in percent.
    pub percent: f64,
    /// Its written digits after the point.
    pub decimals: u32,
}

/// What is known beside the arithmetic.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// How often the constant answer that the sentence names is right in the data, and of how many.
    pub recount: Option<(u64, u64)>,
    /// What would decide the count.
    pub needs: &'a str,
    /// The writer's predictions.
    pub given: Option<&'a Given>,
    /// Whether the predictions can only be of this accuracy: it is the only one of its question, and of the
    /// question's own model.
    pub alone: bool,
    /// Recorded runs, and the model that the question asks for.
    pub runs: Option<(&'a Runs, SettingFile)>,
}

/// Judges a reported accuracy.
pub fn judge(reported: &Reported, known: &Known) -> Ruling {
    if let Some(wrong) = arithmetic(reported) {
        return wrong;
    }
    if let Some(recount) = known.recount {
        return recounted(reported, recount);
    }
    if let Some(ruling) = known.given.and_then(|g| predictions(reported, g, known.alone)) {
        return ruling;
    }
    match known.runs {
        Some((runs, setting)) => against_runs(reported, runs, setting, known.needs),
        None => arithmetic_holds(known.needs),
    }
}

fn arithmetic_holds(needs: &str) -> Ruling {
    Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("the arithmetic holds; the count itself needs {needs}"))
}

/// The ruling where count, total and share contradict each other.
fn arithmetic(r: &Reported) -> Option<Ruling> {
    let Reported { correct, total, percent, decimals } = *r;
    if total <= 0.0 || correct < 0.0 || correct > total {
        let mut ruling =
            Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{correct} of {total} is no count of right answers"));
        ruling.witness = Some(format!("{correct} > {total} or a count below 0"));
        return Some(ruling);
    }
    let share = 100.0 * correct / total;
    let half = 0.5 * 10f64.powi(-(decimals as i32));
    // A program prints all digits of its floating point numbers: 1.7999999999999998.
    if (share - percent).abs() <= half * (1.0 + 1e-9) + ROUNDING * share {
        return None;
    }
    let digits = decimals.max(1) as usize;
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Exact),
        format!("{correct} of {total} is {share:.digits$} %, not {percent:.*} %", decimals as usize),
    );
    ruling.witness = Some(format!("100 · {correct} / {total} = {share}"));
    ruling.correction = Some(format!("{share:.digits$} %"));
    Some(ruling)
}

/// A constant answer against the data.
fn recounted(r: &Reported, (hits, items): (u64, u64)) -> Ruling {
    if hits as f64 == r.correct && items as f64 == r.total {
        return Ruling::new(Verdict::Holds, Some(Tier::Measured), format!("recounted from the data: {hits} of {items}"));
    }
    let message = format!("the arithmetic is right, but the data give {hits} of {items}");
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Measured), message);
    ruling.witness = Some(format!("{hits} of {items} rows have that answer"));
    ruling.correction = Some(format!("{hits} of {items}"));
    ruling
}

/// The writer's predictions, recounted. A file that may be of another accuracy can confirm this one and not
/// refute it: then nothing is said.
fn predictions(r: &Reported, given: &Given, alone: bool) -> Option<Ruling> {
    let Count { right, total } = given.count;
    if right as f64 == r.correct && total as f64 == r.total {
        let message = format!("recounted from {}: {right} of {total}", given.file);
        return Some(Ruling::new(Verdict::Holds, Some(Tier::Measured), message));
    }
    if !alone || total as f64 != r.total {
        return None;
    }
    let message = format!("the arithmetic is right, but {} has {right} of {total} right", given.file);
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Measured), message);
    ruling.witness = Some(format!("{right} of {total} predictions equal their gold answer"));
    ruling.correction = Some(format!("{right} of {total}"));
    Some(ruling)
}

/// Recorded runs of the course's own recipe with this model.
fn comparable(runs: &Runs, setting: SettingFile) -> Vec<&Run> {
    let (variant, training) = match setting {
        SettingFile::Alone => (Variant::Vanilla, Training::Alone),
        SettingFile::Pretrained => (Variant::Vanilla, Training::Pretrained),
        SettingFile::Perceiver => (Variant::Perceiver, Training::Pretrained),
    };
    runs.of(&Setting { data: Data::Course, recipe: "course".into(), variant, training })
}

/// What runs of the same setting say. They support a count that another such run could have, and say no more
/// than that of one that it could not: the writer's own run may differ.
fn against_runs(r: &Reported, runs: &Runs, setting: SettingFile, needs: &str) -> Ruling {
    let found = comparable(runs, setting);
    let counts: Vec<Count> = found.iter().map(|run| run.count()).collect();
    let evidence: Vec<Measurement> = found.iter().map(|run| counted(run)).collect();
    let list: Vec<String> = counts.iter().map(|c| c.right.to_string()).collect();
    let of = counts.first().map_or(0, |c| c.total);
    if counts.len() < RUNS_MIN || counts.iter().any(|c| c.total as f64 != r.total) {
        let mut ruling = arithmetic_holds(needs);
        if !counts.is_empty() {
            ruling.message += &format!("; recorded runs of this setting: {} of {of} right", list.join(", "));
        }
        return Ruling { evidence, ..ruling };
    }
    let Some((low, high)) = predictive(&counts, r.total as u64, PREDICTIVE_CONFIDENCE) else { return arithmetic_holds(needs) };
    let runs = format!(
        "{} recorded runs of this setting have {} of {of} right, and another would have {low} to {high} in {:.0} of 100 cases",
        counts.len(),
        list.join(", "),
        100.0 * PREDICTIVE_CONFIDENCE
    );
    let inside = (low as f64..=high as f64).contains(&r.correct);
    let ruling = if inside {
        Ruling::new(
            Verdict::Holds,
            Some(Tier::Exact),
            format!("the arithmetic holds, and {runs}; the count itself needs {needs}"),
        )
    } else {
        Ruling::not_checked(format!(
            "the arithmetic is right, but {runs}; another recipe or another run may explain it: the predictions decide (--predictions)"
        ))
    };
    Ruling { evidence, ..ruling }
}

/// A run's count with its exact interval.
pub fn counted(run: &Run) -> Measurement {
    let count = run.count();
    let interval = count.clopper_pearson(crate::tolerance::INTERVAL_CONFIDENCE);
    let scale = |share: f64| share * count.total as f64;
    Measurement {
        quantity: format!("right answers of {}: {}, seed {}", count.total, run.setting.title(), run.seed),
        estimate: count.right as f64,
        unit: "answers".into(),
        low: interval.map(|i| scale(i.0)),
        high: interval.map(|i| scale(i.1)),
        samples: Some(count.total),
        seed: Some(run.seed),
        method: "count".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORTED: Reported = Reported { correct: 10.0, total: 500.0, percent: 2.0, decimals: 1 };

    fn given(right: u64, total: u64) -> Given {
        Given { question: None, file: "mine.csv".into(), count: Count { right, total } }
    }

    #[test]
    fn arithmetic_comes_first() {
        assert_eq!(judge(&REPORTED, &Known::default()).verdict, Verdict::Holds);
        let wrong = Reported { percent: 2.5, ..REPORTED };
        let known = Known { given: Some(&given(10, 500)), ..Known::default() };
        assert_eq!(judge(&wrong, &known).verdict, Verdict::Refuted);
    }

    #[test]
    fn predictions_confirm_always_and_refute_only_what_they_must_be_of() {
        let verdict = |file: Given, alone| {
            let ruling = judge(&REPORTED, &Known { given: Some(&file), alone, ..Known::default() });
            (ruling.verdict, ruling.tier)
        };
        let arithmetic_only = (Verdict::Holds, Some(Tier::Exact));
        assert_eq!(verdict(given(10, 500), false), (Verdict::Holds, Some(Tier::Measured)));
        assert_eq!(verdict(given(11, 500), true), (Verdict::Refuted, Some(Tier::Measured)));
        assert_eq!(verdict(given(11, 500), false), arithmetic_only);
        // Predictions of other questions than the dev set's.
        assert_eq!(verdict(given(10, 437), true), arithmetic_only);
    }
}
