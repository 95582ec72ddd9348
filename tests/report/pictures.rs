//! Plots as SVG and PNG.

use attest::record::{Layer, Panel, Plot, Scale};
use attest::report::plot::{PlotError, png, svg};

use crate::sample::{axis, plot};

fn with(layers: Vec<Layer>) -> Plot {
    let panel = Panel { title: "t".into(), x: axis("x", 0.0, 1.0, Scale::Linear), y: axis("y", 0.0, 1.0, Scale::Linear), layers };
    Plot { title: "T".into(), caption: "C".into(), panels: vec![panel] }
}

fn points(points: Vec<(f64, f64)>) -> Layer {
    Layer::Points { name: "p".into(), points, intervals: vec![], colour: 0, radius: 3 }
}

#[test]
fn equal_plots_give_equal_bytes_and_different_ones_do_not() {
    assert_eq!(svg(&plot()), svg(&plot()));
    assert_eq!(png(&plot()), png(&plot()));
    let mut other = plot();
    other.title.push('!');
    assert_ne!(png(&other), png(&plot()));
}

#[test]
fn an_svg_says_what_it_shows_and_escapes_it() {
    let picture = svg(&plot()).expect("it can be drawn");
    assert!(picture.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""));
    assert!(
        picture.contains("<title>Variance &amp; error</title>") && picture.contains("<desc>Points are means of draws.</desc>")
    );
    assert!(picture.contains("curves &lt;of&gt; α") && !picture.contains("<of>"));
    assert!(picture.contains("stroke-dasharray"), "the dashed line is dashed");
    assert!(!picture.contains("NaN") && !picture.contains("inf"), "what is no number is not drawn");
}

#[test]
fn a_png_is_a_picture_of_twice_the_size() {
    let bytes = png(&plot()).expect("it can be drawn");
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("it is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it has a size")];
    let info = reader.next_frame(&mut pixels).expect("it holds a frame");
    let picture = svg(&plot()).expect("it can be drawn");
    assert!(picture.contains(&format!("width=\"{}\" height=\"{}\"", info.width / 2, info.height / 2)));
    let dark = pixels.chunks(3).filter(|p| p.iter().all(|c| *c < 90)).count();
    assert!(dark > 2000, "frames and letters are drawn, found {dark} dark pixels");
    let blue = pixels.chunks(3).filter(|p| p[0] < 40 && p[1] > 90 && p[1] < 140 && p[2] > 150).count();
    assert!(blue > 200, "the curve is drawn, found {blue} blue pixels");
}

#[test]
fn a_panel_without_data_says_so_and_one_with_data_does_not() {
    let says = |layers| svg(&with(layers)).expect("it can be drawn").contains("no data");
    assert!(says(vec![]));
    assert!(says(vec![points(vec![(f64::NAN, 0.5), (0.5, f64::INFINITY)])]));
    assert!(says(vec![points(vec![(2.0, 0.5)])]), "a point outside the axes is not seen");
    assert!(!says(vec![points(vec![(0.5, 0.5)])]));
}

#[test]
fn points_outside_the_axes_are_counted_in_the_legend() {
    let picture = svg(&with(vec![points(vec![(0.5, 0.5), (3.0, 0.5), (0.5, -1.0), (f64::NAN, 0.0)])])).expect("it can be drawn");
    assert!(picture.contains("p (2 outside the axes)"), "{picture}");
}

#[test]
fn plots_that_make_no_sense_are_refused_by_name() {
    let mut log = with(vec![]);
    log.panels[0].x = axis("alpha", 0.0, 1.0, Scale::Log);
    assert!(matches!(svg(&log), Err(PlotError::Axis { label, .. }) if label == "alpha"));
    let uneven = with(vec![Layer::Bars { name: "b".into(), edges: vec![0.0, 1.0], heights: vec![1.0, 2.0], colour: 0 }]);
    assert!(matches!(svg(&uneven), Err(PlotError::Lengths { layer, .. }) if layer == "b"));
    let uneven = with(vec![Layer::Points {
        name: "p".into(),
        points: vec![(0.0, 0.0)],
        intervals: vec![(0.0, 1.0); 2],
        colour: 0,
        radius: 1,
    }]);
    assert!(matches!(png(&uneven), Err(PlotError::Lengths { .. })));
    let many = Plot { panels: vec![with(vec![]).panels[0].clone(); 99], ..with(vec![]) };
    assert!(matches!(svg(&many), Err(PlotError::Panels { panels: 99, .. })));
}

#[test]
fn a_plot_without_panels_is_its_words() {
    let words = Plot { title: "T".into(), caption: "C".into(), panels: vec![] };
    assert!(svg(&words).is_ok_and(|s| s.contains(">T<")) && png(&words).is_ok());
}
