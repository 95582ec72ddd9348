//! Reported accuracies against the writer's predictions and recorded runs; propositions with what runs measured.

use attest::check::{Settings, check};
use attest::document::read_text;
use attest::record::{Finding, SheetRecord, Tier, Verdict};
use attest::runs::{Count, Data, Given, Runs, Setting, Training, Variant};
use attest::tolerance::INTERVAL_CONFIDENCE;

use super::support::{finding, library};

fn judged(text: &str, settings: &Settings) -> SheetRecord {
    let document = read_text("sheet.md", text.as_bytes()).unwrap();
    check(&document, &library(), settings, &|_, _| {}).unwrap()
}

fn predictions(question: Option<&str>, right: u64) -> Settings {
    let given = Given { question: question.map(Into::into), file: "mine.csv".into(), count: Count { right, total: 500 } };
    Settings { predictions: vec![given], ..Settings::default() }
}

fn verdict(text: &str, part: &str, settings: &Settings) -> (Verdict, Option<Tier>) {
    let sheet = judged(text, settings);
    let found = finding(&sheet, part);
    (found.verdict, found.tier)
}

const ONE: &str = "2d) Accuracy on the dev set: 10 out of 500: 2.0%.\n";

#[test]
fn the_writers_predictions_decide_the_one_accuracy_that_they_must_be_of() {
    let of = |question, right| verdict(ONE, "10 out of", &predictions(question, right));
    assert_eq!(of(Some("2d"), 10), (Verdict::Holds, Some(Tier::Measured)));
    assert_eq!(of(None, 10), (Verdict::Holds, Some(Tier::Measured)));
    assert_eq!(of(Some("2d"), 11), (Verdict::Refuted, Some(Tier::Measured)));
    assert_eq!(of(None, 11), (Verdict::Refuted, Some(Tier::Measured)));
    // Of another question: nothing is said.
    assert_eq!(of(Some("2f"), 11), (Verdict::Holds, Some(Tier::Exact)));
}

#[test]
fn an_accuracy_that_the_predictions_may_not_be_of_is_never_refuted_by_them() {
    let two_questions = "2d) Accuracy: 10 out of 500: 2.0%.\n\n2f) Accuracy: 62 out of 500: 12.4%.\n";
    let settings = predictions(None, 62);
    assert_eq!(verdict(two_questions, "62 out of", &settings), (Verdict::Holds, Some(Tier::Measured)));
    assert_eq!(verdict(two_questions, "10 out of", &settings), (Verdict::Holds, Some(Tier::Exact)));
    let two_accuracies = "2d) Ours: 10 out of 500: 2.0%. A second run: 9 out of 500: 1.8%.\n";
    let settings = predictions(Some("2d"), 8);
    assert_eq!(verdict(two_accuracies, "10 out of", &settings).0, Verdict::Holds);
    for line in ["London baseline: 25 out of 500: 5.0%", "The most frequent place, always: 25 out of 500: 5.0%"] {
        assert_eq!(verdict(&format!("2d) {line}.\n"), "25 out of", &settings).0, Verdict::Holds, "{line}");
    }
}

/// Records of runs of the course's recipe on the pairs alone, with these right answers of 500.
fn recorded(right: &[usize]) -> Runs {
    let recipe = std::fs::read_to_string(super::support::root().join("experiments/recipes/course.toml")).unwrap();
    let files: Vec<(String, String)> = right
        .iter()
        .enumerate()
        .flat_map(|(seed, right)| {
            let record = format!(
                r#"{{"schema":1,"recipe":"course","variant":"vanilla","seed":{seed},"commit":null,"data":{{"wiki.txt":"00"}},
                "held_out":false,"baseline":"London","baseline_right":25,"stages":[{{"stage":"alone","run":"r","steps":1,"tokens":2,
                "last_loss_nats":0.5,"precision":"f32"}}]}}"#
            );
            let rows: String = (0..500).map(|i| format!("{},a,b,{},-0.5\n", i + 1, u8::from(i < *right))).collect();
            let rows = format!("line,sha256_16,predicted_sha256_16,right,log_probability\n{rows}");
            let curve = "step,epoch,tokens,loss_nats,rate,gradient_norm\n1,1.0,2,0.5,0.1,1.0\n".to_string();
            [("record.json", record), ("recipe.toml", recipe.clone()), ("predictions.csv", rows), ("curve-alone.csv", curve)]
                .map(|(file, text)| (format!("run-{seed}/{file}"), text))
        })
        .collect();
    Runs::from_files(files.iter().map(|(a, b)| (a.as_str(), b.as_str()))).unwrap()
}

#[test]
fn runs_of_the_same_setting_support_a_count_or_leave_it_open() {
    let settings = Settings { runs: recorded(&[8, 12, 9]), ..Settings::default() };
    let sheet = judged(ONE, &settings);
    let found: &Finding = finding(&sheet, "10 out of");
    assert_eq!((found.verdict, found.evidence.len()), (Verdict::Holds, 3), "{found:#?}");
    assert!(found.message.contains("8, 9, 12") || found.message.contains("8, 12, 9"), "{}", found.message);
    // What no such run scores is not called wrong: the writer's run may be another.
    let far = "2d) Accuracy on the dev set: 250 out of 500: 50.0%.\n";
    let sheet = judged(far, &settings);
    let found = finding(&sheet, "250 out of");
    assert_eq!(found.verdict, Verdict::NotChecked);
    assert!(found.message.contains("predictions decide"), "{}", found.message);
    // Two runs do not tell how much seeds differ; another question is of another model.
    let two = Settings { runs: recorded(&[8, 12]), ..Settings::default() };
    assert_eq!(verdict(far, "250 out of", &two).0, Verdict::Holds);
    assert_eq!(verdict("2f) Accuracy: 250 out of 500: 50.0%.\n", "250 out of", &settings).0, Verdict::Holds);
}

#[test]
fn words_on_pretraining_and_on_unseen_names_come_with_what_runs_measured() {
    let settings = Settings { runs: Runs::embedded().unwrap(), ..Settings::default() };
    let cases = [
        ("3a) Pretraining on Wikipedia lets the model learn where people were born.\n", "pretraining-teaches", "exchanged"),
        ("3c) It may guess a place that is common for similar names.\n", "guesses-from-the-name", "median probability"),
    ];
    for (text, id, says) in cases {
        let sheet = judged(text, &settings);
        let found =
            sheet.findings.iter().find(|f| f.slot.as_deref() == Some(id)).unwrap_or_else(|| panic!("{:#?}", sheet.findings));
        assert_eq!(found.verdict, Verdict::NotChecked);
        assert!(found.evidence.len() >= 3 && found.message.contains(says), "{found:#?}");
        assert!(found.message.contains("for a person to confirm"));
    }
    // The negative control: words on something else match neither.
    let sheet = judged("3a) The learning rate was 0.01.\n", &settings);
    assert!(sheet.findings.iter().all(|f| f.slot.is_none()), "{:#?}", sheet.findings);
}

#[test]
fn the_recorded_small_world_shows_that_pretraining_on_the_facts_is_what_helps() {
    let runs = Runs::embedded().unwrap();
    let of = |variant, training| {
        let setting = Setting { data: Data::SmallWorld, recipe: "small-world".into(), variant, training };
        let found: Vec<_> = runs.of(&setting).into_iter().cloned().collect();
        assert!(found.len() >= 3, "{}: {} runs", setting.title(), found.len());
        found
    };
    for variant in [Variant::Vanilla, Variant::Perceiver] {
        for (with, without) in of(variant, Training::Pretrained).iter().zip(of(variant, Training::Alone)) {
            let low = |c: Count| c.clopper_pearson(INTERVAL_CONFIDENCE).unwrap();
            let (a, b, constant) = (low(with.count()), low(without.count()), without.baseline.share().unwrap());
            assert!(a.0 > b.1, "{}: {a:?} and {b:?} overlap", with.name);
            assert!(b.0 <= constant, "{} is better than a constant answer", without.name);
        }
    }
    for shuffled in of(Variant::Vanilla, Training::Shuffled) {
        let (low, _) = shuffled.count().clopper_pearson(INTERVAL_CONFIDENCE).unwrap();
        assert!(low <= shuffled.baseline.share().unwrap(), "{}: {:?}", shuffled.name, shuffled.count());
    }
}
