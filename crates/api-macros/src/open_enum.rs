use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ExprLit, Ident, ItemEnum, Lit, LitStr, Result};

use crate::field;

struct Value {
    ident: Ident,
    lit: Lit,
    doc: String,
    scope: TokenStream,
}

pub(crate) fn expand(item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemEnum = syn::parse2(item)?;
    let mut values = Vec::new();
    for variant in &mut item.variants {
        let Some((_, Expr::Lit(ExprLit { lit, .. }))) = variant.discriminant.take() else {
            return Err(syn::Error::new_spanned(variant, "expected the wire value: `Text = \"text\"`"));
        };
        let position = variant.attrs.iter().position(|attr| attr.path().is_ident("scope"));
        let scope = match position.map(|position| variant.attrs.remove(position)) {
            Some(attr) => {
                let scope: LitStr = attr.parse_args()?;
                quote!(Some(#scope))
            }
            None => quote!(None),
        };
        values.push(Value { ident: variant.ident.clone(), lit, doc: field::doc(&variant.attrs), scope });
    }
    let Some(first) = values.first() else {
        return Err(syn::Error::new_spanned(&item, "expected at least one value"));
    };
    match first.lit {
        Lit::Str(_) => Ok(strings(&item, &values)),
        Lit::Int(_) => Ok(integers(&item, &values)),
        _ => Err(syn::Error::new_spanned(&first.lit, "wire values are strings or integers")),
    }
}

fn strings(item: &ItemEnum, values: &[Value]) -> TokenStream {
    let ItemEnum { attrs, vis, ident: name, variants, .. } = item;
    let variants = variants.iter();
    let idents: Vec<_> = values.iter().map(|value| &value.ident).collect();
    let lits: Vec<_> = values.iter().map(|value| &value.lit).collect();
    let docs = values.iter().map(|value| &value.doc);
    let scopes = values.iter().map(|value| &value.scope);
    let first = idents.first();
    quote! {
        #(#attrs)*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #vis enum #name {
            #(#variants,)*
            /// A value this version does not know, kept as it came.
            Other(String),
        }

        impl #name {
            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #lits,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#lits => Self::#idents,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl Default for #name {
            fn default() -> Self {
                Self::#first
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::from(&*value))
            }
        }

        impl crate::endpoint::Shape for #name {
            const KIND: crate::endpoint::Kind = crate::endpoint::Kind::Enum(&[
                #(crate::endpoint::EnumValue { value: #lits, doc: #docs, scope: #scopes }),*
            ]);
        }
    }
}

fn integers(item: &ItemEnum, values: &[Value]) -> TokenStream {
    let ItemEnum { attrs, vis, ident: name, variants, .. } = item;
    let variants = variants.iter();
    let idents: Vec<_> = values.iter().map(|value| &value.ident).collect();
    let lits: Vec<_> = values.iter().map(|value| &value.lit).collect();
    let texts = values.iter().map(|value| match &value.lit {
        Lit::Int(lit) => lit.base10_digits().to_owned(),
        _ => String::new(),
    });
    let docs = values.iter().map(|value| &value.doc);
    let scopes = values.iter().map(|value| &value.scope);
    let first = idents.first();
    quote! {
        #(#attrs)*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #vis enum #name {
            #(#variants,)*
            /// A value this version does not know, kept as it came.
            Other(i64),
        }

        impl #name {
            /// The value on the wire.
            pub fn as_i64(&self) -> i64 {
                match self {
                    #(Self::#idents => #lits,)*
                    Self::Other(value) => *value,
                }
            }
        }

        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#lits => Self::#idents,)*
                    other => Self::Other(other),
                }
            }
        }

        impl Default for #name {
            fn default() -> Self {
                Self::#first
            }
        }

        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(<i64 as serde::Deserialize>::deserialize(deserializer)?))
            }
        }

        impl crate::endpoint::Shape for #name {
            const KIND: crate::endpoint::Kind = crate::endpoint::Kind::IntEnum(&[
                #(crate::endpoint::EnumValue { value: #texts, doc: #docs, scope: #scopes }),*
            ]);
        }
    }
}
