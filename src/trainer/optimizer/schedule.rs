//! How the rate moves over a run.

use serde::{Deserialize, Serialize};

/// A factor on the rate, as a function of progress.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Schedule {
    /// The course's: linear over `warmup` target positions (pads counted), then
    /// `max(0.1, (1 + cos(π u)) / 2)` with `u = (positions - warmup) / (end - warmup)`, which
    /// runs past `u = 1` and follows the cosine back up. The first step is at the full rate, as in
    /// minGPT, which sets the rate after a step.
    Course {
        /// Positions of the warm-up.
        warmup: f64,
        /// Positions at which the cosine is lowest; 0 stands for 200 epochs of the pretraining
        /// documents, 128 positions each.
        #[serde(default)]
        end: f64,
    },
    /// Linear up over the share `warmup` of the steps, flat, then linear down to `last` over the
    /// final share `cooldown`.
    OneCycle {
        /// Share of steps going up.
        warmup: f64,
        /// Share of steps going down.
        cooldown: f64,
        /// Factor at the end.
        last: f64,
    },
    /// 1 throughout.
    Constant,
}

impl Schedule {
    /// The factor of a step that `positions` padded target positions and `step` of `steps` steps
    /// came before.
    pub fn factor(&self, positions: u64, step: u64, steps: u64) -> f64 {
        match *self {
            Schedule::Course { .. } if step == 0 => 1.0,
            Schedule::Course { warmup, end } => {
                let positions = positions as f64;
                if positions < warmup {
                    return positions / warmup.max(1.0);
                }
                let u = (positions - warmup) / (end - warmup).max(1.0);
                (0.5 * (1.0 + (std::f64::consts::PI * u).cos())).max(0.1)
            }
            Schedule::OneCycle { warmup, cooldown, last } => {
                let u = (step + 1) as f64 / steps.max(1) as f64;
                let up = if warmup > 0.0 { (u / warmup).min(1.0) } else { 1.0 };
                let left = (1.0 - u).max(0.0);
                let down = if cooldown > 0.0 { last + (1.0 - last) * (left / cooldown).min(1.0) } else { 1.0 };
                up.min(down)
            }
            Schedule::Constant => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_course_cosine_warms_up_falls_to_a_tenth_and_comes_back_up() {
        let s = Schedule::Course { warmup: 10_240.0, end: 1e6 };
        assert_eq!(s.factor(0, 0, 9), 1.0);
        assert_eq!(s.factor(5_120, 1, 9), 0.5);
        assert!((s.factor(10_240, 1, 9) - 1.0).abs() < 1e-12);
        assert_eq!(s.factor(1_000_000, 1, 9), 0.1);
        assert!(s.factor(1_900_000, 1, 9) > 0.9);
    }

    #[test]
    fn one_cycle_goes_up_stays_and_ends_at_its_last_factor() {
        let s = Schedule::OneCycle { warmup: 0.1, cooldown: 0.5, last: 0.0 };
        let at = |step| s.factor(0, step, 100);
        assert!((at(4) - 0.5).abs() < 1e-12 && at(30) == 1.0 && (at(74) - 0.5).abs() < 1e-12 && at(99) == 0.0);
    }
}
