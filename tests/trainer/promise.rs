//! What the small world promises, trained anew.

use attest::{
    tolerance::INTERVAL_CONFIDENCE,
    trainer::{
        config::Variant,
        data::Corpus,
        evaluate::{constant, count},
        pipeline::Pipeline,
        recipe::Recipe,
        session::{Control, Outcome},
        statistics::Count,
    },
};

/// Right answers of the small world's recipe, pretrained or alone, and of the constant answer.
fn scores(variant: Variant, alone: bool) -> (Count, Count) {
    let mut recipe = Recipe::find("small-world").expect("embedded");
    recipe.model.variant = variant;
    let corpus = Corpus::read(None, &recipe, 0).expect("a world");
    let folder = tempfile::tempdir().expect("a folder");
    let p = Pipeline { recipe: &recipe, corpus: &corpus, out: folder.path().to_path_buf(), resume: false };
    let watch = &mut |_: &str, _: &_| Control::Continue;
    let finished = |outcome| match outcome {
        Outcome::Finished(model, _) => *model,
        Outcome::Stopped(place) => panic!("stopped at {place:?}"),
    };
    let model = if alone {
        finished(p.finetune_alone(watch).expect("trains"))
    } else {
        let pretrained = finished(p.pretrain(watch).expect("trains"));
        finished(p.finetune(pretrained, "", watch).expect("trains"))
    };
    let predictions = p.evaluate(&model, Vec::new(), None, false).expect("written");
    (count(&predictions), constant(&corpus.dev, &corpus.baseline))
}

#[test]
#[ignore = "trains four models: two minutes of processor time in release"]
fn pretraining_shows_in_disjoint_intervals_and_without_it_nothing_beats_the_most_frequent_place() {
    for variant in [Variant::Vanilla, Variant::Perceiver] {
        let ((with, _), (without, most)) = (scores(variant, false), scores(variant, true));
        let interval = |c: Count| c.clopper_pearson(INTERVAL_CONFIDENCE).expect("questions");
        assert!(interval(with).0 > interval(without).1, "{variant:?}: {with:?} and {without:?}");
        assert!(interval(without).0 <= most.share().expect("questions"), "{variant:?}: {without:?} and {most:?}");
    }
}
