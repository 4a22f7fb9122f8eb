//! Pages that their file does not give as text, or gives badly → what OCR reads on them.

use std::collections::HashMap;

use lopdf::Dictionary;

use super::furniture::PaperPage;
use super::layout::PaperLine;
use super::ocr::{self, Reread, ours_is_better};
use super::pages::PageNode;
use super::pdf::{Fact, Source, compose};
use super::{NOT_READ_BY_OCR, Origin, Reading, WAITS_FOR_OCR};
use crate::lexicon::{self, Verdict};

/// Bytes of text of one document that OCR may read.
const OCR_TEXT: usize = 64 << 20;

/// Has those pages read by OCR that need it, where an engine is on the machine.
pub(super) fn read(
    source: &Source<'_>,
    list: &[PageNode<'_>],
    papers: &mut [PaperPage],
    facts: &mut [Fact],
) {
    let options = &source.options.ocr;
    let wanted: Vec<usize> = (0..list.len())
        .filter(|&at| needs_ocr(&papers[at], &facts[at], options.reread))
        .collect();
    if wanted.is_empty() {
        return;
    }
    // Pages that the tree lists several times are read once.
    let mut nodes: Vec<&PageNode<'_>> = Vec::new();
    let mut seen: HashMap<*const Dictionary, usize> = HashMap::new();
    let places: Vec<usize> = wanted
        .iter()
        .map(|&at| {
            *seen
                .entry(std::ptr::from_ref(list[at].dict))
                .or_insert_with(|| {
                    nodes.push(&list[at]);
                    nodes.len() - 1
                })
        })
        .collect();
    let Some(engine) = ocr::available(options).filter(|engine| engine.swedish) else {
        let read = ocr::remembered(source.doc, &nodes, options);
        for (at, place) in wanted.into_iter().zip(places) {
            match &read[place] {
                Some(lines) => take_reading(&mut papers[at], &mut facts[at], lines.clone()),
                None if facts[at].origin == Origin::PictureOnly => {}
                None => facts[at].notes.push(WAITS_FOR_OCR.to_owned()),
            }
        }
        return;
    };
    let read = ocr::read(source.doc, &nodes, &engine, options);
    let mut left = OCR_TEXT;
    for (at, place) in wanted.into_iter().zip(places) {
        match &read[place] {
            Ok(lines) => {
                let text: usize = lines.iter().map(|line| line.text.len()).sum();
                if text > left {
                    let note = "not read: the document passed the limit of work";
                    facts[at].notes.push(note.to_owned());
                    continue;
                }
                left -= text;
                take_reading(&mut papers[at], &mut facts[at], lines.clone());
            }
            Err(reason) => facts[at].notes.push(format!("{NOT_READ_BY_OCR}: {reason}")),
        }
    }
}

/// Whether OCR may know more of a page than its file does.
fn needs_ocr(paper: &PaperPage, fact: &Fact, reread: Reread) -> bool {
    match fact.origin {
        Origin::PictureOnly => true,
        Origin::OcrLayer => match reread {
            Reread::Never => false,
            Reread::Always => true,
            // Lost marks are not worth it: repair gives them back better than an engine reads them.
            Reread::Auto => {
                fact.untrusted.is_some()
                    || lexicon::judge(&plain(paper)).verdict == Verdict::Mangled
            }
        },
        Origin::BornDigital => {
            fact.untrusted.is_some() || fact.pictured || ocr::gaps::are_many(&paper.lines)
        }
        Origin::Ocr | Origin::Empty => false,
    }
}

/// Puts what OCR has read on a page in the place of its text, or beside it, whichever is better.
fn take_reading(paper: &mut PaperPage, fact: &mut Fact, lines: Vec<PaperLine>) {
    let ours = PaperPage { lines };
    if fact.origin == Origin::PictureOnly {
        if ours.lines.is_empty() {
            fact.notes.push("OCR found no text on it".to_owned());
        }
        fact.origin = Origin::Ocr;
        *paper = ours;
        return;
    }
    if fact.origin == Origin::BornDigital && fact.untrusted.is_none() && !fact.pictured {
        let words = ocr::gaps::fill(&mut paper.lines, &ours.lines);
        if words > 0 {
            fact.notes.push(format!(
                "letters that its fonts do not tell were read by OCR, in {words} words"
            ));
        }
        return;
    }
    if ours_is_better(&plain(paper), &plain(&ours)) {
        let theirs = std::mem::replace(paper, ours);
        fact.other = Some(Reading {
            origin: fact.origin,
            text: compose(theirs, Fact::default(), 0).text,
        });
        fact.origin = Origin::Ocr;
        let said = fact.untrusted.take();
        fact.notes
            .retain(|note| said.as_deref() != Some(note.as_str()));
        fact.notes.push(match said {
            Some(said) => format!("read by OCR; the file's own {said}"),
            None => "read by OCR; the file's own text is worse".to_owned(),
        });
    } else if !ours.lines.is_empty() {
        fact.other = Some(Reading {
            origin: Origin::Ocr,
            text: compose(ours, Fact::default(), 0).text,
        });
    }
}

/// The text of a page's lines, as they stand.
fn plain(paper: &PaperPage) -> String {
    let mut text = String::new();
    for line in &paper.lines {
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}
