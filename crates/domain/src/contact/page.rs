//! Pages of the contact lists.

use larkspur_api::{Code, code::contact};

use crate::{Result, page};

/// The refusals of most lists, of a size and of a token.
pub(super) const INVALID: (Code, Code) = (contact::PAGE_SIZE_INVALID, contact::PAGE_TOKEN_INVALID);

/// Which page of a list is asked for.
pub(super) struct Page<'a> {
    identity: &'a str,
    pub(super) after: i64,
    pub(super) size: i64,
}

impl<'a> Page<'a> {
    pub(super) fn read(
        identity: &'a str,
        size: Option<i64>,
        default: i64,
        token: Option<&str>,
        (wrong_size, wrong_token): (Code, Code),
    ) -> Result<Self> {
        let size = size.unwrap_or(default);
        if size < 1 {
            return Err(wrong_size.into());
        }
        let after = match token.filter(|token| !token.is_empty()) {
            None => 0,
            Some(token) => page::place(identity, token).map_err(|_| wrong_token)?.1,
        };
        Ok(Self { identity, after, size })
    }

    /// One more than the page holds, to see whether another follows.
    pub(super) fn limit(&self) -> i64 {
        self.size + 1
    }

    /// Cuts rows to the page; the token of the next if one follows.
    pub(super) fn cut<T>(&self, rows: &mut Vec<T>, id: impl Fn(&T) -> i64) -> Option<String> {
        let size = usize::try_from(self.size).unwrap_or_default();
        let has_more = rows.len() > size;
        rows.truncate(size);
        rows.last().filter(|_| has_more).map(|last| page::token(self.identity, (0, id(last))))
    }
}
