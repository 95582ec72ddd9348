//! Words that every world's frames know: those that say nothing of their own, and notions of general language.

/// Words that may stand anywhere in a clause without changing what it says.
pub(super) const NEUTRAL: &str = "a|an|the|of|to|in|on|for|with|by|from|at|as|is|are|be|been|being|was|were|am|becomes|become|that|this|\
these|those|there|here|its|their|our|my|your|his|we|you|us|i|then|so|thus|hence|therefore|also|too|and|leave|leaves|really|actually|simply|\
obviously|indeed|of~course|will|does|do|did|has|have|had|which|who|whose|where|own|itself|themselves|respectively|now|still|\
again|it~follows~that|this~means~that|that~means|in~words|in~fact|because|since|but|however|moreover|furthermore|consequently|\
in~particular|well|quite|rather|mainly|by~construction|by~definition|after~all|one~sees~that|\
it~is~clear~that|we~know~that|as~a~consequence|i.e|in~this~model|in~our~setting|makes~sure~that|open(*|close(*|quote*";

/// The notion of a denial.
pub(super) const NOT: &str = "not";

/// Notions of general language: a name, and the words that stand for it.
pub(super) const NOTIONS: &[(&str, &str)] = &[
    (NOT, "not|never|cannot|no~longer|n't|neither|hardly|by~no~means|in~no~way"),
    ("no", "no|none|nothing|no~one|not~any|not~a|zero|not~a~single"),
    ("it", "it|they|them|he|she|this|that"),
    ("every", "every|each|all|any|whatever|whichever|arbitrary|always|in~every~case|in~all~cases|in~general|for~any|for~all"),
    ("always", "always|in~every~case|in~all~cases|in~any~case|every~time|necessarily|automatically|whatever~happens|invariably"),
    ("only", "only|just|solely|exclusively|nothing~but|alone|merely"),
    ("both", "both|two|the~two|either"),
    ("exactly", "exactly|precisely|exact|perfectly|perfect|without~error|without~any~error|completely|entirely|fully|strictly"),
    (
        "almost",
        "almost|nearly|practically|essentially|virtually|basically|approximately|roughly|about|close~to|up~to~a~small~error|more~or~less|≈|nearly~exactly",
    ),
    (
        "nearly-all",
        "nearly~everything|almost~everything|nearly~all|almost~all|practically~all|practically~everything|essentially~all|almost~the~whole|nearly~the~whole|close~to~one|close~to~1|near~1|near~one|almost~1|almost~one|nearly~1|nearly~one|the~lion's~share|most|the~bulk|the~vast~majority",
    ),
    (
        "if",
        "if|when|whenever|once|as~soon~as|provided|provided~that|as~long~as|where|in~case|given|given~that|for|with|suppose|assuming",
    ),
    ("can", "can|may|could|might|able|is~able~to|are~able~to|possible|it~is~possible~to|possibly"),
    ("must", "must|has~to|have~to|needs~to|need~to|need|needs|requires|require|necessary|should|is~required|are~required"),
    (
        "more",
        "more|larger|bigger|greater|higher|longer|increases|increase|grows|grow|rises|rise|goes~up|increasing|growing|stronger|increased",
    ),
    (
        "less",
        "less|smaller|lower|fewer|shorter|decreases|decrease|shrinks|shrink|falls|fall|drops|drop|goes~down|decreasing|shrinking|weaker|reduced|reduces|reduce|decreased",
    ),
    (
        "same",
        "same|equal|identical|equally|alike|equals|coincide|coincides|the~same~as|no~different|as~large~as|similar|equal~to",
    ),
    ("different", "different|differ|differs|unequal|distinct|differently|vary|varies"),
    (
        "unchanged",
        "unchanged|unaffected|no~change|nothing~changes|stays~the~same|stay~the~same|remains~the~same|remain~the~same|does~not~change|do~not~change|doesn't~change|don't~change|don~t~change|as~it~is|as~they~are|as~before|the~same|invariant|makes~no~difference|make~no~difference|does~not~matter|doesn't~matter|does~nothing|changes~nothing|change~nothing|no~effect|no~influence|cancels|cancel|cancels~out|cancel~out|drops~out|drop~out|constant|fixed|independent|does~not~depend|doesn't~depend|no~role|is~irrelevant|are~irrelevant|irrelevant",
    ),
    (
        "changes",
        "changes|change|changed|affects|affect|influences|influence|depends|depend|alters|alter|matters|matter|plays~a~role",
    ),
    ("double", "doubling|doubles|double|twice|doubled|a~factor~of~2|a~factor~2|by~2|by~two|two~times"),
    ("half", "half|halves|halved|halving|one~half|50~%|fifty~percent|1~slash~2"),
    (
        "works",
        "works|work|does~it|does~the~job|do~the~job|suffices|suffice|enough|sufficient|does~the~trick|is~fine|will~do|would~do|succeeds|solves~it|solves~the~problem|good~enough|is~right|is~correct",
    ),
    (
        "fails",
        "fails|fail|goes~wrong|breaks~down|breaks|is~lost|is~useless|useless|is~wrong|does~not~work|doesn't~work|isn't~enough|is~not~enough|is~too~small|too~short",
    ),
    ("large", "large|big|high|great|long|strong|huge|very~large|very~big|sufficiently~large|large~enough|big~enough|≫|much"),
    ("small", "small|little|low|tiny|short|weak|minor|negligible|very~small|however~small|vanishing"),
    ("zero", "0|zero|nothing|vanishes|vanish|vanishing|disappears|disappear|none|nil"),
    ("one", "1|one|unity|100~%"),
    ("exists", "exists|exist|there~is|there~are|one~can~find|can~be~found"),
    ("many", "many|several|infinitely~many|various|more~than~one|multiple|lots~of|numerous"),
    ("unique", "unique|the~only|only~one|no~other|uniquely|the~only~one|one~and~only"),
    (
        "other",
        "other|others|another|else|rest|the~rest|remaining|the~remaining|the~others|everybody~else|everyone~else|the~rest~of~them",
    ),
    ("because-of", "due~to|thanks~to|because~of|owing~to"),
    ("than", "than|compared~to|compared~with|relative~to|as|like|instead~of|rather~than"),
    ("without", "without|with~no|no~need~for|lacking"),
];

/// A contracted denial: `isn't`, `doesn’t`.
pub fn contracted(word: &str) -> bool {
    word.ends_with("n't") || word.ends_with("n’t")
}

/// Whether "have to" behind a denial begins at a place of a row of words.
pub(super) fn denied_need(words: &[String], at: usize) -> bool {
    let is = |i: usize, all: &[&str]| words.get(i).is_some_and(|w| all.contains(&w.as_str()));
    let denied = |i: usize| is(i, &["not", "n't", "never"]) || words.get(i).is_some_and(|w| contracted(w));
    is(at, &["have", "has", "need", "needs"]) && is(at + 1, &["to"]) && (at.saturating_sub(2)..at).any(denied)
}
