//! Small PDFs, written here, for the tests of this room.

/// A file of the given objects, numbered from 1; the first is the catalog. With a cross-reference table.
pub(super) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        offsets.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

/// A stream object.
pub(super) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// A document with a page for each content, all with Helvetica as `/F1` and what `resources` and `page` add. Further
/// objects are numbered from `3 + 2 × pages + 1`; see [`first_extra`].
pub(super) fn document(
    contents: &[&[u8]],
    resources: &str,
    page: &str,
    extra: &[Vec<u8>],
) -> Vec<u8> {
    let kids: String = (0..contents.len())
        .map(|at| format!("{} 0 R ", 4 + 2 * at))
        .collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Kids [{kids}] /Count {} /MediaBox [0 0 595 842] >>",
            contents.len()
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    for (content, at) in contents.iter().zip(0..) {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> {resources} >> {page} >>",
                5 + 2 * at
            )
            .into_bytes(),
        );
        objects.push(stream("", content));
    }
    objects.extend(extra.iter().cloned());
    file(&objects)
}

/// The number of the first further object of a [`document`] with `pages` pages.
pub(super) fn first_extra(pages: usize) -> usize {
    4 + 2 * pages
}
