//! What endpoint and object fields have in common: doc comments and rules.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Expr, ExprLit, Field, Ident, Lit, Meta, Result, Token, parse::Parser, punctuated::Punctuated,
};

/// The text of the doc comments, lines joined as written.
pub(crate) fn doc(attrs: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        if let Meta::NameValue(pair) = &attr.meta
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value
        {
            let text = text.value();
            lines.push(text.strip_prefix(' ').unwrap_or(&text).to_owned());
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The initialiser of a `Rules` constant from `key = expr, …`.
pub(crate) fn rules(attr: Option<&Attribute>) -> Result<TokenStream> {
    let mut set = Vec::new();
    if let Some(attr) = attr
        && let Meta::List(list) = &attr.meta
    {
        let pairs =
            Punctuated::<syn::MetaNameValue, Token![,]>::parse_terminated.parse2(list.tokens.clone())?;
        for pair in pairs {
            let key = pair.path.require_ident()?.clone();
            let value = pair.value;
            set.push(match key.to_string().as_str() {
                "min" | "max" | "min_len" | "max_len" | "default" | "invalid" => quote!(#key: Some(#value)),
                "scopes" => quote!(#key: #value),
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "expected one of min, max, min_len, max_len, default, invalid, scopes",
                    ));
                }
            });
        }
    }
    Ok(quote!(crate::endpoint::Rules { #(#set,)* ..crate::endpoint::Rules::NONE }))
}

/// One entry of the field table.
pub(crate) fn entry(field: &Field, place: &Ident, rules: &TokenStream) -> TokenStream {
    let name = field.ident.as_ref().map(wire_name);
    let ty = &field.ty;
    let doc = doc(&field.attrs);
    quote! {
        crate::endpoint::Field {
            name: #name,
            place: crate::endpoint::Place::#place,
            kind: <#ty as crate::endpoint::Shape>::KIND,
            required: !<#ty as crate::endpoint::Shape>::OPTIONAL,
            doc: #doc,
            rules: #rules,
        }
    }
}

/// The name on the wire: the identifier without its `r#`.
pub(crate) fn wire_name(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

/// Whether the type is written `Option<…>`.
pub(crate) fn is_option(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
