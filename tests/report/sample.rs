//! A small record with one finding of every verdict, and one picture of every layer.

use attest::record::{
    Axis, Cell, Column, Experiment, Finding, Fix, Grade, GradeStatus, Kind, Layer, Measurement, Panel, Plot, Scale, SheetRecord,
    Stray, Tally, Tier, Verdict,
};
use attest::span::{Lines, Span};

/// The sheet of the record. Its last statement ends with the text.
pub const SHEET: &str = "Hello, dear reader.\n\n1.a)i) $\\alpha_i > 0$ and $\\sum\\alpha_i = 1$\n\nb)i) $M(v_a + v_b) =\n v_a$ so M = A^T\n\nc) 重みは β ≫ 0 なら q = β(k_a - k_b)\nso c = v_a";

/// A finding on the words `text` of `source`.
pub fn finding(source: &str, text: &str, question: &str, verdict: Verdict) -> Finding {
    let start = source.find(text).expect("the words stand in the sheet");
    let span = Span::new(start, start + text.len());
    Finding {
        question: question.into(),
        place: Lines::of(source).place(source, span),
        span,
        text: text.into(),
        reading: Some(text.replace('\n', " ")),
        reading_latex: None,
        kind: Kind::Relation,
        slot: None,
        verdict,
        tier: (verdict != Verdict::NotChecked).then_some(Tier::Sampled),
        error_probability: None,
        rate: None,
        witness: None,
        correction: None,
        fix: None,
        message: format!("because it is {}", verdict.name()),
        evidence: vec![],
        plot: None,
    }
}

/// The record.
pub fn record() -> SheetRecord {
    let on = |text, question, verdict| finding(SHEET, text, question, verdict);
    let mut holds = on("\\alpha_i > 0", "1a.i", Verdict::Holds);
    holds.reading_latex = Some(r"\alpha_i > 0".into());
    holds.error_probability = Some(1e-12);
    let skipped = on("\\sum\\alpha_i = 1", "1a.i", Verdict::NotChecked);
    let mut read = on("M(v_a + v_b) =\n v_a", "1b.i", Verdict::HoldsIfRead);
    read.fix = Some(Fix { change: "as coordinates".into(), becomes: "M (v_a + v_b) = c".into() });
    let mut limit = on("M = A^T", "1b.i", Verdict::HoldsInLimit);
    limit.rate = Some("exp(-β)".into());
    let mut refuted = on("q = β(k_a - k_b)", "1c.i", Verdict::Refuted);
    refuted.witness = Some("n = 3, β = 10: left 0.5, right 1".into());
    refuted.correction = Some("q = β (k_a + k_b)".into());
    refuted.plot = Some("variance".into());
    refuted.evidence = vec![Measurement {
        quantity: "Var(α_a)".into(),
        estimate: 0.25,
        unit: "1".into(),
        low: Some(0.24),
        high: Some(0.26),
        samples: Some(10_000),
        seed: Some(7),
        method: "monte carlo".into(),
    }];
    let undecided = on("c = v_a", "1c.i", Verdict::Undecided);
    let outside = Span::new(0, 19);
    let stray = Stray { place: Lines::of(SHEET).place(SHEET, outside), text: outside.of(SHEET).into() };
    SheetRecord {
        file: "answers.md".into(),
        source: SHEET.into(),
        findings: vec![holds, skipped, read, limit, refuted, undecided],
        grades: vec![
            Grade {
                question: "1a.i".into(),
                title: "Weights".into(),
                points: Some(1.0),
                max: 1.0,
                status: GradeStatus::Decided,
                reason: "categorical: holds".into(),
            },
            Grade {
                question: "1b.i".into(),
                title: "A matrix".into(),
                points: None,
                max: 3.0,
                status: GradeStatus::NeedsReview,
                reason: "M: holds-if-read".into(),
            },
            Grade {
                question: "2d".into(),
                title: "Accuracy".into(),
                points: None,
                max: 5.0,
                status: GradeStatus::Unanswered,
                reason: "the sheet says nothing".into(),
            },
        ],
        tally: Tally { statements: 6, not_checked: 1, words_outside: 3, outside: vec![stray] },
        remarks: vec!["question 1c.i inferred from its symbols".into()],
        experiments: vec![experiment("variance")],
        seed: 7,
    }
}

/// A record of an empty sheet.
pub fn empty() -> SheetRecord {
    SheetRecord {
        file: "empty.md".into(),
        source: String::new(),
        findings: vec![],
        grades: vec![],
        tally: Tally::default(),
        remarks: vec![],
        experiments: vec![],
        seed: 0,
    }
}

/// An experiment whose plot has every kind of layer.
pub fn experiment(id: &str) -> Experiment {
    let column = |name: &str, unit: &str| Column { name: name.into(), unit: unit.into() };
    Experiment {
        id: id.into(),
        questions: vec!["1c.i".into()],
        columns: vec![column("group", "1"), column("beta", "1"), column("time", "s")],
        rows: vec![
            vec![Cell::Text("=one head".into()), Cell::Number(-1.5), Cell::Missing],
            vec![Cell::Text("two".into()), Cell::Number(0.1 + 0.2), Cell::Number(1e-6)],
        ],
        plot: plot(),
    }
}

/// An axis.
pub fn axis(label: &str, low: f64, high: f64, scale: Scale) -> Axis {
    Axis { label: label.into(), low, high, scale }
}

/// A plot with a panel of curves, points and bars and one with a map and a note.
pub fn plot() -> Plot {
    let curves = Panel {
        title: "curves <of> α_a".into(),
        x: axis("β", 1.0, 1000.0, Scale::Log),
        y: axis("Var(α_a)", 0.0, 0.3, Scale::Linear),
        layers: vec![
            Layer::Bars { name: "histogram".into(), edges: vec![1.0, 10.0, 100.0], heights: vec![0.1, 0.2], colour: 2 },
            Layer::Line {
                name: "exact".into(),
                points: vec![(1.0, 0.0), (10.0, 0.2), (f64::NAN, 0.1), (100.0, 0.25), (5000.0, 0.25)],
                dashed: true,
                colour: 0,
            },
            Layer::Points {
                name: "sampled".into(),
                points: vec![(10.0, 0.2), (20.0, f64::INFINITY), (2000.0, 0.2)],
                intervals: vec![(0.19, 0.21), (0.0, 1.0), (0.1, 0.2)],
                colour: 1,
                radius: 4,
            },
        ],
    };
    let map = Panel {
        title: String::new(),
        x: axis("x", 0.0, 2.0, Scale::Linear),
        y: axis("y", 1e-3, 10.0, Scale::Log),
        layers: vec![
            Layer::Heat {
                name: "error".into(),
                x_edges: vec![0.0, 1.0, 2.0],
                y_edges: vec![1e-3, 0.1, 10.0],
                values: vec![vec![0.0, 0.5], vec![f64::NAN, 1.0]],
                low: 0.0,
                high: 1.0,
            },
            Layer::Note { text: "β √α = 1".into(), at: (1.0, 0.1) },
        ],
    };
    Plot { title: "Variance & error".into(), caption: "Points are means of draws.".into(), panels: vec![curves, map] }
}
