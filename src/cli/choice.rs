//! Arguments whose values are a closed list: they are read as tolerantly as the list's own reader does, and help and
//! completions name them.

use std::ffi::OsStr;
use std::fmt::Display;
use std::str::FromStr;

use clap::builder::{PossibleValue, TypedValueParser};

/// Reads a `T` by its [`FromStr`], and knows the names it is called by.
#[derive(Clone)]
pub(super) struct Choice<T> {
    names: Vec<String>,
    read: fn(&str) -> Result<T, String>,
}

impl<T: FromStr<Err: Display>> Choice<T> {
    /// The values of `T`, by the `names` that are to be offered.
    pub(super) fn by(names: impl IntoIterator<Item = impl Into<String>>) -> Choice<T> {
        Choice {
            names: names.into_iter().map(Into::into).collect(),
            read: |text| text.parse().map_err(|error: T::Err| error.to_string()),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Choice<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        self.read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names.iter().map(PossibleValue::new)))
    }
}
