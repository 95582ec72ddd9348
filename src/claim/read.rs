//! From a part's words and mathematics to its statements.

use super::accuracy;
use super::assigned;
use super::change;
use super::circumstance;
use super::combined;
use super::comparison;
use super::condition::ANNOUNCE;
use super::corruption;
use super::counts;
use super::elsewhere::values_elsewhere;
use super::example;
use super::growth;
use super::guards;
use super::heads;
use super::in_force::Bound;
use super::larger;
use super::links::{about_one_draw, about_vectors, suppose};
use super::members;
use super::overall;
use super::phrases::Phrases;
use super::properties;
use super::prose;
use super::reserved::{reserve, reserve_counts};
use super::same;
use super::scaling;
use super::segment::{Before, Run, Stretch, plain_tokens, runs, sentences, tokens_of};
use super::softmax;
use super::statement::{Body, Condition, Figure, Link, Premise, Scope, Statement};
use super::sweeping::Sweeping;
use crate::language::{Chain, Ends, Expr, Options, Relation, Symbol, Tok, Token, parse_chain};
use crate::span::Span;
use crate::world::World;

/// The statements of one part of a sheet, in source order, in the world of its question.
pub fn read_part(world: &World, stretches: &[Stretch], text: &str) -> Vec<Statement> {
    let Phrases { tokens, loose } = tokens_of(stretches, text, world);
    let plain = plain_tokens(stretches, text, world);
    let figures = comparison::figures(&tokens);
    let whole = tokens.first().zip(tokens.last()).map_or_else(Span::default, |(a, b)| a.span.to(b.span));
    let mut reader = Reader {
        world,
        text,
        tokens: &tokens,
        plain: &plain,
        loose: &loose,
        figures: &figures,
        scaling: scaling::View::of_part(world, text, whole),
        out: Vec::new(),
        lasting: Scope::default(),
        case: Vec::new(),
        rejected: None,
        bound: Vec::new(),
        former: None,
        choices: Vec::new(),
        told: Vec::new(),
        events: Vec::new(),
        spoken: Vec::new(),
    };
    let all = sentences(&tokens);
    for sentence in &all {
        reader.sentence(sentence.clone());
    }
    let (mut out, told, spoken) = (reader.out, reader.told, reader.spoken);
    if world.counts {
        out = combined::with_counts(world, stretches, text, out);
    } else if world.growth.is_some() {
        let apart = |a: Span, b: Span| a.end <= b.start || b.end <= a.start;
        let open = |s: &Statement| matches!(s.body, Body::Prose | Body::Unread { .. });
        for (span, counted) in counts::find_whole(stretches, text, None) {
            if out.iter().all(|s| open(s) || apart(s.span, span)) {
                out.retain(|s| apart(s.span, span));
                out.push(Statement { span, body: Body::Counted(counted), scope: Scope::default(), remarks: vec![] });
            }
        }
    }
    if let Some(file) = &world.corruption {
        let apart = |a: Span, b: Span| a.end <= b.start || b.end <= a.start;
        for (span, said) in corruption::find(file, stretches, text) {
            out.retain(|s| {
                apart(s.span, span)
                    || !matches!(s.body, Body::Prose | Body::Unread { .. } | Body::Relation { .. } | Body::Counted(_))
            });
            out.push(Statement { span, body: Body::Corrupted(said), scope: Scope::default(), remarks: vec![] });
        }
    }
    let ends: Vec<usize> = all.iter().map(|r| tokens[r.end - 1].span.end).collect();
    values_elsewhere(world, &mut out, &told, &spoken, &ends);
    let mut out = example::read(world, stretches, text, out);
    combined::paired_in_rows(&mut out);
    let mut out = example::with_entries(world, stretches, text, out);
    for range in all {
        reserve_counts(&tokens[range], world, &mut out);
    }
    out.sort_by_key(|s| (s.span.start, s.span.end));
    out
}

pub(super) struct Reader<'a> {
    pub(super) world: &'a World,
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// The same with words as they stand.
    pub(super) plain: &'a [Token],
    /// Places of phrases among words that were not understood.
    pub(super) loose: &'a [Span],
    /// The accuracies that the part reports.
    figures: &'a [Figure],
    /// The part as sentences about growth are read.
    scaling: Option<scaling::View<'a>>,
    pub(super) out: Vec<Statement>,
    /// Conditions and suppositions that last to the end of the part.
    pub(super) lasting: Scope,
    /// Every value that was told, with where.
    pub(super) told: Vec<(usize, Condition)>,
    /// Every event of single draws that was supposed, with where.
    pub(super) events: Vec<(usize, Condition)>,
    /// Values of what grows that are spoken of and not supposed.
    pub(super) spoken: Vec<Condition>,
    /// Of these suppositions, the ones of the case that was opened last.
    pub(super) case: Vec<Premise>,
    /// An answer that was rejected before any was given: what is said until then may be said of it.
    pub(super) rejected: Option<String>,
    /// The conditions of the sentence that is read, in order.
    pub(super) bound: Vec<Bound>,
    /// The sentence before.
    pub(super) former: Option<Span>,
    /// What a sentence chose for itself of what the question leaves free, with its words.
    pub(super) choices: Vec<(String, Condition)>,
}

/// What a sentence has said so far.
#[derive(Default)]
pub(super) struct Flow {
    /// Conditions and suppositions that hold for what follows.
    pub(super) forward: Scope,
    /// The statements of the last claim, to which a trailing condition belongs.
    pub(super) recent: Vec<usize>,
    /// Whether the last run was a condition.
    pub(super) in_conditions: bool,
    /// Whether the condition that is read is joined to one before it.
    pub(super) joined: bool,
    /// Whether that condition was announced by "if".
    pub(super) only_if: bool,
    /// Whether one of its relations opened a case.
    pub(super) case: bool,
    /// Whether the last run followed from the one before it.
    pub(super) derives: bool,
    /// Whether another relation follows in the sentence.
    pub(super) more: bool,
    /// Symbols that stood alone, as `q` in "choose q as".
    pub(super) alone: Vec<Symbol>,
    /// How many queries a list has given.
    pub(super) listed: usize,
}

impl Reader<'_> {
    fn sentence(&mut self, range: std::ops::Range<usize>) {
        let first = self.out.len();
        let mut flow = Flow { forward: self.lasting.clone(), ..Flow::default() };
        self.bound.clear();
        self.recall_choices(&range, &mut flow.forward);
        flow.forward.unread.extend(self.rejected.clone());
        for worded in prose::suppositions(self.world, &self.tokens[range.clone()], self.text) {
            if let Some(kept) = self.kept_draws(worded.span) {
                flow.forward.conditions.push(kept);
                continue;
            }
            suppose(&mut flow.forward, &worded, self.world);
            if worded.known.is_some() && !self.tokens[range.clone()].iter().any(|t| matches!(t.kind, Tok::Rel(_))) {
                self.push(worded.span, Body::Supposition { understood: true }, Scope::default());
            }
            if worded.lasts {
                suppose(&mut self.lasting, &worded, self.world);
            }
            self.tell(worded.span.start, &flow.forward.conditions.clone());
        }
        let mut counted = accuracy::find(&self.tokens[range.clone()], self.text);
        if self.figures.len() > 1 {
            counted.extend(comparison::find(&self.tokens[range.clone()], self.figures));
        }
        let mut orders = growth::find(self.world, self.tokens, range.clone(), self.text);
        if let Some(view) = &self.scaling {
            view.attribute(self.span(&range), &mut orders);
        }
        orders.extend(growth::worded(self.world, self.tokens, range.clone(), self.text));
        orders.extend(self.scaling.iter().flat_map(|view| view.find(self.span(&range))));
        counted.extend(softmax::find(&self.tokens[range.clone()]));
        counted.extend(same::find(self.world, &self.tokens[range.clone()], self.text));
        let spoken = self.spoken_of(first);
        let terms = self.summed(first);
        let of_it = |e: &Expr| e.symbols().iter().all(|s| Some(s) == spoken.as_ref());
        let last = match self.out[..first].last().map(|s| &s.body) {
            Some(Body::Relation { link, .. }) => of_it(&link.left),
            Some(Body::Filling { .. }) => true,
            _ => false,
        };
        let spoken = spoken.as_ref().map(|symbol| properties::Spoken { symbol, last });
        let of_matrices = properties::find(self.world, &self.tokens[range.clone()], self.text, spoken, terms.as_ref());
        let runs = runs(self.tokens, range.clone());
        for (i, run) in runs.iter().enumerate() {
            flow.more = runs[i + 1..].iter().any(|r| self.tokens[r.range.clone()].iter().any(|t| matches!(t.kind, Tok::Rel(_))));
            let span = self.span(&run.range);
            let inside = |taken: &[(Span, Body)]| taken.iter().any(|(s, _)| s.start < span.end && span.start < s.end);
            if !(inside(&counted)
                || inside(&orders)
                || of_matrices.iter().any(|s| s.span.start <= span.start && span.end <= s.span.end))
            {
                self.run(run, &mut flow);
            }
        }
        for (span, body) in counted.into_iter().chain(orders) {
            self.out.push(Statement { span, body, scope: flow.forward.clone(), remarks: vec![] });
        }
        let whole = self.in_words(range.clone(), first, &flow.forward, of_matrices);
        let mut matched = prose::propositions(self.world, self.tokens, range.clone(), self.text);
        // A clause that was read whole says more than the cues in it.
        matched.retain(|(span, _)| !whole.iter().any(|w| w.start <= span.start && span.end <= w.end));
        let worded = with_open_choices(&flow.forward, self.world);
        for (span, index) in matched {
            let mut scope = worded.clone();
            // A sentence about all draws is not meant at the single draws that its other half names.
            scope.conditions.retain(|c| !about_one_draw(c, self.world));
            self.out.push(Statement { span, body: Body::Proposition { index, denied: false }, scope, remarks: vec![] });
        }
        if let Some(stopped) = guards::other_model(&self.tokens[range.clone()]) {
            let judged = |s: &&mut Statement| !matches!(s.body, Body::Supposition { .. } | Body::Prose | Body::Unread { .. });
            for statement in self.out[first..].iter_mut().filter(judged) {
                statement.body = Body::Unread { stopped: stopped.clone() };
            }
        }
        self.known_clauses(range.clone(), first, &worded, &whole);
        self.understood(first);
        let claims = self.out[first..].iter().any(|s| !matches!(s.body, Body::Supposition { .. }));
        let heads = self.out.len() > first || self.tokens.get(range.end.saturating_sub(1)).is_some_and(|t| t.kind == Tok::Colon);
        // "For m = 1, M = a_1 a_1^T." says what the answer comes to there; it gives no other answer to what follows.
        let colon = self.tokens.get(range.end.saturating_sub(1)).is_some_and(|t| t.kind == Tok::Colon);
        let redefines = !colon && flow.forward.conditions.iter().any(|c| matches!(c, Condition::Define(..)));
        if !claims && heads && !redefines && self.is_heading(&range) {
            // "weights for n = 2 and β = 10:", "Set α = 0.": a sentence of conditions only heads what follows.
            self.lasting.conditions = flow.forward.conditions.clone();
        }
        // "Let us check with n = 3, all scores equal to 2. Then …": the case goes on.
        let opens_case = self.tokens[range.start].word().is_some_and(|w| {
            matches!(
                w.as_str(),
                "let" | "let's" | "take" | "consider" | "check" | "test" | "suppose" | "assume" | "imagine" | "example"
            )
        });
        self.several_answers(first);
        reserve(&self.tokens[range.clone()], self.world, self.out[first..].iter_mut());
        self.perhaps_supposed(&range, first);
        self.note_consequence(&range, first);
        self.keep_case(first, &flow);
        if !claims && opens_case {
            let new = |p: &&Premise| !self.lasting.premises.contains(p);
            let premises: Vec<Premise> = flow.forward.premises.iter().filter(new).cloned().collect();
            self.lasting.premises.extend(premises);
        }
        if self.out.len() == first {
            // "Let all keys have norm 1 and q point along k_j.": what follows is said under it.
            if self.sentence_opens_with(&range, "let") {
                self.lasting.unread.push(self.span(&range).of(self.text).to_string());
            }
            self.plain_prose(range);
        }
    }

    /// Takes note of values that are told at a place.
    pub(super) fn tell(&mut self, place: usize, conditions: &[Condition]) {
        for condition in conditions.iter().filter(|c| matches!(c, Condition::Value(..))) {
            if !self.told.iter().any(|(_, known)| known == condition) {
                self.told.push((place, condition.clone()));
            }
        }
    }

    /// "then both keys get the same weight": words that are read as what they say leave nothing open beside them.
    fn understood(&mut self, first: usize) {
        let read = self.out[first..].iter().filter(|s| matches!(s.body, Body::Proposition { .. }));
        let words: Vec<&str> = read.map(|s| s.span.of(self.text)).collect();
        for statement in &mut self.out[first..] {
            let Some(open) = statement.scope.circumstance.as_deref().map(str::trim) else { continue };
            let rest = words.iter().find_map(|w| open.strip_prefix(w));
            if rest.is_some_and(|rest| !rest.contains(char::is_alphanumeric)) {
                statement.scope.circumstance = None;
            }
        }
    }

    /// "When z (the length of k_a) is clearly above 1 we get c ≈ v_a": a sentence that begins with a supposition of which nothing was
    /// understood is not held against its relations.
    fn perhaps_supposed(&mut self, range: &std::ops::Range<usize>, first: usize) {
        let opens = ["when", "if", "whenever", "once"].iter().any(|w| self.sentence_opens_with(range, w));
        let fills = |s: &Statement| matches!(&s.body, Body::Relation { link, .. } if self.fills_slot(link));
        if !opens || self.out[first..].iter().any(fills) {
            return;
        }
        let lasting = self.lasting.conditions.clone();
        for statement in &mut self.out[first..] {
            let scope = &statement.scope;
            let supposes = !scope.premises.is_empty() || scope.conditions.iter().any(|c| !lasting.contains(c));
            if matches!(statement.body, Body::Relation { .. }) && !supposes {
                statement.scope.tentative = true;
            }
        }
    }

    /// "For one value q = βk_a does, for both q = β(k_a + k_b)": of several answers in a sentence none is refuted.
    fn several_answers(&mut self, first: usize) {
        let filled = |s: &Statement| match &s.body {
            Body::Relation { link, .. } if self.fills_slot(link) => Some(link.clone()),
            _ => None,
        };
        let all: Vec<(usize, _)> = (first..self.out.len()).filter_map(|i| Some((i, filled(&self.out[i])?))).collect();
        let again = |link: &super::statement::Link| all.iter().any(|(_, l)| l.left == link.left && l.right != link.right);
        let several: Vec<usize> = all.iter().filter(|(_, link)| again(link)).map(|(i, _)| *i).collect();
        for i in several {
            self.out[i].scope.tentative = true;
        }
    }

    /// What the sentence says in words alone: weights and scores of keys, and what a change does. Returns where whole clauses were
    /// read as quantities with what is said of them.
    fn in_words(
        &mut self,
        range: std::ops::Range<usize>,
        first: usize,
        forward: &Scope,
        of_matrices: Vec<properties::Said>,
    ) -> Vec<Span> {
        let place = self.span(&range);
        let taken = if of_matrices.is_empty() { self.of_quantities(&range, first, forward) } else { vec![] };
        let meets = |place: Span| taken.iter().any(|t| t.start < place.end && place.start < t.end);
        for said in assigned::find(self.world, &self.tokens[range.clone()], self.text) {
            if meets(said.span) || self.denied(said.span) || self.listed(said.span) {
                continue;
            }
            let mut scope = self.in_force(forward, place, said.span);
            scope.conditions.extend(said.conditions);
            // "In head 2 key a gets -β": the score is of that head's query, or of the one that was spoken of before.
            let numbers = heads::numbers(self.world);
            let of_a_head = !heads::mentioned(&numbers, &self.tokens[range.clone()]).is_empty();
            let scored = said.link.left.symbols().iter().any(|s| s.name == "k");
            scope.tentative |= said.tentative || of_a_head && scored;
            scope.circumstance = circumstance::around_place(self.tokens, said.span, self.text);
            if guards::outright(&said.link, &scope, self.part().of(self.text)) {
                scope.sweeping = Some(Sweeping::plain(guards::PLAIN));
            }
            let body = Body::Relation { link: said.link, alternatives: vec![] };
            self.out.push(Statement { span: said.span, body, scope, remarks: vec![] });
        }
        for said in of_matrices {
            for link in said.links {
                let mut scope = self.in_force(forward, place, said.span);
                scope.tentative |= said.tentative;
                scope.required |= said.required;
                self.push(said.span, Body::Relation { link, alternatives: vec![] }, scope);
            }
        }
        let supposed = forward.unread.is_empty() && (!forward.premises.is_empty() || !forward.conditions.is_empty());
        for said in overall::find(self.world, &self.tokens[range.clone()], self.text, supposed) {
            let taken = |s: &Statement| s.span.start < said.span.end && said.span.start < s.span.end;
            if self.denied(said.span) || self.listed(said.span) {
                continue;
            }
            self.out.retain(|s| !(taken(s) && matches!(s.body, Body::Unread { .. } | Body::Relation { .. })));
            for link in said.links {
                let mut scope = Scope { exact: said.exact, ..self.in_force(forward, place, said.span) };
                scope.conditions.extend(said.conditions.clone());
                scope.circumstance = circumstance::around_place(self.tokens, said.span, self.text);
                if guards::outright(&link, &scope, self.part().of(self.text)) {
                    scope.sweeping = Some(Sweeping::plain(guards::PLAIN));
                }
                self.push(said.span, Body::Overall { link, mode: said.mode }, scope);
            }
        }
        if let Some(said) = larger::find(self.world, &self.tokens[range.clone()]) {
            self.out.retain(|s| s.span.end <= said.span.start || said.span.end <= s.span.start);
            let scope = Scope { conditions: said.conditions, tentative: said.tentative, ..Scope::default() };
            self.push(said.span, Body::Relation { link: said.link, alternatives: vec![] }, scope);
        }
        for (span, body) in change::find(&self.tokens[range.clone()]) {
            if !self.denied(span) {
                self.push(span, body, Scope::default());
            }
        }
        self.of_interventions(&range, first, forward);
        self.of_holders(&range, first);
        self.of_configurations(&range, first);
        self.of_other_answers(&range, first);
        self.of_answers_instead(&range, first, forward);
        taken
    }

    /// "the weights are ⅛, ²⁄₈ and ⅝": whether another number follows a place in a list.
    pub(super) fn listed(&self, place: Span) -> bool {
        let Some(at) = self.tokens.iter().position(|t| t.span.start >= place.end) else { return false };
        let comma = self.tokens[at].kind == Tok::Comma;
        comma && self.tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Tok::Number(_) | Tok::Frac | Tok::Minus))
    }

    fn plain_prose(&mut self, range: std::ops::Range<usize>) {
        let words = self.tokens[range.clone()].iter().filter(|t| matches!(t.kind, Tok::Word(_))).count();
        if words > 0 {
            let span = self.span(&range);
            self.out.push(Statement { span, body: Body::Prose, scope: Scope::default(), remarks: vec![] });
        }
    }

    /// The whole part that is read.
    pub(super) fn part(&self) -> Span {
        self.span(&(0..self.tokens.len()))
    }

    pub(super) fn span(&self, range: &std::ops::Range<usize>) -> Span {
        let tokens = &self.tokens[range.clone()];
        match (tokens.first(), tokens.last()) {
            (Some(a), Some(b)) => a.span.to(b.span),
            _ => Span::default(),
        }
    }

    fn run(&mut self, run: &Run, flow: &mut Flow) {
        if run.before == Before::Implies {
            flow.recent.clear();
            // "X > 1 ⟹ …": what was supposed last is what follows from.
            if !flow.in_conditions && !flow.derives {
                flow.forward.conditions = self.lasting.conditions.clone();
            }
            flow.in_conditions = false;
        }
        flow.derives = run.before == Before::Implies;
        let tokens = &self.tokens[run.range.clone()];
        if let Some(list) = members::conditions(tokens, &self.world.lexicon) {
            let leads = flow.more && self.opens_clause(run);
            self.push(self.span(&run.range), Body::Supposition { understood: true }, Scope::default());
            self.bind(list, false, leads, flow);
            return;
        }
        let chain = match parse_chain(tokens, self.text, &self.world.lexicon, Options::default()) {
            Ok(chain) => about_vectors(chain, self.world),
            Err(error) => {
                if !self.with_one_end(run, flow) && tokens.iter().any(|t| matches!(t.kind, Tok::Rel(_))) {
                    let span = self.span(&run.range);
                    self.push(span, Body::Unread { stopped: error.to_string() }, Scope::default());
                    // "k_1 = k_2 = … = k_n: α_i = 1/n": what follows a heading that was not read may rest on it.
                    let heads = self.tokens.get(run.range.end).is_some_and(|t| matches!(t.kind, Tok::Colon | Tok::Implies));
                    // "α_a → 0 for β → …": so may what a condition that was not read is about.
                    let announced =
                        matches!(&run.before, Before::Words(w) if w.last().is_some_and(|w| ANNOUNCE.contains(&w.as_str())));
                    if heads || announced {
                        flow.forward.unread.push(span.of(self.text).to_string());
                    }
                    if announced {
                        for i in &flow.recent {
                            self.out[*i].scope.unread.push(span.of(self.text).to_string());
                        }
                    }
                }
                return;
            }
        };
        if chain.relations.is_empty() {
            return self.bare(run, chain, flow);
        }
        if self.another_query(&chain) {
            return self.push(self.span(&run.range), Body::Supposition { understood: true }, Scope::default());
        }
        if self.yields(&chain) {
            return self.yielded(run, &chain, flow);
        }
        if self.is_condition(run, &chain, flow) {
            return self.condition(run, &chain, flow);
        }
        self.perhaps_claim(run, &chain, flow);
    }

    /// A relation with a sum whose last term ends at two indices, `d_1 a_1^T b_1 + … + d_p a_p^T b_m`: read with one
    /// end, and the other is a reading beside it. Whether it was read.
    fn with_one_end(&mut self, run: &Run, flow: &mut Flow) -> bool {
        let options = Options { ends: Ends::First, ..Options::default() };
        let tokens = &self.tokens[run.range.clone()];
        let Ok(chain) = parse_chain(tokens, self.text, &self.world.lexicon, options) else { return false };
        if chain.relations.is_empty() || self.is_condition(run, &chain, flow) {
            return false;
        }
        let first = self.out.len();
        self.claim(run, &chain, flow);
        for statement in &mut self.out[first..] {
            statement.scope.mended = Some("one end for all indices of the sum".into());
        }
        true
    }

    /// Drops what was read from one statement on, but for what is kept.
    pub(super) fn keep_from(&mut self, first: usize, kept: impl Fn(&Statement) -> bool) {
        let mut later = self.out.split_off(first);
        later.retain(kept);
        self.out.extend(later);
    }

    pub(super) fn push(&mut self, span: Span, body: Body, scope: Scope) {
        self.out.push(Statement { span, body, scope, remarks: vec![] });
    }

    /// `q′ = γ (k_a + k_b)`: the prime makes another letter, it transposes nothing.
    fn another_query(&self, chain: &Chain) -> bool {
        let [left, right] = chain.operands.as_slice() else { return false };
        let vector =
            |e: &Expr| matches!(e, Expr::Symbol(s) if s.name == "q" && (self.world.is_slot(e) || self.world.is_matrix(s)));
        let primed = left.span.of(self.text).contains(['\'', '′', '’']) || left.span.of(self.text).contains("prime");
        let row = matches!(right.expr, Expr::Transpose(_) | Expr::Tuple(_));
        matches!(&left.expr, Expr::Transpose(inner) if vector(inner)) && primed && !row && chain.relations == [Relation::Equal]
    }
}

/// What words say beside a query that the sentence chooses, "It is enough to take q = k_j", may need what it leaves unsaid of the keys.
fn with_open_choices(scope: &Scope, world: &World) -> Scope {
    let premise = |c: &Condition| match c {
        Condition::Define(s, body) if world.gives(s) && !body.is_zero() => {
            let link = Link { left: Expr::Symbol(s.clone()), relation: Relation::Equal, right: body.clone() };
            Some(Premise { text: "a query of its own".into(), links: vec![link], others: false })
        }
        _ => None,
    };
    let mut scope = scope.clone();
    let more: Vec<Premise> = scope.conditions.iter().filter_map(premise).collect();
    scope.premises.extend(more);
    scope
}
