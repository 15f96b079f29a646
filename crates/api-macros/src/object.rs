use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Fields, Ident, ItemStruct, Result, parse_quote};

use crate::{debug, field};

pub(crate) fn expand(item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemStruct = syn::parse2(item)?;
    let Fields::Named(fields) = &mut item.fields else {
        return Err(syn::Error::new_spanned(&item, "#[object] wants named fields"));
    };

    let place = Ident::new("Body", Span::call_site());
    let mut table = Vec::new();
    for member in &mut fields.named {
        let position = member.attrs.iter().position(|attr| attr.path().is_ident("field"));
        let attr = position.map(|position| member.attrs.remove(position));
        let rules = field::rules(attr.as_ref())?;
        table.push(field::entry(member, &place, &rules));
        if field::is_option(&member.ty) {
            member.attrs.push(parse_quote!(#[serde(skip_serializing_if = "Option::is_none")]));
        }
    }
    fields.named.push(parse_quote! {
        /// Fields this version does not know, kept as they came.
        #[serde(flatten)]
        pub other: crate::Other
    });

    let name = &item.ident;
    let debug = debug::expand(&item);
    Ok(quote! {
        #[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        #item

        #debug

        impl crate::endpoint::Object for #name {
            const FIELDS: &'static [crate::endpoint::Field] = &[#(#table),*];
        }

        impl crate::endpoint::Shape for #name {
            const KIND: crate::endpoint::Kind =
                crate::endpoint::Kind::Object(<#name as crate::endpoint::Object>::FIELDS);
        }
    })
}
