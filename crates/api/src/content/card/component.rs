//! What there is to say of a component.

use super::components::COMPONENTS;

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string.
    Word,
    /// An object.
    Object,
    /// A list.
    List,
    /// A text: `{"tag": "plain_text", "content": …}`.
    Text,
    /// A list of objects with a `text`.
    Options,
    /// A component.
    Element,
    /// A list of components.
    Elements,
    /// A list of columns.
    Columns,
    /// The list of texts and pictures in a note.
    Notes,
    /// An object with a list of `buttons`.
    Buttons,
    /// An object with a `title`.
    Header,
}

/// What may stand in a container.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inside {
    /// Every component but these.
    AllBut(&'static [&'static str]),
    /// These components.
    Only(&'static [&'static str]),
}

impl Inside {
    pub(super) fn allows(self, tag: &str) -> bool {
        match self {
            Self::AllBut(tags) => !tags.contains(&tag),
            Self::Only(tags) => tags.contains(&tag),
        }
    }
}

/// A component.
pub(super) struct Component {
    pub(super) tag: &'static str,
    /// Whether version 2.0 has it; version 1.0 has all.
    pub(super) second: bool,
    /// Properties that hold anything, with a space between them, besides those that all components have.
    pub(super) free: &'static str,
    /// Properties that hold something definite.
    pub(super) typed: &'static [(&'static str, Kind)],
    /// The same of version 1.0 alone.
    pub(super) first: &'static [(&'static str, Kind)],
    /// Those that must be there.
    pub(super) required: &'static [&'static str],
    /// What may stand in it, in version 1.0 and in version 2.0.
    pub(super) inside: [Inside; 2],
}

/// What every component of version 2.0 has.
pub(super) const COMMON: &str = "tag element_id margin fallback";

/// Whether a list of names, with a space between them, has this one.
pub(super) fn lists(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// The component with this tag.
pub(super) fn component(tag: &str) -> Option<&'static Component> {
    COMPONENTS.iter().find(|component| component.tag == tag)
}
