//! Lines of all pages → which of them are running heads and feet.
//!
//! A line is furniture when its writer marked it so, or when it stands at the same place at the edge of other pages with
//! the same words, its numbers the same or counting with the pages. The head of the first page is the letterhead: of it
//! only the page number is furniture.

mod columns;
mod heading;
mod roman;

use std::collections::BTreeMap;

use super::layout::{PaperLine, Zone};

/// A page's lines.
pub(super) struct PaperPage {
    /// The lines in reading order.
    pub(super) lines: Vec<PaperLine>,
}

/// Heads and feet stand within this share of the page's height from its edge.
const EDGE: f32 = 0.14;
/// Places that differ by less are the same, in points.
const SAME: f32 = 4.0;

/// Settles the zone of every line: head and foot are furniture, all else is body.
pub(super) fn settle(pages: &mut [PaperPage]) {
    let mut found = find(pages);
    keep_what_is_apart(pages, &mut found);
    columns::keep_first(pages, &mut found);
    let many = pages.len() > 1;
    let roman = roman::numbers(pages);
    for (number, page) in pages.iter_mut().enumerate() {
        let repeated = |line: usize| found.get(&(number, line)).copied();
        let heads: Vec<bool> = page
            .lines
            .iter()
            .map(|line| line.zone == Zone::Head)
            .collect();
        for (at, line) in page.lines.iter_mut().enumerate() {
            line.zone = match (line.zone, repeated(at)) {
                (Zone::Foot, _) => Zone::Foot,
                (Zone::Head, _) if number > 0 => Zone::Head,
                (Zone::Head, Some((_, true))) => Zone::Head,
                (Zone::Head, _) if is_page_number(&line.text, 1) => Zone::Head,
                (Zone::Head, _) => Zone::Body,
                (Zone::Body, Some((edge, counts)))
                    if number > 0 || counts || edge == Zone::Foot =>
                {
                    edge
                }
                (Zone::Body, _) if many => {
                    let (top, bottom) = (line.frame[1], line.frame[3]);
                    let edge = if bottom < line.depth * EDGE {
                        Some(Zone::Head)
                    } else if top > line.depth * (1.0 - EDGE) {
                        Some(Zone::Foot)
                    } else {
                        None
                    };
                    edge.filter(|_| {
                        is_page_number(&line.text, number as u64 + 1)
                            || roman.contains(&(number, at))
                    })
                    .unwrap_or(Zone::Body)
                }
                (Zone::Body, _) => Zone::Body,
            };
        }
        // A letterhead that its writer marked as a running head is read before the body, wherever it is drawn.
        let mut both = heads.iter().zip(&page.lines);
        if !both.any(|(head, line)| *head && line.zone == Zone::Body) {
            continue;
        }
        let mut at = heads.into_iter();
        let (first, rest): (Vec<PaperLine>, Vec<PaperLine>) = std::mem::take(&mut page.lines)
            .into_iter()
            .partition(|line| at.next() == Some(true) && line.zone == Zone::Body);
        page.lines = first;
        page.lines.extend(rest);
    }
    // A document that is nothing but furniture is one whose writer marked it wrongly, or whose pages are all alike.
    let bare = |page: &PaperPage| {
        !page.lines.is_empty() && page.lines.iter().all(|line| line.zone != Zone::Body)
    };
    if pages.iter().filter(|page| bare(page)).count() * 2 > pages.len() {
        for line in pages.iter_mut().flat_map(|page| &mut page.lines) {
            line.zone = Zone::Body;
        }
    }
}

/// Drops those found lines that run on into the body as its lines do: furniture stands apart.
fn keep_what_is_apart(pages: &[PaperPage], found: &mut BTreeMap<(usize, usize), (Zone, bool)>) {
    // Feet that touch a line of the body on some pages and stand apart on others are feet.
    let mut feet: Vec<(usize, usize)> = Vec::new();
    let mut heads = heading::Heads::of(pages, found);
    for (number, page) in pages.iter().enumerate() {
        if found.range((number, 0)..(number + 1, 0)).next().is_none() {
            continue;
        }
        let running = running_size(page);
        let mut by_height: Vec<usize> = (0..page.lines.len()).collect();
        by_height.sort_by(|&a, &b| page.lines[a].frame[3].total_cmp(&page.lines[b].frame[3]));
        for edge in [Zone::Head, Zone::Foot] {
            // From the body outwards: what touches a body line is body.
            let mut inner: Option<usize> = None;
            let outwards: Vec<usize> = match edge {
                Zone::Head => by_height.iter().rev().copied().collect(),
                _ => by_height.clone(),
            };
            for at in outwards {
                let line = &page.lines[at];
                let kind = found.get(&(number, at)).copied();
                let is_found = kind.is_some_and(|(found, _)| found == edge);
                let counts = kind.is_some_and(|(_, counts)| counts);
                let marked =
                    line.zone != Zone::Body || is_page_number(&line.text, number as u64 + 1);
                if is_found && !marked {
                    let touches = inner.is_some_and(|inner| {
                        let other = &page.lines[inner];
                        let step = (other.frame[3] - line.frame[3]).abs();
                        let over = line.frame[0] < other.frame[2] && other.frame[0] < line.frame[2];
                        let is_heading =
                            |line: &PaperLine| edge == Zone::Head && line.size > LARGE * running;
                        // A heading stands farther from its text than its lines from each other; what stands over the
                        // heading may be a running head.
                        let far = if is_heading(line) {
                            HEADING * line.size
                        } else if is_heading(other) {
                            1.75 * line.size
                        } else {
                            1.75 * line.size.max(other.size)
                        };
                        let size = line.size / running.max(0.1);
                        let is_text = edge == Zone::Head && (0.95..LARGE).contains(&size);
                        over && (step < far
                            || is_text && !counts && heads.is_of_text(number, at, step))
                    });
                    if touches {
                        if edge == Zone::Foot {
                            feet.push((number, at));
                        }
                        found.remove(&(number, at));
                        inner = Some(at);
                    }
                } else if !is_found && !marked {
                    inner = Some(at);
                }
            }
        }
    }
    find_again(pages, &feet, found);
}

/// A heading's letters are this many times as large as those of the text.
const LARGE: f32 = 1.1;
/// A heading stands within so many of its own sizes over its text.
const HEADING: f32 = 2.4;

/// The size that most letters of a page have.
fn running_size(page: &PaperPage) -> f32 {
    let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
    for line in &page.lines {
        *letters
            .entry((line.size * 10.0).round() as u32)
            .or_default() += line.text.len();
    }
    let most = letters.into_iter().max_by_key(|&(_, letters)| letters);
    most.map_or(0.0, |(size, _)| size as f32 / 10.0)
}

/// Finds those of `feet` again that are the same line, at the same place, as one that is found on another page.
fn find_again(
    pages: &[PaperPage],
    feet: &[(usize, usize)],
    found: &mut BTreeMap<(usize, usize), (Zone, bool)>,
) {
    let line = |&(page, line): &(usize, usize)| pages.get(page)?.lines.get(line);
    let place = |line: &PaperLine| (line.frame[0], line.depth - line.frame[3]);
    let known: Vec<&PaperLine> = found
        .iter()
        .filter(|(_, (edge, _))| !feet.is_empty() && *edge == Zone::Foot)
        .filter_map(|(at, _)| line(at))
        .collect();
    for foot in feet {
        let Some(this) = line(foot) else { continue };
        let (x, y) = place(this);
        let again = known.iter().any(|other| {
            let (other_x, other_y) = place(other);
            other.text == this.text && (x - other_x).abs() < SAME && (y - other_y).abs() < SAME
        });
        if again {
            found.insert(*foot, (Zone::Foot, false));
        }
    }
}

/// Whether a line says nothing but that this is page `number`: `Sida 2 (5)`, `sid 2/5`, `- 2 -`.
fn is_page_number(text: &str, number: u64) -> bool {
    if text.len() > 40 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // Most lines with a number begin with another letter than the words for a page.
    let may_be = match text.chars().find(|char| char.is_alphabetic()) {
        Some(first) => matches!(first, 's' | 'S' | 'p' | 'P'),
        None => text.contains('('),
    };
    if !may_be {
        return false;
    }
    let mut numbers = Vec::new();
    let skeleton = skeleton(text, &mut numbers);
    let words: String = skeleton
        .chars()
        .filter(|char| char.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let page_word = matches!(
        words.as_str(),
        "sida" | "sid" | "s" | "page" | "sidaav" | "sidav" | "pageof"
    );
    let plain = words.is_empty() && skeleton.contains('(');
    numbers.first() == Some(&number) && numbers.len() <= 2 && (page_word || plain)
}

/// A line at an edge of a page.
struct Candidate {
    page: usize,
    line: usize,
    edge: Zone,
    numbers: Vec<u64>,
    /// Of each number, whether it numbers a heading.
    headings: Vec<bool>,
    /// How far its lower end is from the edge, in points.
    y: f32,
    x: [f32; 3],
}

/// Lines that repeat: page and line → edge, and whether a number in it counts with the pages.
fn find(pages: &[PaperPage]) -> BTreeMap<(usize, usize), (Zone, bool)> {
    let mut groups: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for (page, paper) in pages.iter().enumerate() {
        for (at, line) in paper.lines.iter().enumerate() {
            let [left, top, right, bottom] = line.frame;
            let edge = if bottom < line.depth * EDGE {
                Zone::Head
            } else if top > line.depth * (1.0 - EDGE) {
                Zone::Foot
            } else {
                continue;
            };
            let mut numbers = Vec::new();
            let skeleton = skeleton(&line.text, &mut numbers);
            groups.entry(skeleton).or_default().push(Candidate {
                page,
                line: at,
                edge,
                headings: headings(&line.text),
                numbers,
                // From the edge that it stands at: pages of one document may lie and stand.
                y: if edge == Zone::Head {
                    bottom
                } else {
                    line.depth - bottom
                },
                x: [left, right, (left + right) / 2.0],
            });
        }
    }
    let mut found = BTreeMap::new();
    for group in groups.values() {
        for (at, candidate) in group.iter().enumerate() {
            let near = group[at.saturating_sub(12)..(at + 13).min(group.len())].iter();
            let mut same: Vec<usize> = Vec::new();
            let mut counting: Vec<usize> = Vec::new();
            // Left and right pages may have heads of their own, and a page of another kind may stand between.
            for other in near.filter(|other| (1..=4).contains(&other.page.abs_diff(candidate.page)))
            {
                match alike(candidate, other) {
                    Some(true) if other.page.abs_diff(candidate.page) > 2 => {}
                    Some(true) => counting.push(other.page),
                    Some(false) => same.push(other.page),
                    None => {}
                }
            }
            counting.dedup();
            same.extend(&counting);
            same.sort_unstable();
            same.dedup();
            // Without a number that counts, the same words must come again and again: on every page after the first of a
            // short document, on three of a longer one.
            let enough = match pages.len() {
                0..=2 => 1,
                3 => 1,
                _ => 2,
            };
            if !counting.is_empty() || same.len() >= enough {
                found.insert(
                    (candidate.page, candidate.line),
                    (candidate.edge, !counting.is_empty()),
                );
            }
        }
    }
    found
}

/// What is numbered on its own account: where each begins a page of its own, its number counts with the pages.
const NUMBERED: [&str; 18] = [
    "§",
    "§§",
    "paragraf",
    "bilaga",
    "bil",
    "fråga",
    "ärende",
    "kapitel",
    "kap",
    "avsnitt",
    "punkt",
    "del",
    "nr",
    "motion",
    "skrivelse",
    "tabell",
    "yrkande",
    "förslag",
];

/// Of each number in a line, whether it numbers a heading: `§ 12`, `Bilaga 2`, `1 kap.`
fn headings(text: &str) -> Vec<bool> {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_mark = |c: char| c.is_alphabetic() || c == '§';
    let named = |word: &str, names: &[&str]| {
        let word = word.to_lowercase();
        names.contains(&word.as_str())
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_digit).map(|start| at + start) {
        let end = text[start..]
            .find(|c| !is_digit(c))
            .map_or(text.len(), |length| start + length);
        let before =
            text[..start].trim_end_matches(|c: char| c.is_whitespace() || ".:".contains(c));
        let before = before.rsplit(|c| !is_mark(c)).next().unwrap_or_default();
        let after = text[end..].trim_start_matches(|c: char| c.is_whitespace() || c == '.');
        let after = after.split(|c| !is_mark(c)).next().unwrap_or_default();
        found.push(named(before, &NUMBERED) || named(after, &["§", "kap", "kapitel"]));
        at = end;
    }
    found
}

/// Whether two lines with the same words are one running line, and if so whether its number counts with the pages.
fn alike(a: &Candidate, b: &Candidate) -> Option<bool> {
    let place = a.edge == b.edge
        && (a.y - b.y).abs() < SAME
        && a.x.iter().zip(&b.x).any(|(a, b)| (a - b).abs() < SAME);
    if !place || a.numbers.len() != b.numbers.len() {
        return None;
    }
    let step = b.page as i128 - a.page as i128;
    let headings = &a.headings;
    let (mut counts, mut heading) = (false, false);
    for (at, (&a, &b)) in a.numbers.iter().zip(&b.numbers).enumerate() {
        let difference = i128::from(b) - i128::from(a);
        if difference == step && headings.get(at) == Some(&true) {
            heading = true;
        } else if difference == step {
            counts = true;
        } else if difference != 0 {
            return None;
        }
    }
    (counts || !heading).then_some(counts)
}

/// `text` with each number as `#`, and the numbers.
fn skeleton(text: &str, numbers: &mut Vec<u64>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<u64> = None;
    for char in text.chars() {
        if let Some(digit) = char.to_digit(10) {
            let value = open
                .unwrap_or(0)
                .saturating_mul(10)
                .saturating_add(u64::from(digit));
            if open.is_none() {
                out.push('#');
            }
            open = Some(value);
        } else {
            numbers.extend(open.take());
            if !char.is_whitespace() {
                out.push(char);
            }
        }
    }
    numbers.extend(open);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn page(lines: &[(&str, f32)]) -> PaperPage {
        PaperPage {
            lines: lines
                .iter()
                .map(|&(text, y)| PaperLine {
                    text: text.to_owned(),
                    bbox: [70.0, y - 10.0, 70.0 + 6.0 * text.len() as f32, y],
                    size: 11.0,
                    bold: false,
                    cells: Vec::new(),
                    pieces: Vec::new(),
                    zone: Zone::Body,
                    begins: false,
                    frame: [70.0, y - 10.0, 70.0 + 6.0 * text.len() as f32, y],
                    depth: 842.0,
                    turn: 0,
                })
                .collect(),
        }
    }

    pub(super) fn furniture(pages: &mut [PaperPage]) -> Vec<Vec<String>> {
        settle(pages);
        pages
            .iter()
            .map(|page| {
                page.lines
                    .iter()
                    .filter(|line| line.zone != Zone::Body)
                    .map(|line| line.text.clone())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn running_lines_are_found() {
        let mut pages: Vec<PaperPage> = (1..=4)
            .map(|number| {
                page(&[
                    (&format!("Sida {number} (4)"), 40.0),
                    ("Dnr 1.2.4-182-2013", 55.0),
                    (
                        ["Handläggare", "Bakgrund", "Ärendet", "Bilagor"][number - 1],
                        100.0,
                    ),
                    (&format!("{} personer", 17 - number * number), 780.0),
                    ("stockholm.se", 810.0),
                ])
            })
            .collect();
        let found = furniture(&mut pages);
        assert_eq!(
            found[0],
            ["Sida 1 (4)", "stockholm.se"],
            "the letterhead is body"
        );
        assert_eq!(
            found[2],
            ["Sida 3 (4)", "Dnr 1.2.4-182-2013", "stockholm.se"]
        );
    }

    #[test]
    fn a_heading_over_its_own_text_is_no_running_head() {
        // It stands first on some pages, a blank line over the text, and on the others the text goes on.
        let with = |headed: &[usize]| {
            let mut pages: Vec<PaperPage> = (0..8)
                .map(|at| {
                    let own = format!("Rad {} av texten", 7 * at * at + 3);
                    let first = if headed.contains(&at) {
                        "Förslag till beslut"
                    } else {
                        &own
                    };
                    let more = format!("Nämnden godkänner punkt {}", 5 * at * at);
                    page(&[(first, 60.0), (&more, 88.0), ("utan ändring", 400.0)])
                })
                .collect();
            let found = furniture(&mut pages);
            found.iter().flatten().count()
        };
        assert_eq!(with(&[1, 2, 4, 6]), 0);
        assert_eq!(with(&[2, 3, 4]), 0);
        // On all pages, but for the first and one more, nobody can tell it from a running head.
        assert_eq!(with(&[1, 2, 3, 4, 6, 7]), 6);
    }

    #[test]
    fn headings_that_count_with_the_pages_are_no_running_heads() {
        for heading in ["§ #", "Bilaga #", "# kap.", "Skrivelse nr # från (V)"] {
            let mut pages: Vec<PaperPage> = (1..=3)
                .map(|number| {
                    page(&[
                        ("Farsta stadsdelsnämnd", 40.0),
                        (&format!("§ 7, sida {number}"), 55.0),
                        (&heading.replace('#', &(number + 11).to_string()), 100.0),
                        ("Nämnden beslutar", 140.0),
                    ])
                })
                .collect();
            let found = furniture(&mut pages);
            assert_eq!(
                found[1],
                ["Farsta stadsdelsnämnd", "§ 7, sida 2"],
                "{heading}"
            );
        }
    }

    #[test]
    fn a_foot_may_touch_a_note_on_some_pages() {
        let pages = |apart: f32| -> Vec<PaperPage> {
            (1..=3)
                .map(|number| {
                    let note = if number == 3 { apart } else { 790.0 };
                    page(&[
                        (&format!("Stycke {}", number * number), 300.0),
                        (&format!("{number} Brå {}", number * 7), note),
                        ("Kommunledningskontoret", 805.0),
                    ])
                })
                .collect()
        };
        let foot = vec!["Kommunledningskontoret".to_owned()];
        assert_eq!(furniture(&mut pages(700.0)), vec![foot; 3]);
        // Where it never stands apart it may be the end of what is written.
        assert!(furniture(&mut pages(790.0)).iter().all(Vec::is_empty));
    }

    #[test]
    fn one_page_has_no_furniture_of_itself() {
        let mut pages = [page(&[
            ("Sida 1 (1)", 40.0),
            ("2016-02-11", 55.0),
            ("s. 4", 800.0),
        ])];
        assert_eq!(furniture(&mut pages), [Vec::<String>::new()]);
    }

    #[test]
    fn what_resembles_a_head_is_body() {
        let mut pages = [
            page(&[("Tjänsteutlåtande", 60.0), ("Text", 300.0)]),
            page(&[("1 Bakgrund", 60.0), ("Sida 2 i rapporten", 300.0)]),
            page(&[("3 Ärendet", 60.0), ("Bakgrund", 300.0)]),
            page(&[("Bakgrund", 60.0), ("Sida 4", 300.0)]),
        ];
        assert!(furniture(&mut pages).iter().all(Vec::is_empty));
    }

    #[test]
    fn a_heading_over_its_text_is_no_running_head() {
        for (heading, size, gap) in [
            ("F\u{f6}rslag till beslut", 13.0, 25.0),
            ("Budget \u{e5}r #", 13.0, 25.0),
        ] {
            let mut pages: Vec<PaperPage> = (1..=4)
                .map(|number| {
                    let mut page = page(&[
                        ("Farsta stadsdelsn\u{e4}mnd", 30.0),
                        (&heading.replace('#', &(number + 2017).to_string()), 55.0),
                        (
                            &format!(
                                "N\u{e4}mnden godk\u{e4}nner f\u{f6}rslaget {}",
                                number * number
                            ),
                            55.0 + gap,
                        ),
                    ]);
                    page.lines[1].size = size;
                    page
                })
                .collect();
            let found = furniture(&mut pages);
            assert_eq!(found[1], ["Farsta stadsdelsn\u{e4}mnd"], "{heading}");
            // In the print of the text and farther from it, it is a running head.
            for page in &mut pages {
                page.lines[1].size = 11.0;
                for line in &mut page.lines {
                    line.zone = Zone::Body;
                }
            }
            assert_eq!(furniture(&mut pages)[1].len(), 2, "{heading}");
        }
    }

    #[test]
    fn pages_may_be_numbered_in_roman_numbers() {
        let mut pages: Vec<PaperPage> = ["iii", "iv", "v", "mil"]
            .iter()
            .map(|number| page(&[(&format!("Om {number} och annat"), 300.0), (number, 800.0)]))
            .collect();
        let found = furniture(&mut pages);
        assert_eq!(
            found,
            [
                vec!["iii".to_owned()],
                vec!["iv".to_owned()],
                vec!["v".to_owned()],
                vec![]
            ]
        );
        // One alone may be the number of an item.
        let mut pages = [
            page(&[("Text", 300.0), ("i", 800.0)]),
            page(&[("Annan text", 300.0), ("x", 800.0)]),
        ];
        assert!(furniture(&mut pages).iter().all(Vec::is_empty));
    }

    #[test]
    fn lying_pages_have_feet_too() {
        let mut pages: Vec<PaperPage> = (1..=4)
            .map(|number| {
                page(&[
                    (&format!("Text {}", number * number), 300.0),
                    ("Org.nr 212000-0000", 800.0),
                ])
            })
            .collect();
        for line in &mut pages[2].lines {
            line.depth = 595.0;
        }
        pages[2].lines[1].frame[1] -= 247.0;
        pages[2].lines[1].frame[3] -= 247.0;
        assert_eq!(
            furniture(&mut pages),
            vec![vec!["Org.nr 212000-0000".to_owned()]; 4]
        );
    }

    #[test]
    fn left_and_right_pages_have_heads_of_their_own() {
        let mut pages: Vec<PaperPage> = (1..=7)
            .map(|number| {
                let head = if number % 2 == 0 {
                    "Prop. 2019/20:117"
                } else {
                    "Bilaga 3 till protokollet"
                };
                page(&[(head, 40.0), (&format!("Stycke {}", number * 7), 300.0)])
            })
            .collect();
        let found = furniture(&mut pages);
        assert!(
            found[0].is_empty(),
            "the first page's head is its letterhead"
        );
        for (at, head) in found.iter().enumerate().skip(1) {
            assert_eq!(head.len(), 1, "page {}", at + 1);
        }
    }

    #[test]
    fn headings_that_come_again_are_body() {
        // Two matters of a protokoll begin at the top of a page; a list goes on at the foot.
        let mut pages = [
            page(&[
                ("Beslut", 60.0),
                ("Nämnden beslutar", 75.0),
                ("1. att bifalla", 790.0),
            ]),
            page(&[
                ("Sammanfattning", 60.0),
                ("Text", 75.0),
                ("2. att avslå", 790.0),
            ]),
            page(&[
                ("Beslut", 60.0),
                ("Nämnden avslår", 75.0),
                ("Protokollet justeras", 790.0),
            ]),
            page(&[("Ärendet", 60.0), ("Text", 75.0), ("Text", 790.0)]),
        ];
        assert!(furniture(&mut pages).iter().all(Vec::is_empty));
    }
}
