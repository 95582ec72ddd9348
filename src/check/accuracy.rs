//! Reported accuracies: the arithmetic of count, total and share, and what data can recount.

use super::ruling::Ruling;
use crate::record::{Tier, Verdict};

/// Judges `correct` of `total` against `percent` with its written digits.
pub fn judge(correct: f64, total: f64, percent: f64, decimals: u32, recount: Option<(u64, u64)>, needs: &str) -> Ruling {
    if total <= 0.0 || correct < 0.0 || correct > total {
        let mut ruling =
            Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{correct} of {total} is no count of right answers"));
        ruling.witness = Some(format!("{correct} > {total} or a count below 0"));
        return ruling;
    }
    let share = 100.0 * correct / total;
    let half = 0.5 * 10f64.powi(-(decimals as i32));
    if (share - percent).abs() > half * (1.0 + 1e-9) {
        let mut ruling = Ruling::new(
            Verdict::Refuted,
            Some(Tier::Exact),
            format!("{correct} of {total} is {share:.*} %, not {percent:.*} %", decimals.max(1) as usize, decimals as usize),
        );
        ruling.witness = Some(format!("100 · {correct} / {total} = {share}"));
        ruling.correction = Some(format!("{share:.*} %", decimals.max(1) as usize));
        return ruling;
    }
    match recount {
        Some((hits, items)) if hits as f64 == correct && items as f64 == total => {
            Ruling::new(Verdict::Holds, Some(Tier::Measured), format!("recounted from the data: {hits} of {items}"))
        }
        Some((hits, items)) => {
            let mut ruling = Ruling::new(
                Verdict::Refuted,
                Some(Tier::Measured),
                format!("the arithmetic is right, but the data give {hits} of {items}"),
            );
            ruling.witness = Some(format!("{hits} of {items} rows have that answer"));
            ruling.correction = Some(format!("{hits} of {items}"));
            ruling
        }
        None => Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("the arithmetic holds; the count itself needs {needs}")),
    }
}
