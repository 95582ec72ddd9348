//! Blocks of a masked text, by pulldown-cmark.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::label::Label;
use super::math::Region;
use super::{Block, Piece, PieceKind};
use crate::span::Span;

/// The blocks of a text whose mathematics and labels are masked; labels belong to no piece.
pub fn blocks(text: &str, masked: &str, regions: &[Region], labels: &[Label]) -> Vec<Block> {
    let nothing = |s: Span| Region { outer: s, inner: Span::new(s.end, s.end), display: false };
    let mut cuts: Vec<Region> = regions.iter().cloned().chain(labels.iter().filter_map(|l| l.span.map(nothing))).collect();
    cuts.sort_by_key(|r| r.outer.start);
    let regions = &cuts;
    let mut collector = Collector { text, regions, done: vec![], open: vec![] };
    for (event, range) in Parser::new_ext(masked, Options::ENABLE_TABLES).into_offset_iter() {
        let span = Span::new(range.start, range.end);
        match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell | Tag::CodeBlock(_)) => {
                collector.close()
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock) => {
                collector.close()
            }
            Event::Text(_) | Event::Html(_) | Event::InlineHtml(_) => {
                for line in span_lines(text, span) {
                    match bulleted(text, line) {
                        Some(item) => {
                            collector.close();
                            collector.words(item);
                        }
                        None => collector.words(line),
                    }
                }
            }
            Event::Code(_) => collector.code(span),
            _ => {}
        }
    }
    collector.close();
    collector.done
}

/// The stretch, cut before each of its lines that begins with a bullet.
fn span_lines(text: &str, span: Span) -> Vec<Span> {
    let inside = span.of(text);
    let starts = inside.match_indices('\n').map(|(at, _)| span.start + at + 1);
    let cuts = starts.filter(|at| bulleted(text, Span::new(*at, span.end)).is_some());
    let mut out = Vec::new();
    let mut from = span.start;
    for cut in cuts {
        out.push(Span::new(from, cut));
        from = cut;
    }
    out.push(Span::new(from, span.end));
    out
}

/// "• one item": a line that begins with a bullet which is no list of Markdown, without its bullet.
fn bulleted(text: &str, line: Span) -> Option<Span> {
    const BULLETS: &[char] = &['•', '◦', '‣', '▪', '●', '○', '■', '➢', '✓'];
    let (start, first) = line.of(text).char_indices().find(|(_, c)| !c.is_whitespace())?;
    let before = text.get(..line.start + start)?;
    let opens = before.trim_end_matches([' ', '\t', '>']);
    let first_of_line = opens.is_empty() || opens.ends_with('\n');
    let bullet = BULLETS.contains(&first) && first_of_line;
    let from = line.start + start + first.len_utf8();
    let blank = text.get(from..line.end)?.chars().take_while(|c| *c == ' ').count();
    bullet.then(|| Span::new(from + blank, line.end))
}

struct Collector<'a> {
    text: &'a str,
    regions: &'a [Region],
    done: Vec<Block>,
    open: Vec<Piece>,
}

impl Collector<'_> {
    fn close(&mut self) {
        if !self.open.is_empty() {
            self.done.push(Block { pieces: std::mem::take(&mut self.open) });
        }
    }

    /// A stretch of text: words, cut by the mathematics that lies in it.
    fn words(&mut self, span: Span) {
        let first = self.regions.partition_point(|r| r.outer.end <= span.start);
        let mut at = span.start;
        for region in &self.regions[first..] {
            if region.outer.start >= span.end {
                break;
            }
            self.push(PieceKind::Words, Span::new(at, region.outer.start.max(at)));
            self.math(region);
            at = region.outer.end.min(span.end);
        }
        self.push(PieceKind::Words, Span::new(at, span.end));
    }

    /// A region that several lines of text touch counts once. Rows of an aligned display become
    /// pieces of their own.
    fn math(&mut self, region: &Region) {
        if self
            .open
            .iter()
            .any(|p| region.inner.start <= p.span.start && p.span.end <= region.inner.end && p.kind != PieceKind::Words)
        {
            return;
        }
        let kind = if region.display { PieceKind::DisplayMath } else { PieceKind::InlineMath };
        let inner = region.inner.of(self.text);
        let start = region.inner.start;
        for row in rows(inner) {
            self.push(kind, Span::new(start + row.start, start + row.end));
        }
    }

    fn code(&mut self, span: Span) {
        let raw = span.of(self.text);
        let ticks = raw.bytes().take_while(|b| *b == b'`').count();
        self.push(PieceKind::Code, Span::new(span.start + ticks, span.end.saturating_sub(ticks).max(span.start + ticks)));
    }

    fn push(&mut self, kind: PieceKind, span: Span) {
        let text = span.of(self.text);
        let label_only = text.trim().is_empty();
        if label_only || span.is_empty() {
            return;
        }
        // Adjacent stretches of words are one.
        if let Some(last) = self.open.last_mut()
            && kind == PieceKind::Words
            && last.kind == PieceKind::Words
            && self.text.get(last.span.end..span.start).is_some_and(|s| s.trim().is_empty())
        {
            last.span.end = span.end;
            return;
        }
        self.open.push(Piece { kind, span });
    }
}

/// Rows of a display: stretches between `\\` outside of inner environments.
fn rows(inner: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    let mut at = 0;
    let bytes = inner.as_bytes();
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            let rest = &inner[at..];
            if rest.starts_with("\\begin{") && !rest.starts_with("\\begin{aligned}") && !rest.starts_with("\\begin{split}") {
                depth += 1;
            } else if rest.starts_with("\\end{") && !rest.starts_with("\\end{aligned}") && !rest.starts_with("\\end{split}") {
                depth = depth.saturating_sub(1);
            } else if rest.starts_with("\\\\") && depth == 0 {
                out.push(Span::new(start, at));
                start = at + 2;
            }
            at += 2;
        } else {
            at += 1;
        }
    }
    out.push(Span::new(start.min(inner.len()), inner.len()));
    out
}
