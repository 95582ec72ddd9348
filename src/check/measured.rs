//! Propositions about trained models: what recorded runs measured, beside the quoted words. A person
//! draws the conclusion.

use super::accuracy::counted;
use super::ruling::Ruling;
use crate::record::Measurement;
use crate::runs::{Count, Data, Row, Run, Runs, Training, Variant};
use crate::world::{MeasuredFile, PropositionFile};

/// What runs measured that bears on a proposition.
pub fn judge(runs: &Runs, entry: &PropositionFile, what: MeasuredFile) -> Ruling {
    let (message, evidence) = match what {
        MeasuredFile::Pretraining => pretraining(runs),
        MeasuredFile::Confidence => confidence(runs),
    };
    let message = if evidence.is_empty() { entry.evidence.clone() } else { message };
    let note = "matched by its words, for a person to confirm";
    let mut ruling = Ruling::not_checked(format!("read as: {} ({note}); what bears on it: {message}", entry.says));
    ruling.evidence = evidence;
    ruling.plot.clone_from(&entry.plot);
    ruling
}

/// Vanilla runs of the small world, whose people and places come with the program.
fn small(runs: &Runs, training: Training) -> Vec<&Run> {
    let wanted = |r: &&Run| r.setting.data == Data::SmallWorld && r.setting.variant == Variant::Vanilla;
    runs.iter().filter(wanted).filter(|r| r.setting.training == training).collect()
}

fn total(counts: impl Iterator<Item = Count>) -> Count {
    counts.fold(Count { right: 0, total: 0 }, |a, c| Count { right: a.right + c.right, total: a.total + c.total })
}

fn pretraining(runs: &Runs) -> (String, Vec<Measurement>) {
    let told = |training| {
        let found = small(runs, training);
        let count = total(found.iter().map(|r| r.count()));
        (format!("{} of {}", count.right, count.total), found)
    };
    let ((with, a), (without, b), (exchanged, c)) = (told(Training::Pretrained), told(Training::Alone), told(Training::Shuffled));
    let constant = total(b.iter().map(|r| r.baseline));
    let message = format!(
        "in the small world, over all seeds, {with} right after pretraining, {without} without it, {exchanged} after as much \
         pretraining on the same text with birth places exchanged between people; the most frequent place is right {} of {} \
         times",
        constant.right, constant.total
    );
    let evidence = [a, b, c].concat().into_iter().map(counted).collect();
    (message, evidence)
}

fn confidence(runs: &Runs) -> (String, Vec<Measurement>) {
    let found = small(runs, Training::Pretrained);
    let probabilities = |rows: &dyn Fn(&Run) -> Vec<Row>| -> Vec<f64> {
        found.iter().flat_map(|r| rows(r)).map(|row| row.log_probability.exp()).collect()
    };
    let of = |right: bool| move |r: &Run| r.rows.iter().filter(|row| row.right == right).copied().collect();
    let kinds: [(&str, Vec<f64>); 3] = [
        ("right answers", probabilities(&of(true))),
        ("wrong answers", probabilities(&of(false))),
        ("answers about people whom no document names", probabilities(&|r| r.unheard.clone())),
    ];
    let medians: Vec<(String, f64, u64)> = kinds
        .into_iter()
        .filter_map(|(what, mut values)| {
            values.sort_by(f64::total_cmp);
            Some((what.to_string(), *values.get(values.len() / 2)?, values.len() as u64))
        })
        .collect();
    let list: Vec<String> = medians.iter().map(|(what, m, n)| format!("{m:.2} of {n} {what}")).collect();
    let message =
        format!("median probability that pretrained models of the small world give to what they say: {}", list.join(", "));
    let evidence = medians.into_iter().map(|(what, estimate, samples)| Measurement {
        quantity: format!("median probability of {what}"),
        estimate,
        unit: "1".into(),
        low: None,
        high: None,
        samples: Some(samples),
        seed: None,
        method: "count".into(),
    });
    (message, evidence.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_runs_the_worlds_own_words_stand() {
        assert!(pretraining(&Runs::default()).1.is_empty() && confidence(&Runs::default()).1.is_empty());
    }
}
