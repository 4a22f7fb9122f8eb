//! Diary numbers: a sheet → every dnr in it, with the place and whose it is.
//!
//! Behind a label (`Dnr`, `D nr`, `Diarienummer`) nearly every shape is taken; without one only shapes that nothing else
//! has. Phones, organisation numbers, SFS, SOU, motions and court cases are none.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;
use serde::{Deserialize, Serialize};

use super::dnr_key::key;
use super::dnr_labelled::{NUMBER, number_at};
use super::dnr_role::{OwnBody, has_its_line, is_cited, is_others};
use super::dnr_shape::{BARE, LONGEST, bare};
use super::dnr_table;
use super::running;
use super::sheet::{Gated, Sheet, gated};

/// Whose number a dnr is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DnrRole {
    /// The paper's own case.
    Own,
    /// Another case, or another authority's number for this one.
    Other,
}

/// A diary number (diarienummer): the name of a case in its register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dnr {
    /// The form that equal numbers share however their blanks, dashes and letters are written: upper case, no blanks
    /// (`HL2019/619` for `HL 2019/619`). [`lookup_key`](super::lookup_key) of it also forgets which separators were used.
    pub key: String,
    /// The number as written, without its label.
    pub verbatim: String,
    /// Whose it is.
    pub role: DnrRole,
}

impl Dnr {
    /// The dnr that a person typed, with or without a label.
    pub fn parse(text: &str) -> Option<Dnr> {
        let sheet = Sheet::new([(1, text.trim())]);
        let label = LABEL
            .find(&sheet.folded)
            .filter(|label| label.start() == 0)
            .map_or(0, |label| label.end());
        let end = sheet.folded.len();
        // As papers write it, or in small letters.
        let read = || {
            NUMBER
                .find(&sheet.folded[label..])
                .map(|found| label + found.end())
        };
        if number_at(&sheet, label) != Some(end) && read() != Some(end) {
            return None;
        }
        let verbatim = sheet.written(label..end).to_owned();
        Some(Dnr {
            key: key(&verbatim),
            verbatim,
            role: DnrRole::Own,
        })
    }
}

/// `Dnr`, `D nr:`, `Diarienummer`, `Dor` (misread), glued to the number or not.
pub(super) static LABEL: LazyLock<Gated> = LazyLock::new(|| {
    gated(
        r"(?:\b(?:d[ .-]?n[rt]\b\.?|d[.]?(?:[no][rt]|ar)(?:[^a-z0-9]|$)|dnr|dnnr|diari[ea](?:-\s*)?(?: ?nu?mm?[ea]r| ?nr|beteckning)|diar[il1]en ?r\b|ärende(?:nummer|nr|-?id|beteckning)|beteckning|(?:vår|er) ref\b\.?|(?:vår|er) referens)|dnr\b)(?: nr\b)?\s*[.:;=(]*(?:-\s)?\s*",
    )
});

/// What joins two numbers behind one label.
static NEXT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(?-u)\s*(?:,|;|och|samt|&|resp\.?)\s+").expect("a pattern that compiles")
});

/// A dnr and where it stands in the sheet's text.
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) dnr: Dnr,
}

/// Every dnr of `sheet`. `body_start` is where a whole paper's running text begins (in the sheet's text); numbers behind
/// it are others', but for what a running head says: `running` is where those lie. `namnd` is the nämnd's name, folded.
pub(super) fn find(
    sheet: &Sheet,
    body_start: Option<usize>,
    running: &[Range<usize>],
    namnd: &str,
) -> Vec<Hit> {
    let folded = sheet.folded.as_slice();
    let mut hits: Vec<(Range<usize>, bool)> = Vec::new();
    let labels = LABEL.may_be_in(sheet).then(|| LABEL.find_iter(folded));
    for label in labels.into_iter().flatten() {
        // "Dar" for "Dnr" begins its line with a capital; "där" does not.
        if label.as_bytes().starts_with(b"dar")
            && (sheet.cased[label.start()] != b'D'
                || label.start() > 0 && folded[label.start() - 1] != b'\n')
        {
            continue;
        }
        // "Ny lekplatsDnr KS 2018/441": what stands before is glued to it.
        if label.start() > 0
            && folded[label.start() - 1].is_ascii_alphabetic()
            && !sheet.cased[label.start()..].starts_with(b"Dn")
        {
            continue;
        }
        let mut at = label.end();
        if number_at(sheet, at).is_none()
            && let Some(below) = dnr_table::below(sheet, label.start())
        {
            // Two labels may stand above one number.
            if hits.last().is_none_or(|(last, _)| *last != below) {
                hits.push((below, true));
            }
            continue;
        }
        // "Dor-" swallowed the first sign of the number: step back onto a digit.
        if at > label.start() && folded[at - 1].is_ascii_digit() {
            at -= 1;
        }
        while let Some(end) = number_at(sheet, at) {
            hits.push((at..end, true));
            let Some(next) = NEXT.find(&folded[end..]) else {
                break;
            };
            at = end + next.end();
        }
    }
    let labelled = hits.len();
    let mut next = 0;
    while let Some(at) = sheet.digit_from(next) {
        next = at + 1;
        let Some(shape) = BARE.find(&folded[at..(at + LONGEST).min(folded.len())]) else {
            continue;
        };
        next = at + shape.end();
        if let Some(range) = bare(sheet, at..next) {
            // Labels were walked in the order of the text, and their numbers do not overlap.
            let next = hits[..labelled].partition_point(|(hit, _)| hit.end <= range.start);
            if hits[..labelled]
                .get(next)
                .is_none_or(|(hit, _)| hit.start >= range.end)
            {
                hits.push((range, false));
            }
        }
    }
    hits.sort_by_key(|(range, _)| range.start);
    let many = hits.len() > 1;
    let read: Vec<Read> = hits
        .into_iter()
        .filter_map(|(folded, labelled)| {
            let range = sheet.range(folded.clone());
            // Two pages' numbers that only look like one.
            if sheet.on_one_page(range.clone()) != range {
                return None;
            }
            let key = with_marks(key(&sheet.text[range.clone()]), namnd);
            let others = is_others(sheet, &folded, &key, namnd, labelled, many);
            Some(Read {
                folded,
                range,
                key,
                labelled,
                others,
            })
        })
        .collect();
    let own_body = OwnBody::of(namnd, read.iter().map(|one| one.key.as_str()));
    // A whole paper's own number stands above its first heading, or in a running head.
    let own: BTreeSet<&str> = read
        .iter()
        .filter(|one| {
            let above = body_start.is_none_or(|body| one.range.start < body);
            !one.others
                && !own_body.parts(&one.key)
                && (above || running::holds(running, &one.range))
        })
        .map(|one| one.key.as_str())
        .collect();
    let of_letterhead = read
        .iter()
        .position(|one| one.labelled && !one.others && has_its_line(sheet, &one.folded));
    let letterhead = of_letterhead.map(|at| read[at].key.as_str());
    read.iter()
        .enumerate()
        .map(|(number, one)| {
            // What is cited below a letterhead that has its own number is another case.
            let cited = of_letterhead.is_some_and(|at| at < number)
                && letterhead != Some(one.key.as_str())
                && is_cited(sheet, &one.folded);
            let other = one.others || cited || !own.contains(one.key.as_str());
            Hit {
                range: one.range.clone(),
                dnr: Dnr {
                    key: one.key.clone(),
                    verbatim: sheet.text[one.range.clone()].to_owned(),
                    role: if other { DnrRole::Other } else { DnrRole::Own },
                },
            }
        })
        .collect()
}

/// A number as it was read, before it is known whose it is.
struct Read {
    /// In the folded copy.
    folded: Range<usize>,
    /// In the sheet's text.
    range: Range<usize>,
    key: String,
    labelled: bool,
    /// Whether the words beside it, or its body, say that it is another authority's.
    others: bool,
}

/// Bodies of the stadsdelar with rings and dots, and how their nämnder begin, folded.
const MARKED: &[(&str, &str, &str)] = &[
    ("SOD", "SÖD", "sodermalm"),
    ("OST", "ÖST", "ostermalm"),
    ("JAR", "JÄR", "jarva"),
    ("SPA", "SPÅ", "spanga"),
    ("EAV", "EÅV", "enskede"),
    ("HA", "HÄ", "hagersten-alvsjo"),
    ("HAS", "HÄS", "hasselby"),
    ("ALV", "ÄLV", "alvsjo"),
    ("ALD", "ÄLD", "aldrenamnd"),
    ("OFN", "ÖFN", "overformyndar"),
    ("AN", "ÄN", "aldrenamnd"),
];

/// `key` with the rings and dots that its body lost on a damaged page, when the nämnd says which body is meant.
fn with_marks(key: String, namnd: &str) -> String {
    let body = key.bytes().take_while(u8::is_ascii_uppercase).count();
    let known = MARKED
        .iter()
        .find(|(plain, _, of)| *plain == &key[..body] && namnd.starts_with(of));
    match known {
        Some((_, marked, _)) => format!("{marked}{}", &key[body..]),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        find(&Sheet::new([(1, text)]), None, &[], "")
            .into_iter()
            .map(|hit| {
                assert_eq!(&text[hit.range], hit.dnr.verbatim);
                hit.dnr.key
            })
            .collect()
    }

    #[test]
    fn every_shape_is_read() {
        for (text, want) in [
            ("Dnr HL 2019/619", "HL2019/619"),
            ("N134-0511/15\nBeslut", "N134-0511/15"),
            ("Lekplats | TE-2021-\n00417 | Beslut", "TE-2021-00417"),
            ("Skolfrukost (KS-\n2023-00218)", "KS-2023-00218"),
            ("Plan för SN 2019-\n2022 antas", ""),
            ("Lag om KS-\n2024 års plan", ""),
            (
                "Kf § 48          98.441-310 Ks\nSvar på motion",
                "98.441-310KS",
            ),
            ("2002.317-210 Ks\n\n44", "2002.317-210KS"),
            ("det kostar 98.441-310 kr nu", ""),
            ("se 12.30-150 sn", ""),
            ("DIARlEN R: 2013/412\nSvar", "2013/412"),
            ("en äldreombudsman (KS 16/188)\nElsa", "KS16/188"),
            ("om mobila team (RV170944)\nMotionen", "RV170944"),
            ("Motion LTV 150901\n", "LTV150901"),
            ("Kf 131 Dnr KS03/243 739 Motion om taltid", "KS03/243739"),
            ("2018-08-28 SN 18/0098\nBeslut", "SN18/0098"),
            ("\n  KS 20/360 Hamnens kajer\n", "KS20/360"),
            ("Dnr 06.376", "06.376"),
            ("Dnr 2013KS/0412", "2013KS/0412"),
            ("Dnr 2018.KS.412\n", "2018.KS.412"),
            ("17/KS0412\nNy lekplats", "17/KS0412"),
            ("Ny lekplats (17KS-412)", "17KS-412"),
            ("en taxa (19RS88).", "19RS88"),
            ("§ 12 Dnr KS000312/2013\nPolicy", "KS000312/2013"),
            ("Dnr 2013/0412 KS-1\n", "2013/0412KS-1"),
            ("Dnr KS 2018-000412 1.1.1\n", "KS2018-0004121.1.1"),
            ("Dnr 98.441-310", "98.441-310"),
            ("Dnr 98/441 310", "98/441310"),
            ("Dnr KS/03/0441 310", "KS/03/0441310"),
            ("§ 9 Ny lekplats 2003.0441.310", "2003.0441.310"),
            ("Diarienr SOC 2018-12 700", "SOC2018-12700"),
            ("Dnr KS 18.441", "KS18.441"),
            ("KS2018.0211\nNy lekplats", "KS2018.0211"),
            ("om torget\nKS/2016:714 -101\n", "KS/2016:714-101"),
            ("om strandskydd (NV-04412-18)", "NV-04412-18"),
            (
                "färdtjänst (Rapport 2009:38) S2009/1816/FST... 5",
                "S2009/1816/FST",
            ),
            ("om fastighetsskatt (Fi2009/816)", "FI2009/816"),
            ("D-nr KS 2018/441", "KS2018/441"),
            ("§ 9 Ny lekplatsDnr KS 2018/441Beslut", "KS2018/441"),
            (
                "Diarienummer   Datum\n2018-00044   2018-02-11\nLek",
                "2018-00044",
            ),
            (
                "Datum   Er ref   Dnr\n2018-02-11        2018/44\nLek",
                "2018/44",
            ),
            ("Datum   Dnr\nElsa tog 2018/44\nLek", ""),
            ("mål 1234-17 och 04412-18", ""),
            ("mål P 3412-17 i domstolen", ""),
            ("7 Taxa (von/2017:3)", "VON/2017:3"),
            ("Taxa\n\nSN/2020/0073/042\n", "SN/2020/0073/042"),
            ("om nattomsorg (BUN 2014.211)\nBUN", "BUN2014.211"),
            ("om bussar\nTn/2009:211 519\nI motion", "TN/2009:211519"),
            ("Remiss: motion\nStbn/2017:512\nElsa", "STBN/2017:512"),
            ("om bostad först\nSov 311/2014", "SOV311/2014"),
            ("om en tavla\n2018-00044", "2018-00044"),
            ("om gatan\nPÄ 11/2012", "PÄ11/2012"),
            ("om lekplats\nKS.2011.0301.008", "KS.2011.0301.008"),
            ("om laddning\n2021KS511", "2021KS511"),
            ("Dnr 2020-O000411", "2020-O000411"),
            ("Dnr 2010.0411.214", "2010.0411.214"),
            ("Dar 511/2003", "511/2003"),
            ("om vägen till gården\nKS 20/0013\nFörslag", "KS20/0013"),
            ("om väntetider\n2019-POL000211", "2019-POL000211"),
            ("Dnr BIN 2017.311 600\n", "BIN2017.311600"),
            ("(Ku2019/00411)", "KU2019/00411"),
            ("promemorian, S2018/05025/FS, om", "S2018/05025/FS"),
            ("Ärendenummer: Ks 884/2012\nHandläggare", "KS884/2012"),
            ("svar på motion\nKs/2011:488\nElsa", "KS/2011:488"),
            ("Dnr 16KS388", "16KS388"),
            ("Dnr 11KS/0398", "11KS/0398"),
            ("Dnr 2016KSM1334.042", "2016KSM1334.042"),
            ("Dnr 2015/KS0612 050", "2015/KS0612050"),
            ("Dnr 2015/KS 0233 53", "2015/KS023353"),
            ("KS-KOM-2013-00211", "KS-KOM-2013-00211"),
            ("om torget, STK- 2018-644", "STK-2018-644"),
            ("Beslut - NV-21-003309, avgift", "NV-21-003309"),
            ("Rädda akuten\nLD12/00811", "LD12/00811"),
            ("Dnr KS 2012/00421 008\nMotion", "KS2012/00421008"),
            ("Dnr 2014/0211 TFN", "2014/0211TFN"),
            ("Dnr 2018-00710 1.1.1.1", "2018-007101.1.1.1"),
            ("dnr 523-3732-10 Rm", "523-3732-10RM"),
            ("Dnr LK/121021", "LK/121021"),
            ("om elevhälsa\nKS 322/13", "KS322/13"),
            ("upphandling, Dnr 2.2.1-230/2016, bilaga", "2.2.1-230/2016"),
            ("Dnr: 301-064-07", "301-064-07"),
            ("(Dnr 002 – 443 / 05)", "002-443/05"),
            ("(D nr 013 – 430 / 05)", "013-430/05"),
            ("Dnr 328-2009-599", "328-2009-599"),
            ("Dnr 137-2012-1.6.", "137-2012-1.6"),
            ("Dnr 707-2011-5.\n8 Nästa", "707-2011-5"),
            ("Dnr 2012- 182-3.1.", "2012-182-3.1"),
            ("Dnr 1.2.4.-579/12", "1.2.4-579/12"),
            ("Dnr 1.1.- 295/12", "1.1-295/12"),
            ("Dnr 1.5.1.388-2011", "1.5.1.388-2011"),
            ("dnr 099/668-2008.", "099/668-2008"),
            ("Dnr 1.1/3296/2012", "1.1/3296/2012"),
            ("Dnr 05-320/ 538", "05-320/538"),
            ("Dnr 08-400/475", "08-400/475"),
            ("Dnr 2010-12272", "2010-12272"),
            ("Dnr 210-11038", "210-11038"),
            ("Dnr 2009-010756-217", "2009-010756-217"),
            ("Dnr:308-247/2004", "308-247/2004"),
            ("Dnr60902-188/2013", "60902-188/2013"),
            ("DNR:0402-170/2012", "0402-170/2012"),
            ("Dor: 004123/2007.", "004123/2007"),
            ("Dnr T2021-00031", "T2021-00031"),
            ("dnr T 2010-313-01743", "T2010-313-01743"),
            ("Dnr KS 2018/00909-1.1.1", "KS2018/00909-1.1.1"),
            ("Dnr 2016/433-KS", "2016/433-KS"),
            ("Dnr 2014/KS 0012 001", "2014/KS0012001"),
            ("Dnr: 2014/KS 0012\nNämndens förslag", "2014/KS0012"),
            ("Dnr N2016/02411/PUB", "N2016/02411/PUB"),
            ("§ 36\n2015/FF0042\nBudget", "2015/FF0042"),
            ("Dnr. 08/KS 211 101", "08/KS211101"),
            ("Dnr 2017KSM0611 301", "2017KSM0611301"),
            ("Inkomna motioner\nMotion nr 27\nRS 911-2025", "RS911-2025"),
            ("DNR: KU.2017.92", "KU.2017.92"),
            ("Motion om snö\nRS 1054-2023", "RS1054-2023"),
            ("Motion om snö\nRS 338:1-2020", "RS338:1-2020"),
            ("Dnr KS 02-820 107", "KS02-820107"),
            ("Diarienummer KS 2019.7", "KS2019.7"),
            ("10. Bolagets förslag KS 2019.1237", "KS2019.1237"),
            ("KS 8 Dnr 2016/00411 331 Antagande", "2016/00411331"),
            ("23RS5911\nFrån länsstyrelsen", "23RS5911"),
            ("Dnr Ks 02-1820 107", "KS02-1820107"),
            ("Dnr 2013-KS0548/003", "2013-KS0548/003"),
            ("Diarienummer LD11/02896", "LD11/02896"),
            ("Ärendenummer SLK-2023-01047", "SLK-2023-01047"),
            ("Dnr 0263/20", "0263/20"),
            ("SN 18/0098 saknar", ""),
            ("i SEK- 2018-2019", ""),
            ("artikel 21-003309", ""),
            ("(KS/2021:155)", "KS/2021:155"),
            ("DIARIENUMMER SIDA 11 maj 2015 KS-2015/31", "KS-2015/31"),
            ("tjänsteresorLS 0806-0619", "LS0806-0619"),
            ("resor LS 0806-0619Förslag", "LS0806-0619"),
            ("Dnr 2009/BUN312-004.", "2009/BUN312-004"),
            ("Dnr 2009/BUN 312-004.", "2009/BUN312-004"),
            (
                "Remiss från kommunstyrelsen - 001-1606/2009",
                "001-1606/2009",
            ),
            ("BUN 2010/428", "BUN2010/428"),
            ("beslut 1.6-0463/2011 gäller", "1.6-0463/2011"),
            ("Markanvisning\nE2015-00777", "E2015-00777"),
            ("om ungdomsmottagningar HSN 1209-1101", "HSN1209-1101"),
            ("Badplatsen KS-2015/1912.109", "KS-2015/1912.109"),
            ("Elsa Berg (S) KS 2011/0412 001", "KS2011/0412001"),
            ("KS 2011/0412 250 kronor", "KS2011/0412"),
            ("Dnr 1600711", "1600711"),
            ("nytt hyresavtal (FSK 2020/411)", "FSK2020/411"),
            ("SAM 311/2016", "SAM311/2016"),
            ("Dnr2.2.1-230/2016", "2.2.1-230/2016"),
            ("Dnr1.5.1.388-2011", "1.5.1.388-2011"),
            ("Snö i parken (099/668-2008)", "099/668-2008"),
            ("Snö i parken\n328-2009-599", "328-2009-599"),
            (
                "En torgfråga\nRS 912-2025Motion nr 1-2026 från Siv Ask",
                "RS912-2025",
            ),
            ("KF § 76 2009.071 KS 512\n", "2009.071KS512"),
            ("Snö i parken (2014/KS 0012 001)", "2014/KS0012001"),
            ("Snö i parken\n2013-KS0548/003\n", "2013-KS0548/003"),
            ("Dnr 2019/KS/0123\n", "2019/KS/0123"),
            ("Dnr 2019-123/KS\n", "2019-123/KS"),
            ("Diarie nr 2014/304\n", "2014/304"),
            ("Diarie-\nnummer 2014/304\n", "2014/304"),
            ("Dnr nr KS 2019/562\n", "KS2019/562"),
            ("Dnr (2014/304)\n", "2014/304"),
            ("Dnr – 2014/304\n", "2014/304"),
            ("Ärendebeteckning: 2014/304\n", "2014/304"),
            ("Dnr 00.112/2015\n", "00.112/2015"),
            ("Vår ref 2019/12-KS\n", "2019/12-KS"),
            ("Vår referens: Siv Ask\nEr ref. 2019-02-01", ""),
        ] {
            let want: Vec<&str> = Some(want)
                .filter(|want| !want.is_empty())
                .into_iter()
                .collect();
            assert_eq!(keys(text), want, "{text:?}");
        }
        assert_eq!(
            keys("Dnr 7-742-2011 och 5-744-2011"),
            ["7-742-2011", "5-744-2011"]
        );
    }

    #[test]
    fn the_senders_number_is_anothers() {
        let text = "Vårt dnr 2012/34, ert dnr 8.2-22970/2013, länsstyrelsens dnr 505-08-64515\nEr ref 45-678-19";
        let roles: Vec<DnrRole> = find(&Sheet::new([(1, text)]), None, &[], "")
            .into_iter()
            .map(|hit| hit.dnr.role)
            .collect();
        let others = [DnrRole::Other; 3];
        assert_eq!(roles, [&[DnrRole::Own][..], &others].concat());
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "(Dnr /2016)",
            "DNR /2008",
            "KS 2014/17~/1",
            "Motion (2012:6) av Elsa Berg (S)",
            "SOU 2016:5, Ds 2017:8, SFS 2001:453, prop. 2019/20:147, KFS 2018:10",
            "KS 2009-05-26, § 104",
            "§ 70/20",
            "mål nr M 3003-10",
            "Växel 08-508 220 00, Fax 08-508 22 099, 08-508 18 161",
            "Organisationsnummer 212000-0142, bankgiro 5052-8124",
            "org.nr 802411-8310",
            "Ågesta 1:4 och Fullbro 2:5",
            "protokoll 4/2009",
            "läsåret 2003/04",
            "Fakturanummer 2021-004512. Avtalsnr U2020/188.",
            "under 2016-2018",
            "daterad 2016-01-27",
            "s-dp 2007-03929-54",
            "personnummer 19121212-1212",
            "EU-direktiv 2006/123/EG och 2014/24/EU, AFS 2015:4, HSLF-FS 2016:40",
            "ISBN 978-91-38-23456-7, ISSN 0375-250X, SS-EN 1176-1",
            "bet. 2009/10:KU19, rskr. 2009/10:304, dir. 2012:13",
            "mål nr T 1234-12 och B 55-10, skala 1:500",
            "SDN 12/11, rum B 112/14 och linje A 134-12",
            "Dnr Sid 2-3",
            "Protokoll\nSDN 5/2013",
            "protokollet (SDN 12/2011)",
            "se KS 16/188 där",
            "läsåret 16/17 (LÅ 16/17)",
            "KS190930 V Förslag",
            "Summa TKR 2014.211 kronor",
            "Se\nSid 3/2010",
            "Plan\nDp 2002-04411",
            "kom 2018-00044 gånger",
            "Han stod där 511/2003",
            "uppgick 2011.0301.008",
            "Sammanträde\n2018-09-11",
            "läsåret\n2010-2011",
            "02JUL2017: Nyheter",
            "enligt 11 kap. PBL 2010:900",
            "Ekby 338:1-2020",
            "Snö i parken\nMÖD 2012:48\nDs 2017:8\nMSBFS 2015:3\n",
        ] {
            assert_eq!(keys(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_number_of_another_body_beside_the_namnds_own_is_anothers() {
        for (namnd, text, want) in [
            (
                "tekniska namnden",
                "Motion om torget, STK-2018-644\nTN-2018-1777",
                [false, true],
            ),
            (
                "samhallsbyggnadsnamnden",
                "Hastigheter (TRV 2017/41234)\nDnr SBN 2018/12",
                [false, true],
            ),
            // Both may be the board's.
            (
                "kommunstyrelsen",
                "Taxa KS 2018/12\nPolicy KSF 2018/13",
                [true, true],
            ),
            // Its letters say nothing where none of its own stands there.
            (
                "namnden",
                "Taxa TRN 2018/412\nPolicy STK 2018/413",
                [true, true],
            ),
        ] {
            let own: Vec<bool> = find(&Sheet::new([(1, text)]), None, &[], namnd)
                .iter()
                .map(|hit| hit.dnr.role == DnrRole::Own)
                .collect();
            assert_eq!(own, want, "{text:?}");
        }
        let text = "Dnr SN 2018/12, IVO:s dnr 8.5-12345/2017";
        let hits = find(&Sheet::new([(1, text)]), None, &[], "socialnamnden");
        assert_eq!(hits[1].dnr.role, DnrRole::Other);
    }
}
