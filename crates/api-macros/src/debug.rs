//! `Debug` as `#[derive(Debug)]` makes it, but for secrets.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, ItemStruct};

use crate::field;

pub(crate) fn expand(item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let text = name.to_string();
    let members = match &item.fields {
        Fields::Named(fields) => fields.named.iter().filter_map(|member| member.ident.as_ref()).collect(),
        _ => Vec::new(),
    };
    let names = members.iter().map(|member| field::wire_name(member));
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)
                    #(.field(#names, crate::secret::shown(#names, &self.#members)))*
                    .finish()
            }
        }
    }
}
