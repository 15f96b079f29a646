use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, Fields, ItemStruct, LitStr, Result, Type, parse_quote};

use crate::{
    args::{self, Arg, Value, required},
    debug, field,
};

/// The arguments, each where the expansion wants it.
#[derive(Default)]
struct Args {
    id: Option<Expr>,
    method: Option<Expr>,
    path: Option<LitStr>,
    tenant: Option<Expr>,
    user: Option<Expr>,
    app: Option<Expr>,
    rate: Option<Expr>,
    doc: Option<Expr>,
    cli: Option<Expr>,
    example: Option<Expr>,
    errors: Vec<Expr>,
    response: Option<Type>,
    paged: Option<Type>,
    flat: bool,
    oauth: bool,
    write: bool,
}

impl Args {
    fn parse(tokens: TokenStream) -> Result<Self> {
        let mut args = Self::default();
        for Arg { key, value } in args::parse(tokens)? {
            match (key.to_string().as_str(), value) {
                ("id", Value::Expr(value)) => args.id = Some(value),
                ("method", Value::Expr(value)) => args.method = Some(value),
                ("path", Value::Expr(value)) => args.path = Some(syn::parse2(quote!(#value))?),
                ("tenant", Value::Expr(value)) => args.tenant = Some(value),
                ("user", Value::Expr(value)) => args.user = Some(value),
                ("app", Value::Expr(value)) => args.app = Some(value),
                ("rate", Value::Expr(value)) => args.rate = Some(value),
                ("doc", Value::Expr(value)) => args.doc = Some(value),
                ("cli", Value::Expr(value)) => args.cli = Some(value),
                ("example", Value::Expr(value)) => args.example = Some(value),
                ("errors", Value::Expr(Expr::Array(list))) => args.errors = list.elems.into_iter().collect(),
                ("response", Value::Type(value)) => args.response = Some(value),
                ("paged", Value::Type(value)) => args.paged = Some(value),
                ("flat", Value::Flag) => args.flat = true,
                ("oauth", Value::Flag) => args.oauth = true,
                ("write", Value::Flag) => args.write = true,
                _ => return Err(args::unknown(&key)),
            }
        }
        Ok(args)
    }
}

fn option(value: Option<Expr>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let args = Args::parse(args)?;
    let mut item: ItemStruct = syn::parse2(item)?;
    let docs = field::doc(&item.attrs);
    if !matches!(item.fields, Fields::Named(_) | Fields::Unit) {
        return Err(syn::Error::new_spanned(&item, "#[endpoint] wants named fields"));
    }

    let path = required(args.path, "path")?;
    let mut placeholders: Vec<String> =
        path.value().split('/').filter_map(|segment| segment.strip_prefix(':')).map(str::to_owned).collect();

    let mut table = Vec::new();
    let mut parameters = Vec::new();
    let mut initialisers = Vec::new();
    let mut files = Vec::new();
    for member in &mut item.fields {
        let place = ["path", "query", "body", "file"];
        let position =
            member.attrs.iter().position(|attr| place.iter().any(|place| attr.path().is_ident(place)));
        let Some(position) = position else {
            return Err(syn::Error::new_spanned(
                member,
                "say where it goes: #[path], #[query], #[body] or #[file]",
            ));
        };
        let attr = member.attrs.remove(position);
        let place = attr.path().require_ident()?.to_string();
        let Some(ident) = member.ident.clone() else { continue };
        let wire_name = field::wire_name(&ident);
        let variant = match place.as_str() {
            "path" => {
                let Some(index) = placeholders.iter().position(|name| *name == wire_name) else {
                    return Err(syn::Error::new_spanned(&ident, format!("the path has no `:{wire_name}`")));
                };
                placeholders.remove(index);
                "Path"
            }
            "query" => "Query",
            "file" => {
                member.attrs.push(parse_quote!(#[serde(skip)]));
                files.push((wire_name, ident.clone()));
                "File"
            }
            _ => "Body",
        };
        let rules = field::rules(Some(&attr))?;
        table.push(field::entry(member, &format_ident!("{variant}"), &rules));

        let ty = &member.ty;
        if field::is_option(ty) {
            member.attrs.push(parse_quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
            initialisers.push(quote!(#ident: None));
        } else {
            parameters.push(quote!(#ident: impl Into<#ty>));
            initialisers.push(quote!(#ident: #ident.into()));
        }
    }
    if let Some(name) = placeholders.first() {
        return Err(syn::Error::new_spanned(&path, format!("no #[path] field is called `{name}`")));
    }

    let name = &item.ident;
    let debug = debug::expand(&item);
    let id = required(args.id, "id")?;
    let method = required(args.method, "method")?;
    let rate = required(args.rate, "rate")?;
    let doc = required(args.doc, "doc")?;
    let response = required(args.response, "response")?;
    let (tenant, user, app) = (option(args.tenant), option(args.user), option(args.app));
    let (cli, example) = (option(args.cli), option(args.example));
    let errors = args.errors;
    let (flat, oauth, write) = (args.flat, args.oauth, args.write);

    let file_names = files.iter().map(|(name, _)| name);
    let file_idents = files.iter().map(|(_, ident)| ident);
    let paged = args.paged.map(|item| {
        quote! {
            impl crate::endpoint::Paged for #name {
                type Item = #item;

                fn set_page_token(&mut self, page_token: String) {
                    self.page_token = Some(page_token);
                }

                fn page(response: Self::Response) -> crate::endpoint::Page<Self::Item> {
                    crate::endpoint::Page {
                        items: response.items,
                        has_more: response.has_more,
                        page_token: response.page_token,
                    }
                }
            }
        }
    });

    Ok(quote! {
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #item

        #debug

        impl #name {
            /// The request with its required fields; all others are left out.
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#initialisers),* }
            }
        }

        impl crate::endpoint::Endpoint for #name {
            type Response = #response;

            const META: &'static crate::endpoint::Meta = &crate::endpoint::Meta {
                id: #id,
                method: crate::endpoint::Method::#method,
                path: #path,
                tenant: #tenant,
                user: #user,
                app: #app,
                rate: #rate,
                doc: #doc,
                cli: #cli,
                about: #docs,
                write: #write,
                flat: #flat,
                oauth: #oauth,
                errors: &[#(#errors),*],
                fields: &[#(#table),*],
                answer: <#response as crate::endpoint::Answer>::FIELDS,
                binary: <#response as crate::endpoint::Answer>::BINARY,
                example: #example,
            };

            fn take_files(&mut self) -> Vec<(&'static str, crate::wire::FilePart)> {
                vec![#((#file_names, std::mem::take(&mut self.#file_idents))),*]
            }
        }

        #paged

        inventory::submit! { crate::endpoint::Registered::new::<#name>() }
    })
}
