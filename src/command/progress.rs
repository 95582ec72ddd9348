//! A progress bar on the error stream; silent where that is no terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Progress of one piece of work.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that counts `what`; hidden under `quiet` and where the error stream is no terminal.
    pub fn new(what: &'static str, quiet: bool) -> Progress {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        let template = format!("{{spinner}} {{pos}}/{{len}} {what} [{{bar:30}}] {{elapsed}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// `done` of `total`.
    pub fn set(&self, done: usize, total: usize) {
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
