//! What a query asks for, as a tree; its printed form reads back to the same tree.

use std::fmt;

use jiff::civil::Date;

use super::readings;
use crate::tag::{Kind, Outcome, Party};

/// What a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Every one of these.
    All(Vec<Node>),
    /// At least one of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// These words in the title, in any inflection.
    Titled(Vec<String>),
    /// A word, in any of its forms. In small letters, unless its capitals may tell what it is (`SoL`, `LSS`).
    Word(String),
    /// One of these words, which are written much like the one that was asked for. Never typed: it comes of a word that
    /// stands nowhere.
    Similar(Vec<String>),
    /// A word, and what means the same in the field. Typed in its printed form alone: it comes of a word that has synonyms.
    Also(Box<Node>, Vec<Synonym>),
    /// A word, in any of its forms, and words written like it but for one or two letters.
    Fuzzy(String, u8),
    /// A word that begins so.
    Prefix(String),
    /// These words, as they are, side by side.
    Phrase(Vec<String>),
    /// These words side by side, in any inflection: `Hägersten-Liljeholmen`.
    Beside(Vec<String>),
    /// Two of what stands at a place of a text (words, words side by side, one or the other of such), in either order, with at
    /// most so many words from one to the other.
    Near(Box<Node>, Box<Node>, u32),
    /// A party that the paper names.
    Party(Party),
    /// A party that the paper answers.
    Answers(Party),
    /// A diary number, by its lookup key.
    Dnr(String),
    /// A nämnd, as typed.
    Namnd(String),
    /// A nämnd by this name alone, without those that went up in it: a flag asks for it, and its printed form.
    NamndAsWritten(String),
    /// A party in a form that goes with this mark: a flag asks for it, and its printed form.
    Written(String),
    /// A kind of paper.
    Kind(Kind),
    /// What the paper's proposal comes to.
    Outcome(Outcome),
    /// A day (`2016-04-14`) or a month (`2016-04`) named in the text.
    Day(String),
    /// The paper's own date, from and to, both included.
    Dated(Span),
}

/// What means the same as a word that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Synonym {
    /// These words side by side, in any inflection.
    Words(Vec<String>),
    /// A party that the paper names, by whatever mark or name.
    Party(Party),
    /// A nämnd that went up in the one that was asked for, by its full name.
    Namnd(String),
}

/// Days from one to another, both included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Node {
    /// Whether it stands at a place of a text, so that something else may be near it.
    pub(super) fn has_place(&self) -> bool {
        match self {
            Node::Word(_) | Node::Phrase(_) | Node::Beside(_) => true,
            Node::Any(nodes) => nodes.iter().all(Node::has_place),
            Node::Also(node, _) => node.has_place(),
            _ => false,
        }
    }

    /// What it takes to answer it.
    pub(super) fn size(&self) -> Size {
        match self {
            Node::All(nodes) | Node::Any(nodes) => {
                let sizes = nodes.iter().map(Node::size);
                sizes.fold(Size::default(), Size::with).deeper()
            }
            Node::Not(node) => node.size().deeper(),
            Node::Near(one, other, _) => one.size().with(other.size()),
            // What stands in the table needs no limit.
            Node::Also(node, synonyms) => {
                let size = node.size();
                let told = synonyms.iter().map(|synonym| format!(" = {synonym}").len());
                Size {
                    depth: size.depth.saturating_sub(1),
                    told: size.told + told.sum::<usize>(),
                    ..size
                }
            }
            // Words written otherwise are looked for among all words.
            Node::Fuzzy(..) => Size {
                leaves: 3,
                ..Size::default()
            },
            _ => Size {
                leaves: 1,
                ..Size::default()
            },
        }
    }
}

/// What it takes to answer a query.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    /// Its words, phrases and fields.
    pub(super) leaves: usize,
    /// Lists inside each other.
    pub(super) depth: usize,
    /// Bytes that its synonyms take where it is printed.
    pub(super) told: usize,
}

impl Size {
    fn with(self, other: Size) -> Size {
        Size {
            leaves: self.leaves + other.leaves,
            depth: self.depth.max(other.depth),
            told: self.told + other.told,
        }
    }

    fn deeper(self) -> Size {
        Size {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(to) = self.to {
            write!(f, "{to}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Synonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Synonym::Words(words) => write!(f, "{}", words.join(" ")),
            Synonym::Party(party) => write!(f, "parti:{party}"),
            Synonym::Namnd(name) => write!(f, "namnd:\"{name}\""),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::All(nodes) => list(f, nodes, " "),
            Node::Any(nodes) => list(f, nodes, " ELLER "),
            Node::Not(node) => {
                f.write_str("-")?;
                inner(f, node)
            }
            Node::Word(word) => f.write_str(word),
            Node::Similar(words) => write!(f, "{{{}}}", words.join(" | ")),
            Node::Also(node, synonyms) => {
                write!(f, "{{{node}")?;
                for synonym in synonyms {
                    write!(f, " = {synonym}")?;
                }
                f.write_str("}")
            }
            Node::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Node::Prefix(prefix) => write!(f, "{prefix}*"),
            Node::Phrase(words) => write!(f, "\"{}\"", words.join(" ")),
            Node::Beside(words) => write!(f, "intill:\"{}\"", words.join(" ")),
            Node::Titled(words) => write!(f, "titel:\"{}\"", words.join(" ")),
            Node::Near(one, other, within) => {
                inner(f, one)?;
                write!(f, " near/{within} ")?;
                inner(f, other)
            }
            Node::Party(party) => write!(f, "parti:{party}"),
            Node::Answers(party) => write!(f, "svar:{party}"),
            Node::Dnr(key) => write!(f, "dnr:{key}"),
            Node::Namnd(typed) => write!(f, "namnd:\"{typed}\""),
            Node::NamndAsWritten(typed) => write!(f, "{{namnd as written: {typed}}}"),
            Node::Written(mark) => write!(f, "{{party as written: {mark}}}"),
            Node::Outcome(outcome) => write!(f, "utfall:\"{outcome}\""),
            Node::Kind(kind) => write!(f, "typ:\"{kind}\""),
            Node::Day(day) => write!(f, "dag:{day}"),
            Node::Dated(span) => write!(f, "datum:{span}"),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str) -> fmt::Result {
    for (node, number) in nodes.iter().zip(0..) {
        if number > 0 {
            f.write_str(between)?;
        }
        inner(f, node)?;
    }
    Ok(())
}

/// A node inside another: in brackets where its neighbours could be read into it.
fn inner(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    let loose = match node {
        Node::All(_) | Node::Any(_) | Node::Not(_) | Node::Near(..) => true,
        Node::Word(word) => readings::joins(word),
        _ => false,
    };
    if loose {
        write!(f, "({node})")
    } else {
        write!(f, "{node}")
    }
}
