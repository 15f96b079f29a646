use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ItemStruct, Result, Type};

use crate::{
    args::{self, Value, required},
    field, object,
};

/// The arguments, each where the expansion wants it.
#[derive(Default)]
struct Args {
    event_type: Option<Expr>,
    schema: Option<Expr>,
    scopes: Option<Expr>,
    apps: Option<Expr>,
    doc: Option<Expr>,
    example: Option<Expr>,
    answer: Option<Type>,
    auto_subscribed: bool,
    long_connection: bool,
}

impl Args {
    fn parse(tokens: TokenStream) -> Result<Self> {
        let mut args = Self::default();
        for arg in args::parse(tokens)? {
            match (arg.key.to_string().as_str(), arg.value) {
                ("event_type", Value::Expr(value)) => args.event_type = Some(value),
                ("schema", Value::Expr(value)) => args.schema = Some(value),
                ("scopes", Value::Expr(value)) => args.scopes = Some(value),
                ("apps", Value::Expr(value)) => args.apps = Some(value),
                ("doc", Value::Expr(value)) => args.doc = Some(value),
                ("example", Value::Expr(value)) => args.example = Some(value),
                ("answer", Value::Type(value)) => args.answer = Some(value),
                ("auto_subscribed", Value::Flag) => args.auto_subscribed = true,
                ("long_connection", Value::Flag) => args.long_connection = true,
                _ => return Err(args::unknown(&arg.key)),
            }
        }
        Ok(args)
    }
}

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let args = Args::parse(args)?;
    let ItemStruct { ident: name, attrs, .. } = syn::parse2(item.clone())?;
    let about = field::doc(&attrs);
    let object = object::expand(item)?;

    let event_type = required(args.event_type, "event_type")?;
    let schema = required(args.schema, "schema")?;
    let scopes = required(args.scopes, "scopes")?;
    let doc = required(args.doc, "doc")?;
    let example = required(args.example, "example")?;
    let apps = args.apps.map_or_else(|| quote!(All), |apps| quote!(#apps));
    let (auto_subscribed, long_connection) = (args.auto_subscribed, args.long_connection);

    let kind = if args.answer.is_some() { quote!(Callback) } else { quote!(Event) };
    let answer = args
        .answer
        .as_ref()
        .map_or_else(|| quote!(None), |answer| quote!(Some(<#answer as crate::endpoint::Object>::FIELDS)));
    let registered = if args.answer.is_some() { quote!(callback) } else { quote!(event) };
    let callback = args.answer.map(|answer| {
        quote! {
            impl crate::event::Callback for #name {
                type Answer = #answer;
            }
        }
    });

    Ok(quote! {
        #object

        impl crate::event::Event for #name {
            const META: &'static crate::event::EventMeta = &crate::event::EventMeta {
                event_type: #event_type,
                kind: crate::event::Kind::#kind,
                schema: crate::event::Schema::#schema,
                scopes: #scopes,
                apps: crate::event::Apps::#apps,
                auto_subscribed: #auto_subscribed,
                long_connection: #long_connection,
                doc: #doc,
                about: #about,
                fields: <#name as crate::endpoint::Object>::FIELDS,
                answer: #answer,
                example: #example,
            };
        }

        #callback

        inventory::submit! { crate::event::Registered::#registered::<#name>() }
    })
}
