//! Terms as bare trees, the common form of laws, search and checker.

use num_rational::BigRational;

use super::term::{Func, Term, show_rational};
use crate::language::Symbol;

/// A head with children; a leaf is a number, a symbol, `#k` for the `k`-th opaque part, or `?x`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tree {
    /// Operation, function or leaf.
    pub head: String,
    /// Arguments.
    pub children: Vec<Tree>,
}

/// Most nodes of a tree that is searched.
pub const NODES_MAX: usize = 120;

impl Tree {
    /// A leaf.
    pub fn leaf(head: impl Into<String>) -> Tree {
        Tree { head: head.into(), children: Vec::new() }
    }

    fn node(head: &str, children: Vec<Tree>) -> Tree {
        Tree { head: head.into(), children }
    }

    /// The tree of a term; what the laws do not speak of becomes opaque, equal parts the same.
    pub fn of(t: &Term, opaque: &mut Vec<Term>) -> Tree {
        match t {
            Term::Num(n) => Tree::leaf(show_rational(n)),
            Term::Add(v) => Self::nested("+", v, opaque),
            Term::Mul(v) => Self::nested("*", v, opaque),
            Term::Pow(b, e) => Tree::node("^", vec![Tree::of(b, opaque), Tree::of(e, opaque)]),
            Term::Call(f @ (Func::Exp | Func::Ln | Func::Sin | Func::Cos), v) if v.len() == 1 => {
                Tree::node(f.name(), vec![Tree::of(&v[0], opaque)])
            }
            other => {
                let at = opaque.iter().position(|x| x == other).unwrap_or_else(|| {
                    opaque.push(other.clone());
                    opaque.len() - 1
                });
                Tree::leaf(format!("#{at}"))
            }
        }
    }

    fn nested(head: &str, list: &[Term], opaque: &mut Vec<Term>) -> Tree {
        let mut trees: Vec<Tree> = list.iter().map(|x| Tree::of(x, opaque)).collect();
        let Some(mut tree) = trees.pop() else { return Tree::leaf(if head == "+" { "0" } else { "1" }) };
        while let Some(before) = trees.pop() {
            tree = Tree::node(head, vec![before, tree]);
        }
        tree
    }

    /// The term of a tree; letters `?x` become symbols of that name.
    pub fn term(&self, opaque: &[Term]) -> Option<Term> {
        let list = self.children.iter().map(|c| c.term(opaque)).collect::<Option<Vec<Term>>>()?;
        Some(match (self.head.as_str(), &list[..]) {
            ("+", [_, _]) => Term::add(list),
            ("*", [_, _]) => Term::mul(list),
            ("^", [b, e]) => b.clone().pow(e.clone()),
            ("exp", [x]) => Term::call(Func::Exp, x.clone()),
            ("ln", [x]) => Term::call(Func::Ln, x.clone()),
            ("sin", [x]) => Term::call(Func::Sin, x.clone()),
            ("cos", [x]) => Term::call(Func::Cos, x.clone()),
            (leaf, []) => match (leaf.parse::<BigRational>(), leaf.strip_prefix('#')) {
                (Ok(n), _) => Term::Num(n),
                (_, Some(k)) => opaque.get(k.parse::<usize>().ok()?)?.clone(),
                _ => Term::Var(Symbol::plain(leaf)),
            },
            _ => return None,
        })
    }

    /// Reads `(+ ?x (* 2 ?y))`.
    pub fn parse(text: &str) -> Option<Tree> {
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let mut tokens = spaced.split_whitespace().peekable();
        let tree = Self::read(&mut tokens)?;
        tokens.next().is_none().then_some(tree)
    }

    fn read<'a>(tokens: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> Option<Tree> {
        let first = tokens.next()?;
        if first != "(" {
            return (first != ")").then(|| Tree::leaf(first));
        }
        let head = tokens.next()?.to_string();
        let mut children = Vec::new();
        while *tokens.peek()? != ")" {
            children.push(Self::read(tokens)?);
        }
        tokens.next();
        Some(Tree { head, children })
    }

    /// Nodes of the tree.
    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Tree::size).sum::<usize>()
    }
}

impl std::fmt::Display for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.children.is_empty() {
            return f.write_str(&self.head);
        }
        write!(f, "({}", self.head)?;
        self.children.iter().try_for_each(|c| write!(f, " {c}"))?;
        f.write_str(")")
    }
}
