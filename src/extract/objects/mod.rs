//! The objects of an opened file, whoever opened it: read where they stand when they are asked for ([`Direct`]), or all
//! beforehand by lopdf or by a search for them.

mod direct;
#[cfg(test)]
mod tests;
mod values;

use lopdf::{Dictionary, Document, Object, ObjectId};

pub(super) use direct::Direct;
pub(super) use values::find;

/// The objects of one file.
pub(super) struct Objects<'f> {
    store: Store<'f>,
    /// What leads to the others.
    pub(super) trailer: Dictionary,
}

enum Store<'f> {
    Direct(Direct<'f>),
    Loaded(Box<Document>),
}

impl<'f> Objects<'f> {
    /// No objects.
    pub(super) fn none() -> Objects<'f> {
        Document::new().into()
    }

    /// The object that is called `id`.
    pub(super) fn get(&self, id: ObjectId) -> Option<&Object> {
        match &self.store {
            Store::Direct(direct) => direct.get(id),
            Store::Loaded(doc) => doc.objects.get(&id),
        }
    }

    /// The bytes of a file that is read directly, from the object that is called `id` on.
    pub(super) fn bytes(&self, id: ObjectId) -> Option<&[u8]> {
        match &self.store {
            Store::Direct(direct) => direct.bytes(id),
            Store::Loaded(_) => None,
        }
    }

    /// All objects by their names; nothing of a file that is read directly, whose parts all hang together.
    pub(super) fn all(&self) -> impl Iterator<Item = (ObjectId, &Object)> {
        let loaded = match &self.store {
            Store::Direct(_) => None,
            Store::Loaded(doc) => Some(doc.objects.iter().map(|(&id, object)| (id, object))),
        };
        loaded.into_iter().flatten()
    }

    /// Whether something was met on the way that only a reader of broken files should judge.
    pub(super) fn are_doubtful(&self) -> bool {
        match &self.store {
            Store::Direct(direct) => direct.is_doubtful(),
            Store::Loaded(_) => false,
        }
    }

    /// The document that these were taken from; an empty one in the place of a file that is read directly.
    pub(super) fn into_document(self) -> Document {
        match self.store {
            Store::Direct(_) => Document::new(),
            Store::Loaded(doc) => Document {
                trailer: self.trailer,
                ..*doc
            },
        }
    }
}

impl<'f> From<Direct<'f>> for Objects<'f> {
    fn from(mut direct: Direct<'f>) -> Objects<'f> {
        Objects {
            trailer: std::mem::take(&mut direct.trailer),
            store: Store::Direct(direct),
        }
    }
}

impl From<Document> for Objects<'_> {
    fn from(mut doc: Document) -> Self {
        Objects {
            trailer: std::mem::take(&mut doc.trailer),
            store: Store::Loaded(Box::new(doc)),
        }
    }
}
