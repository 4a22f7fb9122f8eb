//! A record → what is filed of it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use tantivy::TantivyDocument;

use super::card::{Card, Kind};
use super::fields::Fields;
use super::row::{self, Row};
use super::tokens::Tokens;
use crate::record::{Entry, Record};
use crate::swedish::joined;
use crate::swedish::words::{self, Word};
use crate::tag;

/// What is filed of `record`.
pub(super) fn of(fields: &Fields, record: &Record) -> serde_json::Result<Card> {
    let pages = record.pages.iter();
    let bytes: usize = pages.map(|page| page.clean.text.len()).sum();
    // The record, its text, and the text in three tiers; grown by doubling it would be copied again and again.
    let mut card = Card::with_room(ROOM * bytes);
    card.text(fields.record, &serde_json::to_string(record)?);
    for part in row::parts(&serde_json::to_vec(&Row::of(record))?) {
        card.raw(fields.row, &part);
    }
    text(record, &mut card);
    tags(fields, record, &mut card);
    Ok(card)
}

/// The document of `entry` alone.
pub(super) fn of_entry(fields: &Fields, entry: &Entry, room: usize) -> TantivyDocument {
    let mut document = TantivyDocument::with_capacity(room);
    document.add_text(fields.file, &entry.file);
    document.add_u64(fields.size, entry.size);
    document.add_i64(fields.modified, entry.modified);
    document.add_text(fields.hash, &entry.hash);
    document.add_text(fields.state, entry.state.name());
    if let Some(reason) = &entry.reason {
        document.add_text(fields.reason, reason);
    }
    document
}

/// Bytes that a card takes for each of the paper's text.
const ROOM: usize = 5;

/// Running heads and feet of these first pages are searchable; on later pages they only repeat themselves.
const PAGES_WITH_FURNITURE: u32 = 2;

/// The byte ranges of a page's text that are searchable, in order.
pub(crate) fn searchable(
    text: &str,
    page: u32,
    furniture: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    if page <= PAGES_WITH_FURNITURE {
        return vec![(0, text.len())];
    }
    let mut ranges = Vec::new();
    let mut at = 0;
    for &(start, end) in furniture {
        if at < start {
            ranges.push((at, start));
        }
        at = end;
    }
    if at < text.len() {
        ranges.push((at, text.len()));
    }
    ranges
}

/// The words of a text, by what is found of them.
struct Body {
    words: Tokens,
    /// Whether each of the words, by their numbers, stands in every paper.
    function: Vec<bool>,
    others: Tokens,
    joined: Tokens,
    shared: Tokens,
}

impl Body {
    /// Nothing yet, and room for so many bytes.
    fn with_room(bytes: usize) -> Body {
        Body {
            words: Tokens::with_room(bytes),
            function: Vec::new(),
            others: Tokens::with_room(bytes / 8),
            joined: Tokens::default(),
            shared: Tokens::default(),
        }
    }

    /// Adds a word as it stands; says whether it stands in every paper.
    fn put(&mut self, position: usize, form: &str) -> bool {
        let (number, new) = self.words.push(position, form);
        if new {
            self.function.push(words::is_function_word(form));
        }
        self.function.get(number as usize).is_some_and(|is| *is)
    }
}

fn text(record: &Record, card: &mut Card) {
    let room: usize = record.pages.iter().map(|page| page.clean.text.len()).sum();
    let mut body = Body::with_room(room);
    let mut original = Tokens::default();
    let mut position = 0;
    for page in &record.pages {
        let clean = &page.clean;
        // Readings nearly as likely as the one that stands: found as if they stood there.
        let others = clean.alternatives();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (start, end) in searchable(&clean.text, clean.number, &clean.furniture) {
            let text = &clean.text[start..end];
            let words: Vec<Word<Cow<str>>> = words::cut(text).collect();
            let mut joined = joined::joined(text, &words);
            joined.sort_by_key(|joined| joined.first);
            let mut joined = joined.iter().peekable();
            // The words before this one, as long as all are function words: the last but one, and the last.
            let mut before: [Option<&str>; 2] = [None; 2];
            for (number, word) in words.iter().enumerate() {
                while let Some(joined) = joined.next_if(|joined| joined.first == number) {
                    let pieces = match joined.shared {
                        true => &mut body.shared,
                        false => &mut body.joined,
                    };
                    pieces.push(position, &joined.form);
                }
                if body.put(position, &word.form) {
                    if let [first, Some(second)] = before {
                        if let Some(first) = first {
                            body.others
                                .push_run(position - 2, &[first, second, &word.form]);
                        }
                        body.others.push_run(position - 1, &[second, &word.form]);
                    }
                    before = [before[1], Some(&word.form)];
                } else {
                    before = [None; 2];
                }
                let at = start + word.range.start;
                let first = others.partition_point(|(range, _)| range.start < at);
                for (_, other) in others[first..]
                    .iter()
                    .take_while(|(range, _)| range.start == at)
                {
                    for other in words::cut(other) {
                        body.others.push(position, &other.form);
                    }
                }
                if page.other.is_some() {
                    seen.insert(word.form.clone().into_owned());
                }
                position += 1;
            }
        }
        for repair in &clean.repairs {
            for word in words::cut(&repair.was) {
                original.push(0, &words::fold(&word.form));
            }
        }
        // Of the other reading, what this one does not say; its marks may be right, and may be lost.
        for word in page.other.iter().flat_map(|other| words::cut(&other.text)) {
            if seen.insert(word.form.clone().into_owned()) {
                let bare = words::fold(&word.form);
                if bare != word.form {
                    original.push(0, &word.form);
                }
                original.push(0, &bare);
            }
        }
    }
    let mut title = Tokens::default();
    if let Some(found) = &record.tags.title {
        title.words_of(&found.value);
    }
    let mut lead = Tokens::default();
    for said in leading(record) {
        lead.words_of(said);
    }
    for (kind, tokens) in [
        (Kind::Word, body.words),
        (Kind::Other, body.others),
        (Kind::Joined, body.joined),
        (Kind::Shared, body.shared),
    ] {
        if !tokens.is_empty() {
            card.words(kind, &tokens.spelled());
        }
    }
    for (kind, tokens) in [
        (Kind::Title, title),
        (Kind::Lead, lead),
        (Kind::Original, original),
    ] {
        if !tokens.is_empty() {
            card.words(kind, &tokens.spelled_bare());
        }
    }
}

/// The term of a paper that answers `party` so.
pub(crate) fn answered_with(party: tag::Party, outcome: tag::Outcome) -> String {
    format!("answers {} {outcome}", party.code())
}

/// Bytes of the first page that are its letterhead, at most.
const LETTERHEAD: usize = 1_500;

/// Bytes behind the title that still say what the paper is: `Svar på skrivelse från …`.
const SUBTITLE: usize = 160;

/// Bytes of a paper without a title that lead it.
const OPENING: usize = 400;

/// Bytes of the proposal that count as such.
const PROPOSAL: usize = 2_000;

/// What tells a paper's matter: its letterhead with the lines about the title, and what is proposed.
fn leading(record: &Record) -> Vec<&str> {
    let mut said = Vec::new();
    if let Some(page) = record.pages.first() {
        let text = page.clean.text.as_str();
        let end = match &record.tags.title {
            Some(title)
                if title.place.page == page.clean.number && title.place.end <= LETTERHEAD =>
            {
                title.place.end + SUBTITLE
            }
            _ => OPENING,
        };
        said.push(&text[..text.floor_char_boundary(end.min(text.len()))]);
    }
    if let Some(proposal) = &record.tags.proposal {
        let text = proposal.value.as_str();
        said.push(&text[..text.floor_char_boundary(PROPOSAL.min(text.len()))]);
    }
    said
}

/// Each party that is answered, with what that answer comes to: of a protokoll, by the matters that answer it.
fn answered_so(record: &Record) -> BTreeSet<String> {
    let own = std::iter::once(&record.tags);
    let matters = record.matters.iter().map(|matter| &matter.tags);
    let mut pairs = BTreeSet::new();
    let mut put = |tags: &tag::Tags, party: tag::Party| {
        if let Some(outcome) = &tags.outcome {
            pairs.insert(answered_with(party, outcome.value));
        }
    };
    let mut by_matters = BTreeSet::new();
    for tags in matters {
        for party in &tags.answers {
            by_matters.insert(party.value);
            put(tags, party.value);
        }
    }
    for tags in own {
        for party in tags.answers.iter().map(|party| party.value) {
            if !by_matters.contains(&party) {
                put(tags, party);
            }
        }
    }
    pairs
}

fn tags(fields: &Fields, record: &Record, card: &mut Card) {
    let tags = &record.tags;
    let all = || std::iter::once(tags).chain(record.matters.iter().map(|matter| &matter.tags));
    let answered: BTreeSet<tag::Party> = all()
        .flat_map(|tags| tags.answers.iter().map(|party| party.value))
        .collect();
    for party in &answered {
        card.text(fields.answers, party.key());
    }
    let mut parties = answered;
    parties.extend(tags.via_remiss.iter().map(|party| party.value));
    parties.extend(tags.mentions.iter().map(|party| party.value));
    parties.extend(tags.authors.iter().filter_map(|person| person.value.party));
    for party in parties {
        card.text(fields.party, party.key());
    }
    let written: BTreeSet<String> = all()
        .flat_map(|tags| &tags.written)
        .flat_map(|form| {
            let answers =
                (form.relation == tag::Relation::Answers).then(|| format!("answers {}", form.mark));
            answers.into_iter().chain([form.mark.clone()])
        })
        .collect();
    for form in written {
        card.text(fields.written, &form);
    }
    for pair in answered_so(record) {
        card.text(fields.written, &pair);
    }
    let outcomes: BTreeSet<String> = all()
        .filter_map(|tags| tags.outcome.as_ref())
        .map(|outcome| outcome.value.to_string())
        .collect();
    for outcome in outcomes {
        card.text(fields.outcome, &outcome);
    }
    for dnr in &tags.dnr {
        for key in dnr.value.lookup_keys() {
            if let Some(short) = dnr.value.short_key() {
                card.text(fields.dnr_short, &format!("{short}={key}"));
            }
            card.text(fields.dnr, &key);
        }
    }
    if let Some(namnd) = &tags.namnd {
        card.text(fields.namnd, &namnd.value);
    }
    card.text(fields.kind, &tags.kind.to_string());
    card.number(
        fields.date,
        tags.date.as_ref().map_or(0, |date| date_number(date.value)),
    );
    let mut days: BTreeSet<jiff::civil::Date> =
        tags.dates.iter().map(|date| date.value.date).collect();
    days.extend(tags.date.as_ref().map(|date| date.value));
    let months = days.iter().map(|day| day.strftime("%Y-%m").to_string());
    let dates: BTreeSet<String> = days.iter().map(ToString::to_string).chain(months).collect();
    for date in dates {
        card.text(fields.dates, &date);
    }
}

/// A day as the number that the index sorts and filters by: 20160414.
pub fn date_number(date: jiff::civil::Date) -> u64 {
    let part = |n: i8| u64::try_from(n).unwrap_or(0);
    u64::try_from(date.year()).unwrap_or(0) * 10_000 + part(date.month()) * 100 + part(date.day())
}
