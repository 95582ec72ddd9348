//! Which relations are conditions, and what they bind to.

use super::condition::{AHEAD, ANNOUNCE, EXPLAIN, LASTING, SUPPOSE, as_condition, is_parameter};
use super::in_force::Bound;
use super::links::{about_one_draw, closed, first_link, is_bound, link_at, negated, same_subject};
use super::mentioned;
use super::read::{Flow, Reader};
use super::segment::{Before, Run};
use super::statement::{Body, Condition, Link, Premise, Scope, Statement};
use crate::language::{Chain, Expr, Relation, Symbol, Tok, Token};
use crate::span::Span;

impl Reader<'_> {
    /// Whether a relation is a condition: announced by a word, continuing a list of conditions,
    /// in brackets of its own, about bare indices, or about a limit.
    pub(super) fn is_condition(&self, run: &Run, chain: &Chain, flow: &Flow) -> bool {
        let link = first_link(chain);
        let imposable = chain.relations.len() == 1 && as_condition(&link, self.world).is_some();
        let plain = chain.relations.iter().all(|r| !matches!(r, Relation::MuchGreater | Relation::MuchLess));
        if run.for_all
            || imposable && self.excluded(run)
            || plain
                && self.relative(run)
                && !self.fills_slot(&link)
                && !matches!(run.before, Before::Words(ref w) if w.len() >= 2 && w[w.len() - 2] == "so")
        {
            return true;
        }
        if chain.relations.len() == 1 && self.ties_limits(&link) {
            return true;
        }
        if run.aside && self.fills_slot(&link) {
            return false;
        }
        if imposable
            && matches!(as_condition(&link, self.world), Some(Condition::Limit(..) | Condition::Same(..) | Condition::Differ(..)))
        {
            return true;
        }
        if run.aside && (imposable || !chain.relations.iter().all(|r| *r == Relation::Equal || *r == Relation::Approx)) {
            return true;
        }
        // `n = 21`, `α = 0`: nobody claims a value of what the question leaves free.
        let parameter = match &link.left {
            Expr::Symbol(s) => is_parameter(s, self.world) || self.own_scale(s),
            left => matches!(left, Expr::Call("exp", _)),
        };
        // "Had we used q = …", "if both heads had q = …": another answer is supposed, none is given.
        if self.fills_slot(&link) && (self.hypothetical(run) || self.supposed_ahead(run)) {
            return true;
        }
        // `β → -∞`: nobody claims either where such a number goes.
        if parameter && link.relation == Relation::Tends && link.right.symbols().is_empty() {
            return true;
        }
        let value = imposable && matches!(as_condition(&link, self.world), Some(Condition::Value(..)));
        if value && (parameter || self.own_length(&link.left)) {
            return true;
        }
        // "If all values satisfy ‖v_i‖ ≤ 1 …"
        let satisfied = matches!(&run.before, Before::Words(w)
            if w.last().is_some_and(|v| matches!(v.as_str(), "satisfy" | "satisfies" | "obey" | "obeys" | "fulfil" | "fulfils"))
                && w.iter().any(|v| SUPPOSE.contains(&v.as_str())));
        if satisfied {
            return true;
        }
        if self.recalls(run) && (imposable || !self.fills_slot(&link)) {
            return true;
        }
        let soon = matches!(&run.before, Before::Words(w) if w.ends_with(&["as".into(), "soon".into(), "as".into()]) || w.ends_with(&["as".into(), "long".into(), "as".into()]));
        let claimed = !imposable && self.subject_of_all(run);
        let claimed = claimed || self.demanded(run, &link, imposable) || !imposable && self.of_the_question(run);
        let announced = soon || !claimed && self.announcer(run).is_some_and(|w| ANNOUNCE.contains(&w.as_str()));
        if announced && self.fills_slot(&link) && !self.announcer(run).is_some_and(|w| SUPPOSE[..2].contains(&w.as_str())) {
            return false;
        }
        let joined = matches!(&run.before, Before::Words(w) if w.iter().all(|x| x == "and" || x == "or"));
        let equality = flow.more && chain.relations == [Relation::Equal] && !self.fills_slot(&link) && !self.conditioned(run);
        let continued = flow.in_conditions && (imposable && (joined || run.before == Before::Comma) || equality && joined);
        // `X = 1.5: v_a gets …`
        let headed = imposable
            && self.tokens.get(run.range.end).is_some_and(|t| t.kind == Tok::Colon)
            && match as_condition(&link, self.world) {
                Some(Condition::Value(..)) => true,
                // `X < 0: c_1 goes to …`
                Some(Condition::Holds(_)) => parameter && self.opens(run),
                _ => false,
            };
        announced
            || continued
            || headed
            || flow.in_conditions && joins(&run.before) && self.bounds_again(&link, flow)
            || imposable && parameter && self.opens(run) && self.condition_goes_on(run)
            || self.heads_own_case(run, &link)
            || self.opens_case(run, chain.relations.len() == 1, &link, flow)
            || self.alternative(run)
    }

    /// "In our case A^T A = I": of what the question supposes itself, and no case of its own.
    fn of_the_question(&self, run: &Run) -> bool {
        const NOUNS: &[&str] = &["case", "setting", "situation", "setup", "problem", "question", "exercise"];
        matches!(&run.before, Before::Words(w)
            if matches!(w.as_slice(), [.., place, our, noun] if place == "in" && our == "our" && NOUNS.contains(&noun.as_str())))
    }

    /// "we need k_j^T q ≫ k_i^T q": what a question without an answer of its own to fill in asks for is said, not supposed.
    fn demanded(&self, run: &Run, link: &Link, imposable: bool) -> bool {
        let needs = self
            .announcer(run)
            .is_some_and(|w| matches!(w.as_str(), "need" | "needs" | "require" | "requires" | "required" | "that"))
            && matches!(&run.before, Before::Words(w) if w.iter().any(|v| v.starts_with("need") || v.starts_with("requir")));
        let gap = matches!(link.relation, Relation::MuchGreater | Relation::MuchLess | Relation::Tends);
        needs && gap && !imposable && self.world.slots.is_empty() && self.world.attends()
    }

    /// "X < 1, also for X < 0: c → v_b": the comma after a run leads to more of its condition.
    fn condition_goes_on(&self, run: &Run) -> bool {
        let word = |i: usize| self.tokens.get(run.range.end + i).and_then(Token::word);
        let comma = self.tokens.get(run.range.end).is_some_and(|t| t.kind == Tok::Comma);
        comma
            && word(1).is_some_and(|w| matches!(w.as_str(), "also" | "even" | "and" | "or"))
            && word(2).is_some_and(|w| ANNOUNCE.contains(&w.as_str()))
    }

    /// "γ < 0 but γ > −1": a second bound of what a condition has bounded.
    fn bounds_again(&self, link: &Link, flow: &Flow) -> bool {
        let Some(new) = as_condition(link, self.world) else { return false };
        let recent = flow.recent.iter().flat_map(|i| &self.out[*i].scope.conditions);
        flow.forward.conditions.iter().chain(recent).any(|c| same_subject(c, &new) && is_bound(c) && is_bound(&new))
    }

    /// `ε > 0: c ≈ v_a`, `s < 0 ⇒ …`: a case of a letter of the writer's own before what is said of it.
    fn heads_own_case(&self, run: &Run, link: &Link) -> bool {
        let after = self.tokens.get(run.range.end).map(|t| &t.kind);
        self.own_case(link) && self.opens(run) && matches!(after, Some(Tok::Colon | Tok::Implies))
    }

    /// "if head 2 had used q_2 = …", "had we chosen q = …".
    fn hypothetical(&self, run: &Run) -> bool {
        let Before::Words(words) = &run.before else { return false };
        // "I had chosen q = …" tells what was.
        let own = words.windows(2).any(|w| matches!(w[0].as_str(), "i" | "we") && w[1] == "had");
        let used =
            |w: &[String]| !own && w[0] == "had" && matches!(w[1].as_str(), "used" | "chosen" | "taken" | "picked" | "set");
        words.iter().any(|w| w == "if") || words.first().is_some_and(|w| w == "had") || words.windows(2).any(used)
    }

    /// "Suppose the factors differ a bit: q = …": words that begin with a supposition, and behind the colon what it is.
    fn supposed_ahead(&self, run: &Run) -> bool {
        let Some(colon) = run.range.start.checked_sub(1).filter(|i| self.tokens[*i].kind == Tok::Colon) else { return false };
        let words = &self.tokens[self.sentence_start(colon)..colon];
        let first = words.first().and_then(Token::word);
        first.is_some_and(|w| AHEAD.contains(&w.as_str())) && words.iter().all(|t| t.word().is_some())
    }

    /// A letter of the writer's own compared with a number.
    fn own_case(&self, link: &Link) -> bool {
        let own = matches!(&link.left, Expr::Symbol(s) if s.indices.is_empty() && !self.world.knows(s, &[]));
        let side = link.relation.is_order();
        own && side && link.right.is_closed()
    }

    /// The writer's own letter for the size of a query, the `T` of `q = (k_a + k_b) / T`.
    fn own_scale(&self, symbol: &Symbol) -> bool {
        let fills = |s: &Statement| match &s.body {
            Body::Relation { link, .. } => self.fills_slot(link) && link.right.symbols().contains(symbol),
            _ => false,
        };
        symbol.indices.is_empty() && !self.world.knows(symbol, &[]) && self.out.iter().any(fills)
    }

    /// The writer's own letter for how long a drawn key is, the `Y` of `k_a = Y μ_a`: nobody claims that it has a value.
    fn own_length(&self, left: &Expr) -> bool {
        let Expr::Symbol(symbol) = left else { return false };
        let stretches = |s: &Statement| match &s.body {
            Body::Relation { link: Link { left: Expr::Symbol(key), right, .. }, .. } => {
                self.world.is_drawn(&key.name) && right.symbols().contains(symbol)
            }
            _ => false,
        };
        symbol.indices.is_empty() && !self.world.knows(symbol, &[]) && self.out.iter().any(stretches)
    }

    /// Whether the run opens its sentence or line.
    fn opens(&self, run: &Run) -> bool {
        matches!(run.before, Before::Start | Before::Comma | Before::Implies)
    }

    /// "For the usual q = …": what is recalled is not claimed.
    pub(super) fn recalls(&self, run: &Run) -> bool {
        const KNOWN: &[&str] = &["usual", "ordinary", "original", "old", "previous", "earlier", "same", "former", "plain"];
        let Before::Words(words) = &run.before else { return false };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        matches!(words.as_slice(), [.., "despite"] | [.., "spite", "of"])
            || matches!(words.as_slice(), [.., "for" | "with" | "under" | "than", "the", known] if KNOWN.contains(known))
    }

    /// "…, every α_i equals 1/n": a quantifier that opens its clause belongs to the subject of a claim; "for every i ≠ j" does not.
    fn subject_of_all(&self, run: &Run) -> bool {
        let Before::Words(words) = &run.before else { return false };
        let quantifier = |w: &String| matches!(w.as_str(), "every" | "each" | "all");
        let joint = |w: &String| matches!(w.as_str(), "then" | "so" | "thus" | "hence" | "and");
        match words.as_slice() {
            [all] => quantifier(all),
            [first, all] => joint(first) && quantifier(all),
            _ => false,
        }
    }

    /// Whether a condition of its own follows the run: then it is a claim.
    pub(super) fn conditioned(&self, run: &Run) -> bool {
        self.tokens.get(run.range.end).and_then(Token::word).is_some_and(|w| w == "otherwise" || ANNOUNCE.contains(&w.as_str()))
    }

    /// The word that decides how the run is meant: the one directly before it.
    pub(super) fn announcer(&self, run: &Run) -> Option<String> {
        match &run.before {
            // "if the multiple is above 1": an article adds nothing.
            Before::Words(words) => match words.as_slice() {
                // "if instead q_1 = q_2"
                [.., first, article]
                    if matches!(first.as_str(), "if" | "when" | "whenever") && matches!(article.as_str(), "the" | "instead") =>
                {
                    Some(first.clone())
                }
                [.., first, that]
                    if matches!(first.as_str(), "provided" | "given" | "assuming" | "suppose") && that == "that" =>
                {
                    Some(first.clone())
                }
                // "from β > ln n on", not "follows from α_j = 1".
                [.., from] if from == "from" => {
                    let on = self.tokens.get(run.range.end).and_then(Token::word).is_some_and(|w| w == "on");
                    on.then(|| from.clone())
                }
                words => words.last().cloned(),
            },
            Before::Colon if self.supposed_ahead(run) => Some("suppose".into()),
            _ => None,
        }
    }

    pub(super) fn fills_slot(&self, link: &Link) -> bool {
        self.world.is_slot(&link.left) && link.relation == Relation::Equal && !self.world.is_slot(&link.right)
    }

    pub(super) fn condition(&mut self, run: &Run, chain: &Chain, flow: &mut Flow) {
        let span = self.span(&run.range);
        let word = self.announcer(run).unwrap_or_default();
        flow.case |= self.opens_case(run, chain.relations.len() == 1, &first_link(chain), flow);
        flow.joined = flow.in_conditions && joins(&run.before);
        flow.in_conditions = true;
        flow.only_if = word == "if";
        let mut understood = Vec::new();
        for i in 0..chain.relations.len() {
            let link = link_at(chain, i);
            if let Some(fixed) = self.held_fixed(run, &link) {
                understood.push(Some(fixed));
                continue;
            }
            let link = if word == "unless" || self.excluded(run) { negated(link) } else { Some(link) };
            let own = link.clone().filter(|l| self.own_case(l)).map(Condition::Holds);
            understood.push(link.and_then(|l| as_condition(&l, self.world)).or(own));
        }
        let leads = flow.more && (self.opens_clause(run) || self.precedes(run, flow));
        if self.ties_limits(&first_link(chain)) {
            let text = span.of(self.text).to_string();
            flow.forward.unread.push(text.clone());
            for i in &flow.recent {
                self.out[*i].scope.unread.push(text.clone());
            }
            self.lasting.unread.push(text);
            return self.push(span, Body::Supposition { understood: false }, Scope::default());
        }
        if self.relative(run) {
            return self.open_premise(span, chain, false, flow);
        }
        if let Some(list) = understood.into_iter().collect::<Option<Vec<Condition>>>() {
            self.push(span, Body::Supposition { understood: true }, Scope::default());
            let converse = if self.says_only(run, flow) { list.clone() } else { vec![] };
            let (lasts, enough) = (LASTING.contains(&word.as_str()), enough_to(run));
            self.chooses(&list, span, lasts, flow);
            if self.bind(list.clone(), lasts && !enough, leads, flow) {
                for i in &flow.recent {
                    self.out[*i].scope.converse.extend(converse.iter().cloned());
                }
            } else {
                flow.forward.converse.extend(converse);
            }
            if enough {
                self.lasting.conditions.retain(|c| !list.iter().any(|new| same_subject(c, new)));
                self.lasting.conditions.extend(list);
            }
            return;
        }
        if EXPLAIN.contains(&word.as_str()) || run.aside {
            if chain.relations.len() == 1 && mentioned::denied(self.tokens, &run.range) {
                // "There is no i with α_i = 0."
                return self.denial(run, chain, flow);
            }
            let before = self.out.len();
            self.claim(run, chain, flow);
            // "k_a = X μ_a with X ~ N(1, ¼)": a law of what was drawn is right or wrong, whatever word brings it in.
            let law = chain.relations == [Relation::Tilde] && matches!(chain.operands[1].expr, Expr::Normal(..));
            // "where ‖q‖ = 2β": nobody explains a letter by the length of another.
            let plain = chain.relations == [Relation::Equal]
                && matches!(chain.operands[0].expr, Expr::Norm(_) | Expr::Moment(..))
                && chain.operands.iter().all(|o| o.expr.symbols().iter().all(|s| self.world.knows(s, &[])));
            let claims = law || plain && word == "where" && !run.aside;
            for s in &mut self.out[before..] {
                s.scope.tentative |= !claims;
            }
            return;
        }
        if (0..chain.relations.len()).any(|i| closed(&link_at(chain, i))) {
            for i in (0..chain.relations.len()).filter(|i| closed(&link_at(chain, *i))) {
                let place = chain.operands[i].span.to(chain.operands[i + 1].span);
                self.push(place, Body::Relation { link: link_at(chain, i), alternatives: vec![] }, Scope::default());
            }
            return;
        }
        if self.introduces(chain) {
            return self.claim(run, chain, flow);
        }
        self.open_premise(span, chain, LASTING.contains(&word.as_str()), flow);
    }

    /// What a sentence chooses for itself, "With β = ln n …", "it is enough to put q = k_j": another one takes its place, and what
    /// comes later may be said of it.
    pub(super) fn chooses(&mut self, list: &[Condition], span: Span, lasts: bool, flow: &mut Flow) {
        for condition in list {
            let old = |(_, c): &&(String, Condition)| same_subject(c, condition);
            let replaced: Vec<&String> = self.choices.iter().filter(old).map(|(text, _)| text).collect();
            flow.forward.unread.retain(|u| !replaced.contains(&u));
            self.choices.retain(|(_, c)| !same_subject(c, condition));
            if matches!(condition, Condition::Define(s, body) if !lasts && super::condition::chosen(s, body, self.world)) {
                self.choices.push((span.of(self.text).to_string(), condition.clone()));
            }
        }
    }

    /// "if and only if X > 0", "only for X < -1", "exactly when X > 1": nothing else is said to do.
    fn says_only(&self, run: &Run, flow: &Flow) -> bool {
        let Before::Words(words) = &run.before else { return false };
        let start = self.span(&run.range).start;
        let adjacent = flow.recent.last().is_none_or(|i| {
            let end = self.out[*i].span.end;
            self.tokens.iter().filter(|t| t.span.start >= end && t.span.end <= start).count() == words.len()
        });
        if !adjacent {
            return false;
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // Directly behind the claim, or before it: other words would be another claim of which this is said.
        matches!(
            words.as_slice(),
            ["iff"]
                | ["if", "and", "only", "if"]
                | ["only" | "exactly" | "precisely", "if" | "when" | "for" | "where" | "with" | "once" | "whenever"]
                | ["only" | "exactly" | "precisely", "in" | "for", "draws" | "samples" | "cases", "with" | "where"]
        )
    }

    /// "choosing β = α^{-1/2}": one scalar of a limit is tied to another, and the limits can't be taken one after the other.
    pub(super) fn ties_limits(&self, link: &Link) -> bool {
        let limited = |s: &Symbol| s.indices.is_empty() && self.world.scalars.get(&s.name).is_some_and(|s| s.limit.is_some());
        let Expr::Symbol(left) = &link.left else { return false };
        let others = link.right.symbols();
        limited(left)
            && link.relation == Relation::Equal
            && !others.is_empty()
            && others.iter().all(limited)
            && !others.contains(left)
    }

    /// A supposition that no condition can impose: what is said around it depends on it.
    pub(super) fn open_premise(&mut self, span: Span, chain: &Chain, lasts: bool, flow: &mut Flow) {
        let links = (0..chain.relations.len()).map(|i| link_at(chain, i)).collect();
        let premise = Premise { text: span.of(self.text).to_string(), links, others: false };
        flow.forward.premises.push(premise.clone());
        for i in &flow.recent {
            self.out[*i].scope.premises.push(premise.clone());
        }
        if lasts {
            self.lasting.premises.push(premise);
        }
        self.push(span, Body::Supposition { understood: false }, Scope::default());
    }

    /// "the zone in which 0.1 < α_a < 0.9", "draws such that X > 1": the relation only says which.
    pub(super) fn relative(&self, run: &Run) -> bool {
        let Before::Words(words) = &run.before else { return false };
        let [.., first, second] = words.as_slice() else { return false };
        let which = second == "which" && matches!(first.as_str(), "in" | "for" | "at" | "on" | "under" | "over" | "with");
        let that = second == "that" && matches!(first.as_str(), "such" | "so");
        // "It suffices that k_j^T q > k_i^T q": a condition for something else.
        let enough = second == "that" && matches!(first.as_str(), "suffices" | "enough" | "sufficient" | "suffice");
        which || that || enough
    }

    /// "Put v_a = A x": an equation whose right side has a letter of the writer's own says what it is; so does
    /// "let s_i = k_i^T q", whose left side is one.
    pub(super) fn introduces(&self, chain: &Chain) -> bool {
        let unknown = |e: &Expr| e.symbols().iter().filter(|s| !self.world.knows(s, &[])).count();
        let [left, right] = chain.operands.as_slice() else { return false };
        let letter =
            matches!(&left.expr, Expr::Symbol(s) if !self.world.knows(s, &[]) && !self.world.synonyms.contains_key(&s.name));
        let noise = right.expr.symbols().iter().any(|s| self.world.is_noise(s));
        let solved = unknown(&left.expr) == 0 && (unknown(&right.expr) == 1 || noise);
        chain.relations[0] == Relation::Equal && (solved || letter && !right.expr.is_closed())
    }

    /// "With q = …: if X > 1 then …": after a colon, or with "then" behind it, a condition is of what follows.
    pub(super) fn precedes(&self, run: &Run, flow: &Flow) -> bool {
        let from = flow.recent.last().map_or(0, |i| self.out[*i].span.end);
        let start = self.span(&run.range).start;
        let between = self.tokens.iter().filter(|t| t.span.start >= from && t.span.end <= start);
        let then = self.tokens.get(run.range.end).and_then(Token::word).is_some_and(|w| w == "then");
        then || between.into_iter().any(|t| matches!(t.kind, Tok::Colon | Tok::Semicolon))
    }

    /// "… and for X < 1 …": the words before the condition begin a clause of its own.
    pub(super) fn opens_clause(&self, run: &Run) -> bool {
        let Before::Words(words) = &run.before else {
            return false;
        };
        let [.., joint, announcer] = words.as_slice() else {
            return false;
        };
        matches!(joint.as_str(), "and" | "but" | "while" | "whereas" | "then") && ANNOUNCE.contains(&announcer.as_str())
    }

    /// Conditions after a claim belong to the claim, before one to what follows. `list` is one relation's, `0 < X < 1`.
    /// Whether they belong to a claim before them is given back.
    pub(super) fn bind(&mut self, list: Vec<Condition>, lasts: bool, leads: bool, flow: &mut Flow) -> bool {
        let place = self.out.last().map_or(0, |s| s.span.start);
        self.tell(place, &list);
        self.bound.extend(list.iter().map(|c| Bound { place, condition: c.clone() }));
        self.events.extend(list.iter().filter(|c| about_one_draw(c, self.world)).map(|c| (place, c.clone())));
        // "γ < 0 and γ > -1" is one case, and its second bound no other one.
        let both = |c: &Condition, new: &Condition| flow.joined && is_bound(c) && is_bound(new);
        let about = |c: &Condition| list.iter().any(|new| same_subject(c, new) && !both(c, new));
        // "With k_a = t μ_a, t = 0: …": the value of a letter that the relation before it brings in.
        let brings = |s: &Symbol| {
            let mentions =
                |i: &usize| matches!(&self.out[*i].body, Body::Relation { link, .. } if link.right.symbols().contains(s));
            !self.world.knows(s, &[]) && flow.recent.iter().any(mentions)
        };
        let leads = leads
            || flow.more
                && list.iter().any(|c| match c {
                    Condition::Value(s, _) => brings(s),
                    Condition::Holds(Link { left: Expr::Symbol(s), .. }) | Condition::Limit(s, _) => brings(s),
                    _ => false,
                });
        // "… → 1/2 with n = 8, t = 8 this is 0.4995": what goes to a limit is not said at a value.
        let tends = |i: &usize| matches!(&self.out[*i].body, Body::Relation { link, .. } if link.relation == Relation::Tends);
        let valued = !flow.only_if && list.iter().all(|c| matches!(c, Condition::Value(..)));
        let leads = leads || flow.recent.iter().any(tends) && valued;
        let taken = flow.recent.iter().any(|i| self.out[*i].scope.conditions.iter().any(about));
        if !flow.recent.is_empty() && !taken && !lasts && !leads {
            for i in &flow.recent {
                self.out[*i].scope.conditions.extend(list.iter().cloned());
            }
            return true;
        }
        flow.recent.clear();
        flow.forward.conditions.retain(|c| !about(c));
        flow.forward.conditions.extend(list.iter().cloned());
        if lasts {
            self.lasting.conditions.retain(|c| !about(c));
            self.lasting.conditions.extend(list);
        }
        false
    }

    /// The one weight that the heading before a list of values names: "weight of v_a:", "α_a for β = 4:".
    fn heading_weight(&self, run: &Run) -> Option<Expr> {
        let colon = self.tokens[..run.range.start].iter().rposition(|t| t.kind == Tok::Colon)?;
        let start = self.sentence_start(colon);
        let heading = &self.tokens[start..colon];
        let name = |t: &Token, wanted: &str| matches!(&t.kind, Tok::Name(n) if n == wanted);
        let index = |at: usize| match (heading.get(at).map(|t| &t.kind), heading.get(at + 1).map(|t| &t.kind)) {
            (Some(Tok::Sub), Some(Tok::Name(letter))) => Some(letter.clone()),
            _ => None,
        };
        let named = |i: usize| {
            let weight = i >= 2 && heading[i - 2].word().is_some_and(|w| w == "weight");
            (name(&heading[i], "alpha") || name(&heading[i], "v") && weight).then(|| index(i + 1)).flatten()
        };
        let mut letters: Vec<String> = (0..heading.len()).filter_map(named).collect();
        letters.dedup();
        let [letter] = letters.as_slice() else { return None };
        Some(Expr::Symbol(Symbol::indexed("alpha", letter)))
    }

    /// `β = 3 → 0.997`: a parameter's value and an arrow to what comes out.
    pub(super) fn yields(&self, chain: &Chain) -> bool {
        let [left, value, result] = chain.operands.as_slice() else { return false };
        let parameter = matches!(&left.expr, Expr::Symbol(s) if is_parameter(s, self.world));
        let closed = value.expr.is_closed() && result.expr.is_closed();
        parameter && closed && chain.relations == [Relation::Equal, Relation::Tends]
    }

    pub(super) fn yielded(&mut self, run: &Run, chain: &Chain, flow: &mut Flow) {
        let place = chain.operands[0].span.to(chain.operands[1].span);
        self.push(place, Body::Supposition { understood: true }, Scope::default());
        if let Some(condition) = as_condition(&first_link(chain), self.world) {
            self.bind(vec![condition], false, true, flow);
        }
        let rest = Span::new(place.end, self.span(&run.range).end);
        if let Some(left) = self.heading_weight(run) {
            let link = Link { left, relation: Relation::Equal, right: chain.operands[2].expr.clone() };
            let whole = self.span(&run.range);
            return self.push(whole, Body::Relation { link, alternatives: vec![] }, flow.forward.clone());
        }
        self.push(rest, Body::Unread { stopped: "an arrow to a number: what comes out is not named".into() }, Scope::default());
    }
}

/// "it is sufficient to choose β = ln n": a condition of what it is enough for.
fn enough_to(run: &Run) -> bool {
    let Before::Words(words) = &run.before else { return false };
    matches!(words.as_slice(), [.., enough, to, _]
        if to == "to" && matches!(enough.as_str(), "enough" | "sufficient" | "suffices" | "suffice"))
}

/// Whether what stands before a condition joins it to the one before.
fn joins(before: &Before) -> bool {
    match before {
        Before::Comma => true,
        Before::Words(words) => words.iter().all(|w| matches!(w.as_str(), "and" | "but" | "yet" | "still" | "also" | "with")),
        _ => false,
    }
}
