//! Error against time for one number by four ways: full and reduced sampling, quasi-random points, quadrature.
//!
//! Writes `reports/bench-error.csv`, `.svg` and `.png`. Times differ between runs, so none is kept.

use std::path::Path;
use std::time::Instant;

use attest::montecarlo::quasi::quasi;
use attest::montecarlo::{Form, Model, MomentGather, Quantities, Quantity, Sampler, Stream, gather};
use attest::quadrature::Attention;
use attest::record::{Axis, Layer, Panel, Plot, Scale};
use attest::report::plot;

/// Independent runs behind each error.
const RUNS: u64 = 8;

/// The number: the variance of the weight of the key of uncertain length.
const ASKED: Quantity = Quantity::Variance { head: 0, key: 0 };

/// A way, and its points: draws, seconds a run, root mean square error over the runs.
struct Way {
    name: &'static str,
    points: Vec<(u64, f64, f64)>,
}

/// Times `one` on [`RUNS`] streams and takes the root mean square of its errors.
fn measure(draws: u64, exact: f64, one: impl Fn(&Stream) -> f64) -> (u64, f64, f64) {
    one(&Stream::new(99, 0));
    let start = Instant::now();
    let squares: f64 = (0..RUNS).map(|run| (one(&Stream::new(7, run)) - exact).powi(2)).sum();
    (draws, start.elapsed().as_secs_f64() / RUNS as f64, (squares / RUNS as f64).sqrt())
}

fn random(name: &'static str, model: &Model, form: Form, exact: f64, most_chunks: u64) -> Way {
    let sampler = Sampler::new(model, form);
    let asked = Quantities::of(&[ASKED], true);
    let sizes = (0..).map(|k| 1_u64 << (2 * k)).take_while(|chunks| *chunks <= most_chunks);
    let one = |stream: &Stream, chunks| {
        gather(&sampler, stream, 0, chunks, || MomentGather::new(asked.clone(), vec![])).result.into_moments().means[0]
    };
    let points = sizes.map(|chunks| measure(chunks * attest::montecarlo::CHUNK_DRAWS, exact, |stream| one(stream, chunks)));
    Way { name, points: points.collect() }
}

fn quasi_random(model: &Model, exact: f64) -> Way {
    let sampler = Sampler::new(model, Form::Reduced);
    let one = |stream: &Stream, draws| quasi(&sampler, stream, &[ASKED], draws).map_or(f64::NAN, |q| q.estimates[0].estimate);
    let sizes = (12..=24).step_by(2).map(|k| 1_u64 << k);
    Way { name: "quasi-random, reduced", points: sizes.map(|d| measure(d, exact, |s| one(s, d))).collect() }
}

/// Measures all ways on a model and writes the table and the picture into `folder`.
pub fn run(model: &Model, folder: &Path) -> std::io::Result<()> {
    let integrate = || Attention::of(model).and_then(|a| a.quantity(&ASKED)).expect("one head is always integrated");
    let exact = integrate();
    let start = Instant::now();
    for _ in 0..RUNS {
        std::hint::black_box(integrate());
    }
    let seconds = start.elapsed().as_secs_f64() / RUNS as f64;
    let ways = [
        random("full keys", model, Form::Full { rotation: Some(1) }, exact.value, 256),
        random("reduced", model, Form::Reduced, exact.value, 4096),
        quasi_random(model, exact.value),
        Way { name: "quadrature (its error bound)", points: vec![(0, seconds, exact.error)] },
    ];
    let mut csv = String::from("way,draws,seconds,rms_error\n");
    for way in &ways {
        for (draws, seconds, error) in &way.points {
            println!("{:<30} {draws:>10} draws {seconds:>12.3e} s  error {error:.2e}", way.name);
            csv.push_str(&format!("\"{}\",{draws},{seconds:.3e},{error:.3e}\n", way.name));
        }
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("bench-error.csv"), csv)?;
    let picture = picture(&ways, model);
    std::fs::write(folder.join("bench-error.svg"), plot::svg(&picture).map_err(std::io::Error::other)?)?;
    std::fs::write(folder.join("bench-error.png"), plot::png(&picture).map_err(std::io::Error::other)?)
}

fn picture(ways: &[Way], model: &Model) -> Plot {
    let mut layers = Vec::new();
    for (colour, way) in ways.iter().enumerate() {
        let points: Vec<(f64, f64)> = way.points.iter().map(|(_, t, e)| (*t, *e)).collect();
        layers.push(Layer::Line { name: String::new(), points: points.clone(), dashed: false, colour });
        layers.push(Layer::Points { name: way.name.into(), points, intervals: vec![], colour, radius: 4 });
    }
    let all = || ways.iter().flat_map(|w| &w.points);
    let span = |value: fn(&(u64, f64, f64)) -> f64| {
        let (low, high) = all().map(value).fold((f64::INFINITY, 0.0_f64), |(l, h), x| (l.min(x), h.max(x)));
        (low / 2.0, high * 2.0)
    };
    let axis = |label: &str, (low, high): (f64, f64)| Axis { label: label.into(), low, high, scale: Scale::Log };
    Plot {
        title: "Error against time".into(),
        caption: format!(
            "Var α_a of one head, n = {}, d = {}, β = {}: root mean square error over {RUNS} independent runs against the seconds that one takes on this machine. \
             Random draws fall like t^{{−1/2}}, and reduced ones reach an error far sooner than full keys; quasi-random points fall faster; the integral \
             is exact to rounding in a fraction of a second.",
            model.keys().len(),
            model.dimension(),
            model.beta()
        ),
        panels: vec![Panel { title: String::new(), x: axis("seconds", span(|p| p.1)), y: axis("error", span(|p| p.2)), layers }],
    }
}
