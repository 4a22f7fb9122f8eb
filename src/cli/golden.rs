//! Golden queries: what an index must find before it may answer.

use std::path::Path;

use anyhow::Context;

use crate::index::Reader;
use crate::pipeline::Checked;
use crate::query::{self, Request};
use crate::record::{Entry, State};

/// A query, and a document that it must find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Golden {
    query: String,
    file: String,
    /// Where it stands: ``line 3 of `golden.tsv` ``.
    line: String,
}

/// The golden queries in the file at `path`: query, tab, document, a line each; `#` begins a comment.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Golden>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the golden queries `{}`", path.display()))?;
    let mut golden = Vec::new();
    for (text, number) in text.lines().zip(1..) {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let line = format!("line {number} of `{}`", path.display());
        let parts = text
            .split_once('\t')
            .filter(|(query, file)| !query.trim().is_empty() && !file.trim().is_empty());
        let Some((query, file)) = parts else {
            anyhow::bail!("{line} is not a query, a tab and a document");
        };
        query::parse(query).with_context(|| line.clone())?;
        golden.push(Golden {
            query: query.trim().to_owned(),
            file: file.trim().to_owned(),
            line,
        });
    }
    Ok(golden)
}

/// The golden queries that the index breaks, one clause each; and those whose document has another path by now.
pub(super) fn check(golden: &[Golden], reader: &Reader) -> anyhow::Result<Checked> {
    let mut checked = Checked::default();
    for one in golden {
        match wanted(one, reader)? {
            Wanted::Paper(paper, note) => {
                checked.notes.extend(note);
                checked.wrong.extend(missed(one, &paper, reader)?);
            }
            Wanted::None(wrong) => checked.wrong.push(wrong),
        }
    }
    Ok(checked)
}

/// The document that a golden query is to find.
enum Wanted {
    /// The document, and what is to be said of its name.
    Paper(Entry, Option<String>),
    /// There is none: why, in a clause.
    None(String),
}

fn wanted(golden: &Golden, reader: &Reader) -> anyhow::Result<Wanted> {
    let Golden { query, file, line } = golden;
    let several = |said: String| Wanted::None(format!("{line}: {said}"));
    match super::document(reader, file) {
        Ok(Some((entry, _))) => return Ok(Wanted::Paper(entry, None)),
        Ok(None) => {}
        Err(query::Error::Name(said)) => return Ok(several(said)),
        Err(error) => return Err(error).with_context(|| line.clone()),
    }
    // A folder that was renamed takes its papers with it, and no paper is lost by that.
    if let Some((_, last)) = file.rsplit_once('/') {
        match super::document(reader, last) {
            Ok(Some((entry, _))) if entry.file.rsplit('/').next() == Some(last) => {
                let note = format!(
                    "`{file}` is not there any more: `{}` is taken for it; put that name into {line}",
                    entry.file
                );
                return Ok(Wanted::Paper(entry, Some(note)));
            }
            Ok(_) => {}
            Err(query::Error::Name(said)) => {
                return Ok(several(format!("`{file}` is not there any more; {said}")));
            }
            Err(error) => return Err(error).with_context(|| line.clone()),
        }
    }
    Ok(Wanted::None(format!(
        "`{query}` is to find `{file}`, and there is no such paper in the corpus; put its new name into {line}, or take the line \
         out if the paper is gone for good"
    )))
}

/// What is wrong when the query does not find `wanted`.
fn missed(golden: &Golden, wanted: &Entry, reader: &Reader) -> anyhow::Result<Option<String>> {
    let Golden { query, file, .. } = golden;
    if wanted.state == State::Skipped {
        let reason = wanted.reason.as_deref().unwrap_or_default();
        return Ok(Some(format!(
            "`{query}` is to find `{file}`, which is not read ({reason}); if that is meant, take the line out of the golden queries"
        )));
    }
    let request = Request {
        query: query.clone(),
        limit: usize::MAX >> 1,
        bare: true,
        ..Request::default()
    };
    for hit in &query::search(reader, &request)?.hits {
        // A copy is found under the name that was read.
        let is_copy = || -> anyhow::Result<bool> {
            let found = reader.find(&hit.card.file)?;
            Ok(found.is_some_and(|(entry, _)| entry.hash == wanted.hash))
        };
        if *hit.card.file == *wanted.file || wanted.state == State::Copy && is_copy()? {
            return Ok(None);
        }
    }
    Ok(Some(format!("`{query}` does not find `{file}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_golden_queries_is_read_or_its_fault_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("golden.tsv");
        std::fs::write(
            &path,
            "# viktiga\n\nlöpande arbete\ta/b.pdf\nsvar:V\tc.pdf\n",
        )
        .unwrap();
        assert_eq!(read(&path).unwrap().len(), 2);
        for (text, fault) in [("löpande", "line 1"), ("a\tb\n(\tc.pdf", "line 2")] {
            std::fs::write(&path, text).unwrap();
            let error = format!("{:#}", read(&path).unwrap_err());
            assert!(error.contains(fault), "{error}");
        }
    }
}
