//! A folder that is only read: whoever asks needs no right to write there.
//!
//! The engine takes a lock while it opens an index, so that a writer that cleans up leaves the files alone meanwhile. The
//! lock is a file; in a folder that nobody here may write to (a mounted copy, another user's index) there is none to
//! take, and the index is read without it: at worst a file is gone while it is opened, which is an error that passes.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// A directory that writes nothing.
#[derive(Clone, Debug)]
pub(super) struct ReadOnly<D>(pub(super) D);

impl<D: Directory + Clone> Directory for ReadOnly<D> {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(_)) => Ok(DirectoryLock::from(Box::new(()))),
            other => other,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(denied()),
            filepath: path.to_owned(),
        })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError {
            io_error: Arc::new(denied()),
            filepath: path.to_owned(),
        })
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(denied())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens the index that lies in `path`, only to be read.
pub(super) fn open(path: &Path) -> tantivy::Result<tantivy::Index> {
    let directory: Box<dyn Directory> = Box::new(ReadOnly(MmapDirectory::open(path)?));
    tantivy::Index::open(directory)
}

fn denied() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "this index is only read")
}

#[cfg(test)]
mod tests {
    use tantivy::directory::{META_LOCK, RamDirectory};

    use super::*;
    use crate::index::tokens;

    /// A folder without the right to write, as a mounted copy is.
    #[derive(Clone, Debug)]
    struct Mounted(RamDirectory);

    impl Directory for Mounted {
        fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
            self.0.get_file_handle(path)
        }
        fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
            self.0.exists(path)
        }
        fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
            self.0.atomic_read(path)
        }
        fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
            Err(LockError::wrap_io_error(denied()))
        }
        fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
            self.0.watch(callback)
        }
        fn delete(&self, path: &Path) -> Result<(), DeleteError> {
            self.0.delete(path)
        }
        fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
            self.0.open_write(path)
        }
        fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
            self.0.atomic_write(path, data)
        }
        fn sync_directory(&self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_index_in_a_folder_without_the_right_to_write_is_opened() -> tantivy::Result<()> {
        let folder = RamDirectory::create();
        let (schema, fields) = super::super::Fields::schema();
        let index = tantivy::Index::create(folder.clone(), schema, Default::default())?;
        index
            .tokenizers()
            .register(tokens::NAME, tantivy::tokenizer::RawTokenizer::default());
        let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
        writer.add_document(tantivy::doc!(fields.file => "ord"))?;
        writer.commit()?;
        let open = |directory: Box<dyn Directory>| {
            tantivy::Index::open(directory)?
                .reader_builder()
                .reload_policy(tantivy::ReloadPolicy::Manual)
                .try_into()
                .map(|reader: tantivy::IndexReader| reader.searcher().num_docs())
        };
        let mounted = Mounted(folder);
        assert!(open(Box::new(mounted.clone())).is_err());
        assert_eq!(open(Box::new(ReadOnly(mounted)))?, 1);
        let taken = ReadOnly(RamDirectory::create());
        assert!(taken.open_write(Path::new("a")).is_err());
        let _held = taken.acquire_lock(&META_LOCK);
        Ok(())
    }
}
