//! Tagging, bytes of text a second, on one core. The text is invented here, on the pattern of an office's report: a
//! letterhead, a proposal, a page of plain prose for each page that names parties, dates and numbers.

use diarium::{extract, repair, tag};
use divan::counter::BytesCount;

const HEAD: &str = "Vattennäs stadsdelsförvaltning\nStab\n\nTjänsteutlåtande\nDnr 1.2.1-230/2016\nSida 1 (5)\n2016-02-09\n\n\
    Handläggare Till\nElsa Bergvall\nTelefon: 08-508 22 310\n\nFarsta stadsdelsnämnd\n2016-03-12\n\nBelysningen i parkerna\n\n\
    Svar på skrivelse från Elsa Bergvall m.fl. (V)\n\nFörslag till beslut\nFarsta stadsdelsnämnd godkänner förvaltningens \
    tjänsteutlåtande som svar på skrivelsen från vänsterpartiet.\n\nSammanfattning\nElsa Bergvall m.fl. (V) har i en skrivelse \
    till nämnden den 19 december 2015 begärt en redovisning av belysningen. Ärendet har behandlats i pensionärsrådet den 3 mars.\n\n";

const PROSE: &str = "Förvaltningen har under åren arbetat med att se över gångvägarna, och de flesta enheter har på olika sätt kunnat \
    utöka tillsynen. Arbetet sker tillsammans med berörda grannar och föreningar, som flera gånger har framhållit att mörka \
    passager upplevs som otrygga. Planeringen tar hänsyn till djur och växter vid vattnet, och armaturerna väljs så att ljuset \
    riktas nedåt. Kostnaden uppskattas till cirka 400 000 kronor och ryms inom budgetens ram. Nämnden har tidigare beslutat om \
    en plan för perioden, som följs upp varje år i samband med verksamhetsberättelsen. Under hösten görs en ny mätning, och \
    resultatet redovisas när det finns.\n\nSocialförvaltningen och trafikkontoret har tagit del av underlaget. Samråd hölls \
    2016-01-14, och ytterligare ett möte är planerat. Frågan om skötsel av stränderna behandlas i ett annat ärende.\n\n";

fn main() {
    divan::main();
}

fn paper(pages: usize) -> String {
    let mut text = String::from(HEAD);
    for page in 0..pages {
        if page > 0 {
            text.push('\u{c}');
        }
        for _ in 0..3 {
            text.push_str(PROSE);
        }
    }
    text.push_str("Bilagor\n1. Skrivelse från Elsa Bergvall m.fl. (V)\n");
    text
}

#[divan::bench(args = [1, 6, 200])]
fn whole_paper(bencher: divan::Bencher<'_, '_>, pages: usize) {
    let clean = repair::text(&extract::plain(paper(pages).as_bytes()));
    let bytes: usize = clean.pages.iter().map(|page| page.text.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| tag::tags(divan::black_box(&clean), ""));
}

#[divan::bench]
fn agenda_item(bencher: divan::Bencher<'_, '_>) {
    let text = "9 Belysningen i parkerna\nSvar på skrivelse från Elsa Bergvall (s) och Ulf Ek (mp)\nDnr 328-2009-599";
    let clean = repair::text(&extract::plain(text.as_bytes()));
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| {
            tag::tags(
                divan::black_box(&clean),
                "Stockholms stad > Farsta stadsdelsnämnd > Sammanträde 2009-10-22",
            )
        });
}
