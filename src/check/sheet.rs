//! A whole sheet: its parts, their questions, their statements, their findings.

use std::borrow::Cow;

use miette::Diagnostic;
use rayon::prelude::*;
use thiserror::Error;

use super::broken::{read_whole, unless_broken};
use super::consistency::{self, Room};
use super::defines::{self, Own};
use super::grade::grades;
use super::infer::{Question, named_elsewhere, questions};
use super::ruling::Ruling;
use super::statement::{Context, TENTATIVELY_WRONG, WORDS_OPEN, judge, slot_of};
use super::steps;
use crate::claim::{Begins, Body, Condition, Degree, Measure, Mode, Statement, Stretch};
use crate::document::{self, Document, PieceKind};
use crate::language::{Expr, Style, Symbol, print, print_chain};
use crate::numeric::{Definition, Steps};
use crate::record::{Finding, Kind, SheetRecord, Stray, Tally, Verdict};
use crate::runs::{Dataset, Facts, Given, Runs};
use crate::span::Span;
use crate::tolerance;
use crate::world::{Library, World};

/// What a check is made with.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Seed of every random number.
    pub seed: u64,
    /// The course's data, where it is given.
    pub data: Option<Dataset>,
    /// The writer's predictions, counted.
    pub predictions: Vec<Given>,
    /// Recorded runs to hold accuracies against.
    pub runs: Runs,
}

/// Why a sheet cannot be checked.
#[derive(Debug, Error, Diagnostic)]
pub enum CheckError {
    /// No question is named and none can be inferred.
    #[error("{file}: no question label found; looked for {looked_for}", looked_for = document::looked_for())]
    #[diagnostic(
        code(attest::no_question),
        help(
            "put a label before each answer, or name the file after its question (`1b_ii.md`); `attest worlds` lists the questions"
        )
    )]
    NoQuestion {
        /// The file.
        file: String,
    },
    /// More statements than are judged.
    #[error("{file}: {found} statements; at most {max} are judged")]
    #[diagnostic(code(attest::too_many), help("split the sheet"))]
    TooMany {
        /// The file.
        file: String,
        /// How many.
        found: usize,
        /// The most.
        max: usize,
    },
}

/// A part in the world of its question.
struct Chapter<'w> {
    world: &'w World,
    /// The world that asks for its slots.
    asked_in: &'w World,
    statements: Vec<Statement>,
}

/// Reads and judges a sheet. `progress` is told how many statements are done and how many there are.
pub fn check(
    document: &Document,
    library: &Library,
    settings: &Settings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<SheetRecord, CheckError> {
    let found = questions(document, library);
    if found.iter().all(|q| *q == Question::Unknown) && !named_elsewhere(document) {
        return Err(CheckError::NoQuestion { file: document.file.clone() });
    }
    let mut remarks = Vec::new();
    let mut outside = document.outside.clone();
    let mut chapters: Vec<Chapter> = Vec::new();
    let labelled: Vec<&String> = found
        .iter()
        .filter_map(|q| if let Question::Labelled(id) | Question::Inferred(id, _) = q { Some(id) } else { None })
        .collect();
    for (part, question) in document.parts.iter().zip(&found) {
        let id = match question {
            Question::Labelled(id) => id,
            Question::Inferred(id, from) => {
                remarks.push(format!("question {id} inferred from {from}"));
                id
            }
            Question::Unknown => {
                outside.extend(part.blocks.iter().flat_map(|b| b.pieces.iter().map(|p| p.span)));
                continue;
            }
        };
        let Some(world) = library.get(id) else {
            continue;
        };
        let next = next_question(library, id).filter(|w| !labelled.contains(&&w.id));
        chapters.extend(chapters_of(library, document, part, world, next, &mut remarks));
    }
    let total: usize = chapters.iter().map(|c| c.statements.len()).sum();
    if total > tolerance::STATEMENTS_MAX {
        return Err(CheckError::TooMany { file: document.file.clone(), found: total, max: tolerance::STATEMENTS_MAX });
    }
    let rooms: Vec<Room> = chapters.iter().map(|c| Room { world: c.world, statements: &c.statements }).collect();
    remarks.extend(consistency::remarks(document, &rooms));
    let mut findings = judge_all(document, &chapters, settings, progress, total);
    findings.sort_by_key(|f| (f.span.start, f.span.end));
    let tally = tally(document, &findings, &outside);
    let grades = grades(library, &findings);
    Ok(SheetRecord {
        file: document.file.clone(),
        source: document.text.clone(),
        findings,
        grades,
        tally,
        remarks,
        experiments: vec![],
        seed: settings.seed,
    })
}

/// The world that follows a question in its group (`1b.ii` after `1b.i`).
fn next_question<'w>(library: &'w Library, id: &str) -> Option<&'w World> {
    let group = id.split('.').next()?;
    let mut worlds = library.iter().skip_while(|w| w.id != id).skip(1);
    worlds.next().filter(|w| w.id.split('.').next() == Some(group))
}

/// The part's chapter; two where the writer went on to the next question without a label.
fn chapters_of<'w>(
    library: &'w Library,
    document: &Document,
    part: &document::Part,
    world: &'w World,
    next: Option<&'w World>,
    remarks: &mut Vec<String>,
) -> Vec<Chapter<'w>> {
    let stretches = stretches(part);
    let statements = defines::with_own_answers(world, read_whole(world, &stretches, &document.text));
    if let Some(next) = next
        && let Some(cut) = goes_on(world, next, &statements, &stretches)
    {
        let later: Vec<Stretch> = stretches.iter().filter(|s| s.span.start >= cut).copied().collect();
        let earlier: Vec<Stretch> = stretches.iter().filter(|s| s.span.start < cut).copied().collect();
        let (line, _) = document.lines.position(&document.text, cut);
        remarks
            .push(format!("from line {line} on, question {} goes on with what {} asks for, without a label", world.id, next.id));
        return vec![
            Chapter { world, asked_in: asked_in(library, world), statements: read_whole(world, &earlier, &document.text) },
            Chapter { world: next, asked_in: asked_in(library, next), statements: read_whole(next, &later, &document.text) },
        ];
    }
    vec![Chapter { world, asked_in: asked_in(library, world), statements }]
}

/// The world whose question a world's slots answer.
fn asked_in<'w>(library: &'w Library, world: &'w World) -> &'w World {
    library.get(&world.asked_in).unwrap_or(world)
}

/// Where the next question's own symbols begin, after the last use of this one's.
fn goes_on(world: &World, next: &World, statements: &[Statement], stretches: &[Stretch]) -> Option<usize> {
    let names = |s: &Statement| match &s.body {
        Body::Relation { link, .. } => {
            [link.left.symbols(), link.right.symbols()].concat().into_iter().map(|s| s.name).collect::<Vec<_>>()
        }
        _ => vec![],
    };
    let only = |a: &World, b: &World, n: &String| a.lexicon.knows(n) && !b.lexicon.knows(n);
    let last = statements.iter().rposition(|s| names(s).iter().any(|n| only(world, next, n)))?;
    let rest = &statements[last + 1..];
    let fills = rest.iter().any(|s| matches!(&s.body, Body::Relation { link, .. } if slot_of(next, link).is_some()));
    let foreign = rest.iter().any(|s| names(s).iter().any(|n| only(next, world, n)));
    let cut = stretches.iter().find(|s| s.begins != Begins::Inside && s.span.start >= statements[last].span.end)?;
    (fills && foreign).then_some(cut.span.start)
}

/// The part's pieces with what joins them.
fn stretches(part: &document::Part) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut display_before = false;
    for block in &part.blocks {
        for (i, piece) in block.pieces.iter().enumerate() {
            let display = piece.kind == PieceKind::DisplayMath;
            let begins = match (i, display || display_before) {
                (_, true) => Begins::Continues,
                (0, false) => Begins::Sentence,
                _ => Begins::Inside,
            };
            display_before = display;
            out.push(Stretch { span: piece.span, math: piece.kind != PieceKind::Words, begins });
        }
    }
    out
}

fn judge_all(
    document: &Document,
    chapters: &[Chapter],
    settings: &Settings,
    progress: &(dyn Fn(usize, usize) + Sync),
    total: usize,
) -> Vec<Finding> {
    let mut known: Vec<(String, Vec<Definition>)> = Vec::new();
    let mut findings = Vec::new();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let facts = settings.data.as_ref().map_or_else(Facts::embedded, |d| d.facts().clone());
    let recount = |answer: &str| settings.data.as_ref().map(|d| d.count(answer));
    for chapter in chapters {
        let mut inherited: Vec<Definition> = Vec::new();
        for id in chapter.world.parents.iter().rev().chain([&chapter.world.id]) {
            inherited.extend(known.iter().filter(|(k, _)| k == id).flat_map(|(_, d)| d.clone()));
        }
        let given = given(settings, chapters, &chapter.world.id);
        let own = defines::of_chapter(chapter.world, &chapter.statements, &inherited);
        let known_here = Known::new(inherited, &own);
        let statements = defines::after_open_choices(chapter.world, &chapter.statements, &own, &document.text);
        let judged: Vec<Finding> = statements
            .par_iter()
            .enumerate()
            .map(|(i, statement)| {
                let (before, after) = known_here.around(i, &own[i]);
                let steps = Steps::up_to(tolerance::STEPS_MAX, tolerance::STEPS_EACH_MAX);
                let context = Context {
                    world: chapter.world,
                    steps: &steps,
                    asked_in: chapter.asked_in,
                    seed: settings.seed,
                    before: &before,
                    after,
                    text: &document.text,
                    recount: &recount,
                    facts: &facts,
                    given,
                    runs: &settings.runs,
                };
                let ruled = unless_broken(|| judge(&context, statement));
                let mut finding = finding(document, &context, statement, ruled);
                if finding.verdict == Verdict::Refuted
                    && let Some(words) = steps::consequence(&context, &statements, i)
                {
                    finding.message = format!("{}; {words}", finding.message);
                }
                if finding.verdict == Verdict::Refuted && defines::takes_a_letter(chapter.world, statement, &own[i]) {
                    leave_open(&mut finding, "a letter that the writer takes for something of the writer's own".into());
                }
                progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
                finding
            })
            .collect();
        let judged = resting(&statements, judged);
        findings.extend(with_placed_letters(chapter.world, &statements, known_here.all.as_slice(), judged));
        known.push((chapter.world.id.clone(), known_here.own()));
    }
    findings
}

/// Takes back what was found, with the reason.
fn leave_open(finding: &mut Finding, message: String) {
    finding.verdict = Verdict::NotChecked;
    finding.message = message;
    (finding.tier, finding.witness, finding.correction) = (None, None, None);
}

/// Leaves open what names a letter that others use for a number of the world, where nothing else that the writer says shows that this
/// number is meant.
fn with_placed_letters(world: &World, statements: &[Statement], known: &[Definition], mut judged: Vec<Finding>) -> Vec<Finding> {
    let placed: Vec<Symbol> = statements
        .iter()
        .zip(&judged)
        .flat_map(|(statement, finding)| {
            let said = match &statement.body {
                Body::Relation { link, .. } if matches!(finding.verdict, Verdict::Holds | Verdict::HoldsInLimit) => {
                    [link.left.symbols(), link.right.symbols()].concat()
                }
                _ => vec![],
            };
            let given = statement.scope.conditions.iter().filter_map(|c| match c {
                Condition::Value(symbol, _) => Some(symbol.clone()),
                _ => None,
            });
            said.into_iter().chain(given).collect::<Vec<_>>()
        })
        .collect();
    let open: Vec<Option<Symbol>> = statements
        .iter()
        .map(|s| defines::unplaced_letter(world, s, |letter| world.knows(letter, known) || placed.contains(letter)))
        .collect();
    for (letter, finding) in open.into_iter().zip(&mut judged) {
        if let Some(letter) = letter.filter(|_| finding.verdict == Verdict::Refuted) {
            let name = print(&Expr::Symbol(letter), Style::Plain);
            leave_open(finding, format!("what `{name}` stands for is not said"));
        }
    }
    judged
}

/// Leaves open what was computed with a formula that is wrong or was not judged: right arithmetic does not make such a number right.
fn resting(statements: &[Statement], mut judged: Vec<Finding>) -> Vec<Finding> {
    let wrong = |f: &Finding| {
        matches!(f.verdict, Verdict::Refuted | Verdict::HoldsIfRead)
            || f.verdict == Verdict::NotChecked && [TENTATIVELY_WRONG, WORDS_OPEN].iter().any(|m| f.message.starts_with(m))
    };
    let places: Vec<Span> = judged.iter().filter(|f| wrong(f)).map(|f| f.span).collect();
    for (statement, finding) in statements.iter().zip(&mut judged) {
        let Some(formula) = statement.scope.rests else { continue };
        let own = statement.span;
        if places.iter().any(|p| *p != own && p.start < formula.end && formula.start < p.end) {
            leave_open(finding, "computed with a formula that is not right, or was not judged".into());
        }
    }
    follow_from_nothing_wrong(statements, &mut judged);
    judged
}

/// Leaves open what holds in a limit and is said to follow from a sentence that says something wrong in words: the limit may be there, it
/// does not come from that.
fn follow_from_nothing_wrong(statements: &[Statement], judged: &mut [Finding]) {
    let wrong = |f: &&Finding| f.verdict == Verdict::Refuted && f.kind == Kind::Proposition;
    let places: Vec<Span> = judged.iter().filter(wrong).map(|f| f.span).collect();
    for (statement, finding) in statements.iter().zip(judged).filter(|(_, f)| f.verdict == Verdict::HoldsInLimit) {
        let Some(sentence) = statement.scope.follows else { continue };
        if places.iter().any(|p| sentence.start <= p.start && p.end <= sentence.end) {
            let message = format!("it is said to follow from what does not hold: {}", finding.message);
            leave_open(finding, message);
        }
    }
}

/// The definitions that a chapter's statements see, in order.
struct Known {
    all: Vec<Definition>,
    /// Where those of every statement begin, and where the last ones end.
    begins: Vec<usize>,
}

impl Known {
    /// Definitions of earlier chapters, and those of every statement of this one.
    fn new(inherited: Vec<Definition>, own: &[Vec<Own>]) -> Known {
        let mut known = Known { begins: vec![inherited.len()], all: inherited };
        for own in own {
            known.all.extend(own.iter().map(|o| o.definition.clone()));
            known.begins.push(known.all.len());
        }
        known
    }

    /// What a statement that defines `own` is judged with, and what is defined after it.
    fn around(&self, statement: usize, own: &[Own]) -> (Cow<'_, [Definition]>, &[Definition]) {
        let (begin, end) = (self.begins[statement], self.begins[statement + 1]);
        let itself = own.iter().filter(|o| o.judges_itself).count();
        let before = match itself {
            0 => Cow::Borrowed(&self.all[..begin]),
            all if all == own.len() => Cow::Borrowed(&self.all[..end]),
            _ => {
                let itself = own.iter().filter(|o| o.judges_itself).map(|o| o.definition.clone());
                Cow::Owned(self.all[..begin].iter().cloned().chain(itself).collect())
            }
        };
        (before, &self.all[end..])
    }

    /// The chapter's own.
    fn own(&self) -> Vec<Definition> {
        self.all[self.begins[0]..].to_vec()
    }
}

/// The writer's predictions for a question, and whether they can only be of its one accuracy: the file
/// names the question, or no other question of the sheet reports one.
fn given<'s>(settings: &'s Settings, chapters: &[Chapter], question: &str) -> Option<(&'s Given, bool)> {
    let named = settings.predictions.iter().find(|g| g.question.as_deref() == Some(question));
    let given = named.or_else(|| settings.predictions.iter().find(|g| g.question.is_none()))?;
    let reports = |c: &&Chapter| c.statements.iter().filter(|s| matches!(s.body, Body::Accuracy { constant: None, .. })).count();
    let (mut own, mut others) = (0, 0);
    for chapter in chapters {
        let count = reports(&chapter);
        if chapter.world.id == question { own += count } else { others += count }
    }
    Some((given, own == 1 && (named.is_some() || others == 0)))
}

fn finding(
    document: &Document,
    context: &Context,
    statement: &Statement,
    (ruling, kind, slot): (Ruling, Kind, Option<String>),
) -> Finding {
    let (plain, latex) = readings(context.world, statement);
    let message = std::iter::once(ruling.message).chain(statement.remarks.iter().cloned()).collect::<Vec<_>>().join("; ");
    Finding {
        question: context.world.id.clone(),
        place: document.lines.place(&document.text, statement.span),
        span: statement.span,
        text: statement.span.of(&document.text).to_string(),
        reading: plain,
        reading_latex: latex,
        kind,
        slot,
        verdict: ruling.verdict,
        tier: ruling.tier,
        error_probability: ruling.error_probability,
        rate: ruling.rate,
        witness: ruling.witness,
        correction: ruling.correction,
        fix: ruling.fix,
        message,
        evidence: ruling.evidence,
        plot: ruling.plot,
    }
}

/// The reading in plain notation and in LaTeX.
fn readings(world: &World, statement: &Statement) -> (Option<String>, Option<String>) {
    let both = |f: &dyn Fn(Style) -> String| (Some(f(Style::Plain)), Some(f(Style::Latex)));
    match &statement.body {
        Body::Relation { link, .. } => both(&|style| {
            let conditions: Vec<String> = statement.scope.conditions.iter().filter_map(|c| show_condition(c, style)).collect();
            let tail = if conditions.is_empty() {
                String::new()
            } else if style == Style::Plain {
                format!("  [{}]", conditions.join(", "))
            } else {
                format!("\\quad[{}]", conditions.join(",\\ "))
            };
            format!("{}{tail}", print_chain(&link.chain(), style))
        }),
        Body::Overall { link, mode } => both(&|style| {
            let modal = match (mode, style) {
                (Mode::Always, _) => "",
                (Mode::Possible, Style::Plain) => "in some case ",
                (Mode::Possible, Style::Latex) => "\\text{in some case }",
                (Mode::Never, Style::Plain) => "never ",
                (Mode::Never, Style::Latex) => "\\text{never }",
            };
            format!("{modal}{}", print_chain(&link.chain(), style))
        }),
        Body::Filling { slot, expr } => {
            both(&|style| format!("{} = {}", print(&Expr::Symbol(slot.clone()), style), print(expr, style)))
        }
        Body::Proposition { index, denied } => {
            let says = &world.propositions[*index].entry.says;
            (Some(if *denied { format!("not so: {says}") } else { says.clone() }), None)
        }
        Body::Accuracy { correct, total, percent, .. } => (Some(format!("{correct}/{total} = {percent} %")), None),
        Body::Comparison { value, measure, degree, .. } => {
            let unit = match measure {
                Measure::Times | Measure::TimesMore => "times",
                Measure::Points => "percentage points",
                Measure::Percent => "%",
            };
            let way = if *degree == Degree::Up { "more" } else { "less" };
            (Some(format!("{value} {unit} {way} than another reported accuracy")), None)
        }
        Body::Concrete(said) => both(&|style| print_chain(&said.link.chain(), style)),
        Body::Softmax { scores, weights } => {
            let weights: Vec<f64> = weights.iter().map(|w| w.0).collect();
            (Some(format!("softmax{scores:?} ≈ {weights:?}")), None)
        }
        Body::Growth { order, bound, .. } => both(&|style| print(&Expr::Order(*order, Box::new(bound.clone())), style)),
        _ => (None, None),
    }
}

fn show_condition(condition: &Condition, style: Style) -> Option<String> {
    let symbol = |s: &crate::language::Symbol| print(&Expr::Symbol(s.clone()), style);
    let index = |i: &crate::language::Index| match i {
        crate::language::Index::Letter(l) => l.clone(),
        crate::language::Index::Number(n) => n.to_string(),
    };
    Some(match condition {
        Condition::Value(s, e) | Condition::Define(s, e) => {
            format!("{} = {}", symbol(s), print(e, style))
        }
        Condition::Holds(link) => print_chain(&link.chain(), style),
        Condition::Same(a, b) => format!("{} = {}", index(a), index(b)),
        Condition::Among(l, set) => {
            let members: Vec<String> = set.iter().map(index).collect();
            format!("{} {} {}", index(l), if style == Style::Plain { "∈" } else { "\\in" }, members.join(", "))
        }
        Condition::Differ(a, b) => format!("{} {} {}", index(a), if style == Style::Plain { "≠" } else { "\\neq" }, index(b)),
        Condition::Limit(s, sense) => format!(
            "{} {}",
            symbol(s),
            match (sense, style) {
                (crate::claim::LimitSense::Large, Style::Plain) => "→ ∞",
                (crate::claim::LimitSense::Large, Style::Latex) => "\\to\\infty",
                (crate::claim::LimitSense::Small, Style::Plain) => "→ 0",
                (crate::claim::LimitSense::Small, Style::Latex) => "\\to 0",
                (crate::claim::LimitSense::Negative, Style::Plain) => "→ −∞",
                (crate::claim::LimitSense::Negative, Style::Latex) => "\\to-\\infty",
                (crate::claim::LimitSense::Fixed, Style::Plain) => "fixed",
                (crate::claim::LimitSense::Fixed, Style::Latex) => "\\text{ fixed}",
            }
        ),
    })
}

fn tally(document: &Document, findings: &[Finding], outside: &[Span]) -> Tally {
    let strays: Vec<Stray> = outside
        .iter()
        .filter(|s| s.of(&document.text).chars().any(char::is_alphanumeric))
        .map(|s| Stray { place: document.lines.place(&document.text, *s), text: s.of(&document.text).trim().to_string() })
        .collect();
    Tally {
        statements: findings.len(),
        not_checked: findings.iter().filter(|f| f.verdict == Verdict::NotChecked).count(),
        words_outside: strays.iter().map(|s| s.text.split_whitespace().count()).sum(),
        outside: strays,
    }
}
