//! Words that tell a paper's kind: a text → which of the eleven cues it holds, and where each stands first.
//!
//! All are looked for together, by the runs of letters that their words hold; a cue's own pattern is run, and compiled, only
//! where the text may hold one of its words.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use super::pattern::Pattern;

use super::gate::Gates;
use super::sheet::{Sheet, tolerant};

/// What a paper says of its kind where it says it.
#[derive(Clone, Copy)]
pub(super) enum Cue {
    Attendance,
    Debate,
    Dissent,
    Notice,
    Svar,
    Remiss,
    RemissAside,
    Consulted,
    Opinion,
    NotAMatter,
    File,
}

/// Each [`Cue`] with its pattern and with words of which a text that holds it holds one: those alone, without gaps to
/// count, are cheap to look for together.
const CUES: [(&str, &str); 11] = [
    (ATTENDANCE, ATTENDANCE),
    (DEBATE, DEBATE),
    (
        DISSENT,
        r"reserver|\breservation|särskilt |ersättaryttrande|protokollsanteckning|röstförklaring|votering",
    ),
    (
        NOTICE,
        r"anmäl|inkom|motioner|interpellationer|delgivning|meddelanden|balanslista|delegation|rapport|information|informera|redovis|beslut fattade|beslut från|nya |nytt |övriga |skrivelser|handlingar|frågor från|protokoll|minnesanteckning|inbjud|kurser|cirkulär|ordförandebeslut|förteckning|kännedom|dok ?id|skrivelsepärm|till handlingarna|länsstyrelse|entledigande",
    ),
    (
        SVAR,
        r"svar|yttra|redovisning|återrapportering|återkoppling|utlåtande ",
    ),
    (REMISS, REMISS),
    (REMISS_ASIDE, REMISS_ASIDE),
    (
        CONSULTED,
        r"detaljplan|översiktsplan|samråd|utställning|granskning|\bbetänkande|\(sou |\(ds |departementspromemoria",
    ),
    (OPINION, r"\byttrande|\bsvar |\bsamråd om"),
    (NOT_A_MATTER, NOT_A_MATTER),
    (FILE, r"\.(?:pdf|docx?|xlsx?|pptx?)\b"),
];

/// Each cue, compiled when a text may first hold it.
static PATTERNS: [OnceLock<Pattern>; CUES.len()] = [const { OnceLock::new() }; CUES.len()];

/// The gate of each cue's words.
static GATES: LazyLock<Gates> = LazyLock::new(|| Gates::of(CUES.map(|(_, words)| words)));

/// The cues that a text may hold.
pub(super) struct Held(u16);

impl Held {
    /// Looks through `text`, a part of the folded copy of `sheet`.
    pub(super) fn by(sheet: &Sheet, text: &[u8]) -> Held {
        Held(sheet.let_by(&GATES, text))
    }

    /// Where `cue` stands first in `text`, the text that was looked through.
    pub(super) fn find(&self, cue: Cue, text: &[u8]) -> Option<Range<usize>> {
        if self.0 >> (cue as usize) & 1 == 0 {
            return None;
        }
        let pattern = PATTERNS[cue as usize].get_or_init(|| tolerant(CUES[cue as usize].0));
        pattern.find(text).map(|found| found.range())
    }
}

const ATTENDANCE: &str = concat!(
    r"^\W*(?:beslutande |närvarande )?ledamöter[ \t]*\n|^\W*närvarande[ \t]*\n|^\W*\d{0,3}(?:/\d\d)?[a-z]?[.)]?\s*(?:(?:val|utseende) av (?:[a-z]+ ){0,3}[a-z]*(?:justerare|justeringsmän)|(?:fastställande|godkännande|justering) av (?:dagens )?(?:dagordning|föredragningslista|ärendelista)|upprop\b)|",
    r"§ ?1 justerare|81 justerare|\bjusterar\b|öppnade (?:mötet|sammanträdet)|(?:mötet|sammanträdet) (?:öppnas|öppnades|avslutas|avslutades)|avslutade (?:mötet|sammanträdet)|justerat ?:|justerat [a-z]+dagen|justerat den|justerar (?:dagens |detta )?protokoll|protokollet (?:justera|från)|justera (?:dagens|detta) protokoll|\butse[rs]? [^.\n]{3,80} att [^.\n]{0,50}\bjustera|\bnärvarande ?:|\bnärvarande (?:ledamöter|ersättare|tjänstemän)|",
    r"ledamöter ?:|\bledamöter med undantag|att justera\b|\batt tillsammans med [^.\n]{3,40} justera|ska[l]? justera|justera protokoll|att jämte|utsågs att|utses? att|\bjustering (?:den|sker|av dagens)|justerades|tjänstgörande ersättare|ersättare ?:|\btjänstgör\b|\btjänstgjorde\b|",
    r"\bkungörelse|anslogs|anslagsbevis|sammanträdesprotokoll|\bfrånvarande\b|paragrafer \d|vid protokollet|i avgörandet delt|beslutande ?:|beslutande(?: ledamöter)? [a-z .-]{3,40}(?:[(][a-z]{1,3}[)]|, [a-z]{1,3}, )|\bnärvarande beslutande\b|\bjusteringens plats\b|övriga deltagande|utdragsbestyrkande|justerandes sign|förklara[dr]e? [^.]{0,40}(?:avslutat|öppnat)|",
    r"mötets (?:öppnande|avslutande)|sammanträdets (?:öppnande|avslutande)|avslutar (?:mötet|sammanträdet)|tillägg till protokoll|^\W*(?:sammanträdes)?protokoll\b|utdrag ur protokoll|protokollet är justerat|justeringen tillkännages|\banslag/bevis|\bval av justeringsmän\b|\bnärvarolista|\bdatum för (?:datum för )?(?:anslag|uppsättande)|\banslaget (?:sattes|tas) (?:upp|ned|ner)|\boriginalprotokoll|^\W*ledamöter parti\b|\bdeltar (?:digitalt|på distans)\b|\bnärvaroförteckning|\bupprops(?:lista|förteckning)|\bprotokollet som justerats\b|\bhar haft sammanträde\b|\bande (?:ledamöter\b|[a-z-]+ [a-z-]+ ?[(][a-z]{1,3}[)])|\btid för anslag\b|\bnärvarande vid uppropet|\bprotokollet för(?:e|de)s av|\bbevis\s+om justering|^[a-z -]{4,60} protokoll \d+ ?\(\d+\)|\bnamn parti röst\b|\bvoteringslista|\bomröstningslista|\bjusteringsdag\b|\bjusteringsperson\b|\bersättare t/n\b|\bunderskrifter\s+sekreterare\b|\btj\.? ?g\.? ers|^\W*paragraf(?:er)?:? \d{1,3} ?-|(?:bilaga|bilagor|tillägg|anteckning|bifogas|fogas|läggs|särskilt yttrande) till protokollet"
);
/// What is said and done on a matter in minutes.
const DEBATE: &str = r"\byrkade\b|\byrkar (?:bifall|avslag|återremiss)|\binstämmer i\b|bifall till (?:[a-z]+ ){0,4}(?:[a-z]*motion|[a-z]*förslag|skrivelse|initiativ|yrkande|ansökan|återremiss|[a-z]{4,}s\b)|ordföranden finner|ställer (?:(?:[a-rt-z][a-z]*|s[a-hj-z][a-z]*) ){0,3}(?:proposition|förslag)|propositionsordning|beslutsgång|deltog (?:ej|inte)|\bomröstning\b|anmälde jäv|på grund av jäv|ajournera";
const DISSENT: &str = r"^.{0,60}?(?:reserverade sig|reserverar sig|\breservation\b|särskilt uttalande|särskilt yttrande|ersättaryttrande|protokollsanteckning|röstförklaring|votering)";
const NOTICE: &str = concat!(
    r"(?:^|[.\n]|\d|:|- )[^a-z\n]{0,6}(?:[a-z][).]? )?(?:anmälan av|anmälan om|övriga anmälningsärenden|anmälningsärende|anmälningar|anmälan\b|inkomna|inkommen skrivelse|delgivning|meddelanden|kännedomsärende|anmäles|anmäls|balanslista|delegationsbeslut|delegationsärende|",
    r"anmälan från|rapporter från|information från|information om|muntlig information|muntlig rapport|beslut från|information\b|informationsärende|meddelande från länsstyrelsen|[a-z]+ informerar\b|redovisning av (?:obesvarade|ej |ännu )|redovisning av (?:delegation|beslut|inkomna (?:handlingar|skrivelser|protokoll))|anmälda|beslut fattade|beslut från|nya medborgar|nya skrivelser|övriga skrivelser|skrivelser\W*$|skrivelser som|handlingar som|skrivelser (?:till|från) (?:nämnden|ledam|[a-z]*fullmäktige)|länsstyrelsen(?:s|,| i [a-z]+ län,?| har)? (?:protokoll|beslut om (?:ny|ersätt)|har|(?:som|till) ny)|nyinkomna|nytt (?:medborgar|e-förslag)|nya (?:motioner|interpellationer|frågor)|rapport från|frågor från|protokoll från|protokoll fört|minnesanteckningar|",
    r"inbjudan|inbjudningar|kurser och konferenser|cirkulär|ordförandebeslut|frågor från nämnd|[a-z ]{0,30}(?:nämndens|rådets|gruppens|delegationens|kommitténs|utskottets|presidiets) protokoll|protokoll den|handlingar för kännedom|förteckning över)|\bobesvarade motioner\b|\bmotioner (?:och medborgarförslag )?under beredning|\bmotioner är (?:inte|ännu inte|ej) (?:färdig|besvarade|slutbe)[a-z]*|\bmotioner som (?:inte|ännu inte|ej) (?:är |har )?(?:färdig|besvara|slutbe|bere)[a-z]*|\bmotioner in ?lämnade\b|\blämnade (?:[a-z]+ )?in (?:[a-z]+ ){0,2}(?:motioner|interpellationer)\b|\banmäl[es]{1,2}\b|[-,] anmälan\b|anmälan[ \t]*\n|för kännedom|redovisas muntligt|anmälan av svar|lägga anmälan till handlingarna|har inkommit protokollsutdrag|dok ?id|skrivelsepärm|l(?:äggs|ades) till handlingarna|\bl(?:ägger|ade|ägga) (?:rapporten|redovisningen|informationen|anmälan|anmälningarna|anmälningsärendena|meddelandena|protokollet|protokollen|delgivningarna|listan|förteckningen|handlingarna|beskedet) (?:[^.\n]{3,40} )?till handlingarna|föregående (?:mötes |sammanträdes )?protokoll|från [a-z][^\n]{3,60} med (?:begäran om )?entledigande från|inkommet medborgar|inkommit medborgar|inkomna medborgar|inkomna skrivelser"
);
/// The answer's own words: 1 what is answered.
const SVAR: &str = concat!(
    r"(?:(?:\b(?:svar|svarar|svara|svaret|remissvar|motionssvar|interpellationssvar|yttrande|yttra sig|besvarande|besvarar|besvara|redovisning|återrapportering|återredovisning|återkoppling)\b(?: till (?:ks|kommunstyrelsen|kf|kommunfullmäktige|ledamoten))?",
    r"(?: (?:på|över|av|med anledning av|angående|till))?|\btjänste?utlåtande (?:rörande|angående|över|avseende|gällande|om|med anledning av))(?: (?:en|två|tre|fyra|flera|inkommen|inkomna|bordlagd|bordlagda|ny|gemensam|nämndens|tidigare|skriftlig|enkel|muntlig|remiss av|remiss om|remissen om|remitterad))*[^.!?\n]{0,60}?(?: |parti)",
    r"(?:skrivelse|motion|interpellation|fråga|frågor|medborgar ?förslag|medborgarinitiativ|e-förslag|(?:göteborgs|helsingborgs|ängelholms|mölndals|linköpings|umeå|partille|kungsbacka)förslag|nämndinitiativ|initiativärende|ärendeinitiativ|ledamotsinitiativ|politikerinitiativ|politiskt initiativ|initiativ (?:från|av|om)|yrkande(?:t)? från|(?:begäran|framställan|hemställan|förfrågan) från|remiss))"
);
const REMISS: &str = r"\bremis{1,2}[a-z]*|\bremitter|\bplansamråd|\b(?:samråds|plan|budget|intern|utställnings|förslags)remiss";
const CONSULTED: &str = concat!(
    r"\bdetaljplaneförslag|förslag till (?:ny |ändrad )?(?:detaljplan|översiktsplan)|\bdetaljplan[^.\n]{0,80}(?:samråd|utställning|granskning)|(?:samråd|utställning|granskning)[^.\n]{0,40}detaljplan|[.,-] ?samråd\b|",
    r"\bbetänkande[t]? [^.\n]{0,80}\bsou \d{4}|\(sou \d{4}:\d+\)|\(ds \d{4}:\d+\)|departementspromemoria"
);
const REMISS_ASIDE: &str = r"redogörelse för remiss|\b(?:varit|var) (?:ute )?på remiss|remissinstans|skicka[s]? (?:ut )?[a-z]* ?på remiss|sänds? (?:ut )?på remiss|tidigare remiss|remitterats? till|remitteras till|remitterades till|till (?:ks|kommunstyrelsen|landstingsstyrelsen|regionstyrelsen) remitter";
const OPINION: &str = r"\byttrande (?:över|till|i|angående|ang|avseende|gällande|rörande|om|med|senast)\b|\bsvar (?:på|till) [a-z ]{0,40}(?:revision|granskning|inspektion|tillsyn|föreläggande|arbetsmiljöverket|socialstyrelsen|länsstyrelsen|begäran|ansökan)|\byttrande\b\W*$|\bsamråd om\b|^\W*(?:\d{1,3}[.)]? )?[^\n]{0,80}\byttrande[^\n]{0,40} överklagande av";
const NOT_A_MATTER: &str = r"\brotel [ivx]+\b|\.(?:pdf|docx?|xlsx?|pptx?)\b|\b\d+ ?[km]b\b|fakturanummer|\bplats ?:|\btid ?:|\btid och plats|^\W*bilagor\b|^\W*bilaga\b|\bpersonnr|kallas (?:härmed )?till|^\W*kallelse/underr|välkomna|läs mer|ärendedokument|copyright|(?:[a-z]+s|vår|denna|min|på) webbplats";
const FILE: &str = r"\.(?:pdf|docx?|xlsx?|pptx?)\b[^\n]{0,24}\d ?[km]b\b";

#[cfg(test)]
mod tests {
    use super::super::gate::Grams;
    use super::super::sheet::folded;
    use super::*;

    #[test]
    fn a_text_that_holds_a_cue_holds_one_of_its_words() {
        let lines = include_str!("lines.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let text = line.replace('⏎', "\n");
            for text in text.split('\t') {
                let folded = folded(text);
                let held = GATES.lets(&Grams::of(folded.as_bytes()));
                for (number, (pattern, words)) in CUES.iter().enumerate() {
                    let found = tolerant(pattern).find(folded.as_bytes()).is_some();
                    assert!(!found || held >> number & 1 == 1, "{text:?}: {words}");
                }
            }
        }
    }
}
