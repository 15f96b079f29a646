//! The arguments of an attribute: `key = value`, or a key alone.

use proc_macro2::{Span, TokenStream};
use syn::{
    Expr, Ident, Result, Token, Type,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
};

/// One argument.
pub(crate) struct Arg {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// What stands behind the `=`.
pub(crate) enum Value {
    Flag,
    Expr(Expr),
    Type(Type),
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let key: Ident = input.parse()?;
        if !input.peek(Token![=]) {
            return Ok(Self { key, value: Value::Flag });
        }
        input.parse::<Token![=]>()?;
        let value = match key.to_string().as_str() {
            "response" | "paged" | "answer" => Value::Type(input.parse()?),
            _ => Value::Expr(input.parse()?),
        };
        Ok(Self { key, value })
    }
}

/// All arguments, in the order they came.
pub(crate) fn parse(tokens: TokenStream) -> Result<Punctuated<Arg, Token![,]>> {
    Punctuated::<Arg, Token![,]>::parse_terminated.parse2(tokens)
}

/// The complaint about an argument that nobody takes.
pub(crate) fn unknown(key: &Ident) -> syn::Error {
    syn::Error::new(key.span(), "unknown argument, or not of the form it wants")
}

/// The value of an argument that must be there.
pub(crate) fn required<T>(value: Option<T>, name: &str) -> Result<T> {
    value.ok_or_else(|| syn::Error::new(Span::call_site(), format!("`{name} = …` is missing")))
}
