//! Users let apps in, or do not.

use larkspur_api::act::authorize::{Request, Response};
use larkspur_store::Tx;
use url::{Url, form_urlencoded};

use super::{person, wrong};
use crate::{
    Context, Result,
    authorization::{
        device::{self, Waiting},
        page::{Query, Wish},
    },
};

/// A user answers the authorize page, or a device.
pub fn authorize(tx: &Tx<'_>, context: &Context, request: &Request) -> Result<Response> {
    let user = person(tx, context, &request.user)?.user;
    let agrees = !request.deny.unwrap_or_default();
    match (&request.url, &request.user_code) {
        (Some(url), None) => {
            let parsed = Url::parse(url).map_err(|_| wrong("url", url, "url is invalid"))?;
            let query = form_urlencoded::parse(parsed.query().unwrap_or_default().as_bytes());
            let wish = Wish::read(context, Query::of(query.into_owned()))?;
            let to = if agrees { wish.grant(tx, context, user.id)? } else { wish.deny() };
            Ok(Response { redirect_to: Some(to), ..Response::default() })
        }
        (None, Some(code)) => {
            let waiting = device::waiting(tx, context, code)?;
            let Waiting { row, app, .. } = waiting.ok_or_else(|| {
                wrong("user_code", code, "no device waits with this code; it may have expired")
            })?;
            device::decide(tx, context, &app, row, user.id, agrees)?;
            Ok(Response::default())
        }
        _ => Err(wrong("url", "", "give either url or user_code").into()),
    }
}
