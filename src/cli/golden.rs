//! Golden queries: what an index must find before it may answer.

use std::path::Path;

use anyhow::Context;

use crate::index::Reader;
use crate::query::{self, Request};
use crate::record::State;

/// A query, and a document that it must find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Golden {
    query: String,
    file: String,
}

/// The golden queries in the file at `path`: query, tab, document, a line each; `#` begins a comment.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Golden>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the golden queries `{}`", path.display()))?;
    let mut golden = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let parts = line
            .split_once('\t')
            .filter(|(query, file)| !query.trim().is_empty() && !file.trim().is_empty());
        let Some((query, file)) = parts else {
            anyhow::bail!(
                "line {number} of `{}` is not a query, a tab and a document",
                path.display()
            );
        };
        query::parse(query).with_context(|| format!("line {number} of `{}`", path.display()))?;
        golden.push(Golden {
            query: query.trim().to_owned(),
            file: file.trim().to_owned(),
        });
    }
    Ok(golden)
}

/// The golden queries that the index breaks: one clause each.
pub(super) fn broken(golden: &[Golden], reader: &Reader) -> anyhow::Result<Vec<String>> {
    let mut broken = Vec::new();
    for Golden { query, file } in golden {
        let request = Request {
            query: query.clone(),
            limit: usize::MAX >> 1,
            bare: true,
            ..Request::default()
        };
        let Some((wanted, _)) = super::document(reader, file)
            .with_context(|| format!("the golden query `{query}` names a document"))?
        else {
            broken.push(format!(
                "`{query}` is to find `{file}`, and there is no such paper in the corpus; if that is right, take the line out"
            ));
            continue;
        };
        if wanted.state == State::Skipped {
            let reason = wanted.reason.unwrap_or_default();
            broken.push(format!(
                "`{query}` is to find `{file}`, which is not read ({reason}); if that is meant, take the line out of the golden queries"
            ));
            continue;
        }
        let found = query::search(reader, &request)?;
        // A copy is found under the name that was read.
        let is_wanted = |hit: &query::Hit| -> anyhow::Result<bool> {
            Ok(*hit.card.file == *wanted.file
                || wanted.state == State::Copy
                    && reader
                        .find(&hit.card.file)?
                        .is_some_and(|(entry, _)| entry.hash == wanted.hash))
        };
        let mut finds = false;
        for hit in &found.hits {
            finds = finds || is_wanted(hit)?;
        }
        if !finds {
            broken.push(format!("`{query}` does not find `{file}`"));
        }
    }
    Ok(broken)
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
