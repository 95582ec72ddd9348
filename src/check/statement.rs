//! One statement in its scene: which judge it goes to, and what its surroundings do to the ruling.

use super::ruling::Ruling;
use super::scene::{Scene, definition};
use super::scopes::{in_scopes, other_slots, supposing};
use super::solve::{self, Supposed};
use super::told::{at_told_values, nearby_values};
use super::{
    accuracy, change, comparison, concrete, configured, corruption, counted, examples, given_draws, growth, guarded, holders,
    instead, intervention, log_odds, measured, neighbours, overall, proposition, relation, repair, response, scaling, serving,
    slot, stranger, sweeping,
};
use crate::claim::heads;
use crate::claim::{Body, Condition, Link, Premise, Statement, Whose};
use crate::language::{Expr, Relation, Style, Symbol, print_chain};
use crate::numeric::{Definition, SPENT, Shape, Steps};
use crate::record::{Fix, Kind, Tier, Verdict};
use crate::runs::{Facts, Given, Runs};
use crate::tolerance;
use crate::world::{Slot, World};

/// What is said of a reading that is not certain and does not hold.
pub const TENTATIVELY_WRONG: &str = "an explanation that does not hold in this question's terms";
/// How a message begins that leaves a statement open for words beside it.
pub const WORDS_OPEN: &str = "it depends on words that were not understood";

/// What a statement is judged with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The question's world.
    pub world: &'a World,
    /// The world that asks for the slots: another one, where the question builds on an earlier answer.
    pub asked_in: &'a World,
    /// What the writer defined before the statement.
    pub before: &'a [Definition],
    /// What the writer defines after it in the same part.
    pub after: &'a [Definition],
    /// Seed of every random number.
    pub seed: u64,
    /// The work that is done for the statement.
    pub steps: &'a Steps,
    /// The sheet's text.
    pub text: &'a str,
    /// How often a constant answer is right in the data.
    pub recount: &'a dyn Fn(&str) -> Option<(u64, u64)>,
    /// Counts of the course's data.
    pub facts: &'a Facts,
    /// The writer's predictions for this question, and whether they can only be of its one accuracy.
    pub given: Option<(&'a Given, bool)>,
    /// Recorded runs.
    pub runs: &'a Runs,
}

/// The slot that a link fills, if it does.
pub fn slot_of<'w>(world: &'w World, link: &Link) -> Option<&'w Slot> {
    let Expr::Symbol(symbol) = &link.left else {
        return None;
    };
    let slot = world.slot(symbol)?;
    // `q_2 = -q_1` gives q_2; `q_1 = q_2` compares the two.
    let fills = matches!(link.relation, Relation::Equal | Relation::Approx)
        && !world.is_slot(&link.right)
        && !link.right.symbols().contains(symbol);
    fills.then_some(slot)
}

/// Judges a statement; also says of what kind it is and which slot or proposition it fills. Where its work runs out it
/// stays undecided.
pub fn judge(context: &Context, statement: &Statement) -> (Ruling, Kind, Option<String>) {
    if context.before.len() >= tolerance::DEFINITIONS_MAX {
        return (Ruling::not_checked("more is defined before it than one answer defines"), Kind::Relation, None);
    }
    // What is said in words under an answer with letters of the writer's own is said for every number in their place.
    let worded = !matches!(statement.body, Body::Relation { .. } | Body::Filling { .. } | Body::Overall { .. });
    let world = if worded { stranger::under_answers(context) } else { None };
    let context = &world.as_ref().map_or(*context, |world| Context { world, ..*context });
    let (ruling, kind, slot) = judged(context, statement);
    let ruling = if context.steps.spent() { Ruling::undecided(SPENT) } else { ruling };
    (ruling, kind, slot)
}

fn judged(context: &Context, statement: &Statement) -> (Ruling, Kind, Option<String>) {
    let world = context.world;
    match &statement.body {
        Body::Relation { link, alternatives } => match slot_of(world, link) {
            Some(slot) => (filling(context, statement, slot, &link.right), Kind::Slot, Some(name_of(slot))),
            None if guarded::one_score_alone(world, link) => (
                Ruling::not_checked("the size of one score says nothing: it is the gap to the others that counts"),
                Kind::Relation,
                None,
            ),
            None => {
                let ruling = relation_with_readings(context, statement, link, alternatives);
                (if_mended(statement, link, ruling), Kind::Relation, None)
            }
        },
        Body::Filling { slot: symbol, expr } => match world.slot(symbol) {
            Some(slot) => (filling(context, statement, slot, expr), Kind::Slot, Some(name_of(slot))),
            None => (Ruling::not_checked("no such slot"), Kind::Slot, None),
        },
        Body::Proposition { index, denied } => {
            let found = &world.propositions[*index];
            if let (Some(what), false) = (found.entry.measured, *denied) {
                let ruling = measured::judge(context.runs, &found.entry, what);
                return (ruling, Kind::Proposition, Some(found.entry.id.clone()));
            }
            let judge = if *denied { proposition::judge_denied } else { proposition::judge };
            let ruling = in_scopes(context, statement, &|scene| judge(scene, found, context.seed));
            (softened(context, statement, ruling, false), Kind::Proposition, Some(found.entry.id.clone()))
        }
        Body::Accuracy { correct, total, percent, decimals, constant } => {
            let reported = accuracy::Reported { correct: *correct, total: *total, percent: *percent, decimals: *decimals };
            (judged_accuracy(context, statement, &reported, constant.as_deref()), Kind::Accuracy, constant.clone())
        }
        Body::Comparison { value, decimals, about, measure, degree, of_baseline, to_baseline, figures } => {
            let said = comparison::Said {
                value: *value,
                decimals: *decimals,
                about: *about,
                measure: *measure,
                degree: *degree,
                of_baseline: *of_baseline,
                to_baseline: *to_baseline,
                figures,
            };
            (comparison::judge(&said), Kind::Accuracy, None)
        }
        Body::Counted(said) => (counted::judge(said, context.facts), Kind::Accuracy, None),
        Body::Corrupted(said) => match &world.corruption {
            Some(file) => (corruption::judge(file, said), Kind::Proposition, None),
            None => (Ruling::not_checked("this question says nothing of corruption"), Kind::Proposition, None),
        },
        Body::Change { change: what, effect, stays } => {
            let ruling = change::judge(world, *what, *effect, *stays, context.seed);
            (softened(context, statement, ruling, false), Kind::Proposition, None)
        }
        Body::Intervention(said) => {
            let ruling = in_scopes(context, statement, &|scene| intervention::judge(scene, said));
            (softened(context, statement, ruling, false), Kind::Proposition, None)
        }
        Body::Configured(said) => (softened(context, statement, configured::judge(said), false), Kind::Proposition, None),
        Body::Holding(said) => (holders::judge(world, said), Kind::Proposition, None),
        Body::Serving(said) => {
            let ruling = in_scopes(context, statement, &|scene| serving::judge(scene, said));
            (softened(context, statement, ruling, false), Kind::Proposition, None)
        }
        Body::Instead(said) => {
            let ruling = in_scopes(context, statement, &|scene| instead::judge(scene, said));
            (softened(context, statement, ruling, false), Kind::Proposition, None)
        }
        Body::Response(said) => {
            let ruling = in_scopes(context, statement, &|scene| response::judge(scene, said));
            (softened(context, statement, ruling, false), Kind::Relation, None)
        }
        Body::Overall { link, mode } => {
            let judge = |link: &Link| relation_with_readings(context, statement, link, &[]);
            (overall::judge(world, link, *mode, &judge), Kind::Relation, None)
        }
        Body::Softmax { scores, weights } => (change::numbers(scores, weights), Kind::Relation, None),
        Body::Concrete(said) => {
            let ruling = concrete::judge(said);
            (softened(context, statement, ruling, false), Kind::Relation, None)
        }
        Body::Growth { around, order, bound } => match &world.growth {
            Some(file) => {
                let first = match &around.whose {
                    Whose::Any(list) | Whose::Every(list) => list.first(),
                    Whose::Unknown => None,
                };
                let name = first.and_then(|i| file.subjects.get(*i)).map(|s| s.id.clone());
                (growth::judge(file, around, *order, bound), Kind::GrowthOrder, name)
            }
            None => (Ruling::not_checked("this question asks for no growth order"), Kind::GrowthOrder, None),
        },
        Body::Scaling(said) => match &world.growth {
            Some(file) => (scaling::judge(file, said), Kind::GrowthOrder, None),
            None => (Ruling::not_checked("this question asks for no growth order"), Kind::GrowthOrder, None),
        },
        Body::Supposition { understood: true } => {
            (Ruling::not_checked("a condition under which other statements are read"), Kind::Supposition, None)
        }
        Body::Supposition { understood: false } => (
            Ruling::not_checked("a supposition that was not understood; what depends on it is not judged"),
            Kind::Supposition,
            None,
        ),
        Body::Unread { stopped } => (Ruling::not_checked(stopped.clone()), Kind::Relation, None),
        Body::Prose => (Ruling::not_checked("words in which no proposition of the question was recognised"), Kind::Prose, None),
    }
}

/// Words beside an accuracy that make it one of something else than the question's model on dev.
const OF_SOMETHING_ELSE: [&str; 9] =
    ["london", "baseline", "constant", "always", "every", "train set", "training set", "training accuracy", "train accuracy"];

/// Whether the line of an accuracy says that it is not of the question's model on dev.
pub fn of_something_else(text: &str, span: crate::span::Span) -> bool {
    let start = text[..span.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |i| span.end + i);
    let line = text[start..end].to_lowercase();
    OF_SOMETHING_ELSE.iter().any(|w| line.contains(w))
}

fn judged_accuracy(context: &Context, statement: &Statement, reported: &accuracy::Reported, constant: Option<&str>) -> Ruling {
    let own = constant.is_none() && !of_something_else(context.text, statement.span);
    let asked = context.world.accuracy.as_ref();
    let known = accuracy::Known {
        // What is no answer at all in the data is no place, whatever words call it constant.
        recount: constant.and_then(context.recount).filter(|(hits, _)| *hits > 0),
        needs: asked.map_or("the predictions", |a| a.needs.as_str()),
        given: context.given.map(|(g, _)| g),
        alone: own && context.given.is_some_and(|(_, alone)| alone),
        runs: asked.and_then(|a| a.setting).filter(|_| own).map(|s| (context.runs, s)),
    };
    accuracy::judge(reported, &known)
}

fn name_of(slot: &Slot) -> String {
    crate::language::print(&Expr::Symbol(slot.symbol.clone()), crate::language::Style::Plain)
}

fn filling(context: &Context, statement: &Statement, slot: &Slot, expr: &Expr) -> Ruling {
    let mut definitions = context.before.to_vec();
    definitions.extend(other_slots(context, slot));
    let under = |conditions: &[Condition]| match Scene::new(context.asked_in, definitions.clone())
        .counted(context.steps)
        .under(conditions)
    {
        Ok(scene) => slot::judge(&scene, slot, expr),
        Err(reason) => Ruling::not_checked(reason),
    };
    let ruling = under(&statement.scope.conditions);
    // "Suppose e^β = 8 and n = 6. With q = β (k_a + k_b) …": the values are an example's, not the answer's.
    let value = |c: &Condition| matches!(c, Condition::Value(s, _) | Condition::Define(s, _) if context.asked_in.limits.contains(&s.name));
    let (values, others): (Vec<Condition>, Vec<Condition>) = statement.scope.conditions.iter().cloned().partition(value);
    if ruling.verdict == Verdict::Refuted && !values.is_empty() && under(&others).is_true() {
        return Ruling::not_checked(format!("an answer with an example's values: {}", ruling.message));
    }
    if let Some(more) = statement.scope.sweeping.as_ref().filter(|_| ruling.verdict == Verdict::HoldsInLimit) {
        return Ruling::not_checked(format!("it serves in a limit, and \"{}\" claims more: {}", more.words, ruling.message));
    }
    softened(context, statement, ruling, true)
}

/// Whether an expression has the length of a matrix that is no vector: it may be the largest stretch.
fn has_norm_of_matrix(context: &Context, e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |part| {
        if let Expr::Norm(inner) = part {
            let vector = |rows: &str, columns: &str| rows == "1" || columns == "1";
            // The asked matrix has no shape of its own before it is given.
            found |= !context.world.columns.is_empty() && context.world.is_slot(inner);
            found |= matches!(context.world.shape_of(inner, &[]), Ok(Shape::Matrix(rows, columns)) if !vector(&rows, &columns));
        }
    });
    found
}

/// Where the writer chooses a query, "Let q = k_j", what is false of any keys may be said of orthonormal ones: it is refuted only where it
/// is false of those too.
fn relation_with_readings(context: &Context, statement: &Statement, link: &Link, alternatives: &[Link]) -> Ruling {
    let ruling = relation_as_supposed(context, statement, link, alternatives);
    if ruling.verdict != Verdict::Refuted {
        return ruling;
    }
    if [&link.left, &link.right].into_iter().any(|side| has_norm_of_matrix(context, side)) {
        return Ruling::not_checked(format!(
            "it is not said which norm of a matrix is meant; by its entries: {}",
            ruling.message
        ));
    }
    if statement.scope.required {
        let unanswered = Context { before: &[], after: &[], ..*context };
        let asked = relation_as_supposed(&unanswered, statement, link, alternatives);
        let message = format!("{}; required of an answer, which the one given before does not meet", asked.message);
        return if asked.is_true() { Ruling { message, ..asked } } else { ruling };
    }
    if !solve::choose_given(context.world, &statement.scope.conditions) {
        return ruling;
    }
    let narrower = solve::all_orthonormal(context.world);
    let there = relation_as_supposed(&Context { world: &narrower, ..*context }, statement, link, alternatives);
    match there.verdict {
        Verdict::Refuted => ruling,
        _ => Ruling::not_checked("it depends on how long the keys are and how they lie, which was not said"),
    }
}

fn relation_as_supposed(context: &Context, statement: &Statement, link: &Link, alternatives: &[Link]) -> Ruling {
    let link = &log_odds::as_scores(context.world, context.before, link);
    let ruling = plain_relation(context, statement, link, alternatives);
    if statement.scope.exact
        && ruling.verdict == Verdict::Holds
        && ruling.tier != Some(Tier::Exact)
        && let Some(free) = sweeping::exact_to_digits(context, statement, link)
    {
        return sweeping::not_exact(statement, free);
    }
    if statement.scope.exact && ruling.verdict == Verdict::HoldsInLimit {
        return if ruling.blunt { ruling } else { sweeping::not_exact(statement, ruling) };
    }
    let ruling = at_told_values(context, statement, link, ruling);
    let ruling = given_draws::over_those(context, statement, link, ruling);
    let ruling = sweeping::swept(context, statement, link, ruling);
    let ruling = sweeping::conversely(context, statement, link, ruling);
    if ruling.verdict == Verdict::HoldsInLimit && guarded::supposes_an_order_only(context.world, statement) {
        return Ruling::not_checked(format!("true where the gap grows, which the sentence does not suppose: {}", ruling.message));
    }
    if ruling.verdict == Verdict::Refuted && true_of_one_head(context, statement, link) {
        return Ruling::not_checked("true of the weights of one head, and the sentence does not say of which it speaks");
    }
    if ruling.verdict == Verdict::Refuted && left_open(context, statement, link) {
        return Ruling::not_checked("it depends on a choice that was not made before");
    }
    if ruling.verdict != Verdict::NotChecked {
        return ruling;
    }
    let followed = follows(context, statement, link);
    if followed.is_some() || !statement.scope.unread.is_empty() {
        return followed.unwrap_or(ruling);
    }
    let Some(admitted) = stranger::admitted(context, &statement.scope.conditions, link) else { return ruling };
    let wider = Context { world: &admitted.world, ..*context };
    let mut found = plain_relation(&wider, statement, link, &[]);
    // The letters of an answer are numbers in every case; one that nobody brought in may be anything.
    let decided = admitted.of_answers && matches!(found.verdict, Verdict::HoldsInLimit | Verdict::Refuted);
    if found.verdict != Verdict::Holds && !decided {
        return follows(&wider, statement, link).unwrap_or(ruling);
    }
    found.message = format!("{}; {}", found.message, admitted.words);
    found
}

/// Whether a relation about `α_a` is true with the weights of one head in the place of their mean over the heads.
fn true_of_one_head(context: &Context, statement: &Statement, link: &Link) -> bool {
    heads::numbers(context.world).into_iter().any(|head| {
        let own = heads::of_head(link.clone(), context.world, Some(head));
        own != *link && in_scopes(context, statement, &|scene| relation::judge(scene, &own)).is_true()
    })
}

/// What is true once its text is mended holds if read so.
fn if_mended(statement: &Statement, link: &Link, ruling: Ruling) -> Ruling {
    match &statement.scope.mended {
        Some(change) if ruling.is_true() => Ruling {
            verdict: Verdict::HoldsIfRead,
            message: format!("true after one change: {change}; {}", ruling.message),
            fix: Some(Fix { change: change.clone(), becomes: print_chain(&link.chain(), Style::Plain) }),
            ..ruling
        },
        _ => ruling,
    }
}

/// Whether a link is about a slot that nothing fills, and a choice that the question leaves free decides it: what is
/// false of every filling (`M v_b = v_b`) is refuted all the same.
fn left_open(context: &Context, statement: &Statement, link: &Link) -> bool {
    let world = context.world;
    let free = |s: &Symbol| world.vectors.get(&s.name).is_some_and(|v| v.shape.1 != "1");
    let filled = |slot: &Slot| {
        let mut all = context.before.iter().chain(context.after);
        all.any(|d| d.matches(&slot.symbol.name, &slot.symbol.indices))
    };
    let spoken = [link.left.symbols(), link.right.symbols()].concat();
    let open = |slot: &&Slot| spoken.contains(&slot.symbol) && !filled(slot) && slot.reference.symbols().iter().any(free);
    let Some(slot) = world.slots.iter().find(open) else { return false };
    let identity = Expr::Symbol(Symbol::plain("I"));
    let nothing = Expr::Mul(vec![Expr::int(0), identity.clone()]);
    [nothing, identity].iter().any(|choice| {
        let body = slot.reference.substitute(&|s| free(s).then(|| choice.clone()));
        let chosen = [context.before, &[definition(&slot.symbol, &body)]].concat();
        let context = Context { before: &chosen, ..*context };
        in_scopes(&context, statement, &|scene| relation::judge(scene, link)).verdict != Verdict::Refuted
    })
}

/// Whether a relation follows from the sentence's suppositions: they are made true at every instance, as far
/// as equalities go. What does not follow may need something that was left unsaid, so it is not refuted, but where the query is chosen.
fn follows(context: &Context, statement: &Statement, link: &Link) -> Option<Ruling> {
    let open: Vec<&Premise> = statement.scope.premises.iter().filter(|p| !true_anyway(context, statement, p)).collect();
    let equalities = open.iter().flat_map(|p| &p.links).all(|l| matches!(l.relation, Relation::Equal | Relation::Approx));
    if open.is_empty() || !equalities || !statement.scope.unread.is_empty() {
        return None;
    }
    let supposed: Vec<Supposed> = open
        .iter()
        .flat_map(|p| {
            p.links.iter().map(|l| Supposed { link: Link { relation: Relation::Equal, ..l.clone() }, others: p.others })
        })
        .collect();
    // Orthonormal vectors are drawn so, which is quicker than moving others until they are.
    let drawn = solve::drawn_orthonormal(context.world, &supposed);
    let (world, rest) = drawn.as_ref().map_or((context.world, supposed.as_slice()), |(w, rest)| (w, rest.as_slice()));
    let there = Context { world, ..*context };
    let mut ruling = supposing(&there, statement, rest, &|scene| relation::judge(scene, link));
    let words: Vec<&str> = open.iter().map(|p| p.text.trim()).collect();
    ruling.message = format!("{}; supposing \"{}\"", ruling.message, words.join("\", \""));
    // What is said to be equal has to be, not only to come close.
    let close_enough = link.relation != Relation::Equal && ruling.is_true();
    // Where the query is chosen and all that was supposed beside it could be met, nothing is left unsaid.
    let settled = solve::choose_given(context.world, &statement.scope.conditions);
    let firm = !statement.scope.tentative && statement.scope.circumstance.is_none();
    let wrong = settled && firm && ruling.verdict == Verdict::Refuted;
    (ruling.verdict == Verdict::Holds || close_enough || wrong).then_some(ruling)
}

/// Whether nothing is divided by a vector or matrix: a reading that does so is none.
fn divides_by_numbers(world: &World, link: &Link) -> bool {
    let mut sound = true;
    for side in [&link.left, &link.right] {
        side.walk(&mut |e| {
            if let Expr::Div(_, under) = e {
                sound &= !matches!(world.shape_of(under, &[]), Ok(Shape::Matrix(rows, columns)) if rows != "1" || columns != "1");
            }
        });
    }
    sound
}

fn plain_relation(context: &Context, statement: &Statement, link: &Link, alternatives: &[Link]) -> Ruling {
    let first = in_scopes(context, statement, &|scene| relation::judge(scene, link));
    if first.is_true() {
        return softened(context, statement, first, false);
    }
    for other in alternatives.iter().filter(|other| divides_by_numbers(context.world, other)) {
        let second = in_scopes(context, statement, &|scene| relation::judge(scene, other));
        if second.is_true() {
            return softened(context, statement, second, false);
        }
        if second.verdict != Verdict::Refuted && first.verdict == Verdict::Refuted {
            return second;
        }
    }
    if first.verdict == Verdict::Refuted && bare_synonym(context.world, link) {
        return Ruling::not_checked("a letter of it may be one of the writer's own");
    }
    let valued = written_value(link) || number_for_scalar(context.world, statement, link);
    if first.verdict == Verdict::Refuted && valued && !statement.scope.elsewhere.is_empty() {
        return nearby_values(context, statement, link);
    }
    // "every gap equal to 6 → α_j = 0.990": an arrow behind a number leads to what follows from it.
    if first.verdict == Verdict::Refuted && link.relation == Relation::Tends && link.left.is_closed() {
        return Ruling::not_checked("an arrow behind a number");
    }
    if first.verdict == Verdict::Refuted && guarded::elsewhere_to_a_limit(context.world, statement) {
        let nearby = nearby_values(context, statement, link);
        if nearby.verdict != Verdict::NotChecked {
            return nearby;
        }
        return Ruling::not_checked("the part gives the scalar that grows a value, and it is not known whether it is meant here");
    }
    if first.verdict == Verdict::Refuted && free_choice(context, link) {
        return Ruling::not_checked("a choice that the question leaves free, not a statement");
    }
    if first.verdict == Verdict::Refuted && examples::of_an_example(context, statement, link) {
        return Ruling::not_checked(examples::NOT_UNDERSTOOD);
    }
    let repairable = first.verdict == Verdict::Refuted || first.verdict == Verdict::NotChecked;
    if repairable {
        let repaired = in_scopes(context, statement, &|scene| {
            repair::nearest(scene, &statement.scope.conditions, link, &first).unwrap_or_else(|| first.clone())
        });
        let ruling = softened(context, statement, repaired, false);
        let scene = Scene::new(context.world, context.before.to_vec()).counted(context.steps).under(&statement.scope.conditions);
        return scene.map_or(ruling.clone(), |scene| neighbours::corrected(&scene, link, ruling));
    }
    softened(context, statement, first, false)
}

/// Whether a side is a number with decimals: the value of something at fixed sizes.
fn written_value(link: &Link) -> bool {
    let decimal = |e: &Expr| {
        let mut found = false;
        e.walk(&mut |e| found |= matches!(e, Expr::Number(n) if n.decimals.is_some()));
        e.is_closed() && (found || matches!(e, Expr::Div(..) | Expr::Call(..)))
    };
    decimal(&link.left) || decimal(&link.right)
}

/// Whether a formula of weights or of the output has numbers in it and not the scalar that grows, which the part gives one value elsewhere:
/// `α_a = e^{4γ} / (e^{4γ} + e^4 + 1)`.
fn number_for_scalar(world: &World, statement: &Statement, link: &Link) -> bool {
    let attends = |e: &Expr| {
        e.symbols().iter().any(|s| {
            matches!(s.name.as_str(), "alpha" | "c") && !world.scalars.contains_key(&s.name)
                || !s.indices.is_empty() && s.name == "alpha"
        })
    };
    let grows = |s: &Symbol| world.grows(&s.name);
    let given = statement.scope.elsewhere.iter().any(|c| matches!(c, Condition::Value(s, e) if grows(s) && e.is_closed()));
    let numbers = |e: &Expr| {
        let mut found = false;
        e.walk(&mut |e| found |= matches!(e, Expr::Call("exp", _)) || matches!(e, Expr::Pow(..)));
        found && !e.symbols().iter().any(grows)
    };
    given && attends(&link.left) && numbers(&link.right)
}

/// Whether another letter for what has an index stands without one: `Σ_a w = α w` speaks of a vector of the writer's own.
fn bare_synonym(world: &World, link: &Link) -> bool {
    let bare = |s: &Symbol| s.indices.is_empty() && world.synonyms.get(&s.name).is_some_and(|own| world.lexicon.is_family(own));
    [&link.left, &link.right].into_iter().any(|e| e.symbols().iter().any(bare))
}

/// `q = 100 k_j` where the question supposes any q: the writer chooses one.
fn free_choice(context: &Context, link: &Link) -> bool {
    matches!(&link.left, Expr::Symbol(s) if link.relation == Relation::Equal && s.indices.is_empty() && context.world.vectors.contains_key(&s.name))
}

/// Whether a premise holds in the question's world: then nothing depends on it.
fn true_anyway(context: &Context, statement: &Statement, premise: &Premise) -> bool {
    premise.links.iter().all(|link| in_scopes(context, statement, &|scene| relation::judge(scene, link)).is_true())
}

/// The end of a supposition, to see whether a statement's own words are meant; of a short one, all of it: `/α` may stand anywhere.
fn latter_half(text: &str) -> &str {
    const SHORT: usize = 16;
    let length = text.chars().count();
    let middle = if length < SHORT { 0 } else { length / 2 };
    text.char_indices().nth(middle).map_or(text, |(i, _)| &text[i..])
}

/// What a supposition that was not understood leaves of a ruling: what holds at every instance
/// still holds; nothing else is said. A slot's filling is judged by the question, not by it.
pub fn softened(context: &Context, statement: &Statement, ruling: Ruling, fills_slot: bool) -> Ruling {
    let own = statement.span.of(context.text);
    let unread: Vec<&String> =
        statement.scope.unread.iter().filter(|u| !own.contains(latter_half(u)) && !u.contains(own)).collect();
    if statement.scope.tentative && ruling.verdict == Verdict::Refuted {
        return Ruling::not_checked(format!("{TENTATIVELY_WRONG}: {}", ruling.message));
    }
    if let (Some(words), Verdict::Refuted, false) = (&statement.scope.circumstance, ruling.verdict, fills_slot) {
        return Ruling::not_checked(format!("{WORDS_OPEN}: \"{}\"", words.trim()));
    }
    let open_premise = statement.scope.premises.iter().find(|p| fills_slot && !true_anyway(context, statement, p));
    if let (Some(premise), Verdict::Refuted) = (open_premise, ruling.verdict) {
        return Ruling::not_checked(format!("an answer for a case that is supposed: \"{}\"", premise.text.trim()));
    }
    let safe = ruling.verdict == Verdict::Holds || fills_slot && ruling.is_true();
    let false_premises = || statement.scope.premises.iter().filter(|p| !true_anyway(context, statement, p)).map(|p| &p.text);
    match unread.first().copied().cloned().or_else(|| if safe { None } else { false_premises().next().cloned() }) {
        Some(unread) if !safe && ruling.verdict != Verdict::NotChecked => {
            Ruling::not_checked(format!("it depends on a supposition that was not understood: \"{}\"", unread.trim()))
        }
        _ => ruling,
    }
}
