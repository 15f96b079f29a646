//! `authen.v1`

mod access_token;
mod oidc_access_token;
mod oidc_refresh_access_token;
mod refresh_access_token;
mod user_info;

use larkspur_api::{
    Code,
    authen::v1::{Identity, Tokens},
    code::{authen, oauth},
    user::{DepartmentIdType, UserIdType},
};
use larkspur_domain::{
    Caller, Context, Failure, Result,
    authorization::{
        self, Generation,
        exchange::{self, CodeExchange},
    },
    contact,
};
use larkspur_store::View;

use crate::{Call, route::Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(access_token::handle)
        .endpoint(oidc_access_token::handle)
        .endpoint(oidc_refresh_access_token::handle)
        .endpoint(refresh_access_token::handle)
        .endpoint(user_info::handle)
}

/// A refusal of the newer endpoints in the words of these.
fn translate(failure: Failure, spent: Code) -> Failure {
    let Failure::Refused(refusal) = &failure else { return failure };
    let code = refusal.code;
    let pairs = [
        (oauth::CODE_NOT_FOUND, authen::CODE_INVALID),
        (oauth::CODE_USED, authen::CODE_INVALID),
        (oauth::CODE_EXPIRED, authen::CODE_EXPIRED),
        (oauth::REFRESH_INVALID, authen::REFRESH_NOT_FOUND),
        (oauth::REFRESH_EXPIRED, authen::REFRESH_EXPIRED),
        (oauth::CLIENT_MISMATCH, authen::APP_MISMATCH),
        (oauth::USER_NOT_EXIST, authen::USER_NOT_EXIST),
        (oauth::USER_STATUS_INVALID, authen::USER_RESIGNED),
        (oauth::APP_NOT_INSTALLED, authen::USER_NOT_EXIST),
        (oauth::USER_NOT_ALLOWED, authen::USER_NOT_EXIST),
    ];
    pairs.iter().find(|(new, _)| *new == code).map_or(spent, |(_, old)| *old).into()
}

/// Tokens for a code.
async fn of_code(call: &Call, code: String) -> Result<authorization::Tokens> {
    let request = CodeExchange { code, ..CodeExchange::default() };
    let tokens = call
        .write(move |tx, context, caller| exchange::code(tx, context, &caller.app, &request, Generation::V1));
    tokens.await.map_err(|failure| translate(failure, authen::INVALID_REQUEST))
}

/// Tokens for a refresh token.
async fn of_refresh_token(call: &Call, refresh_token: String) -> Result<authorization::Tokens> {
    let tokens = call.write(move |tx, context, caller| {
        exchange::refresh(tx, context, &caller.app, &refresh_token, None, Generation::V1)
    });
    tokens.await.map_err(|failure| translate(failure, authen::REFRESH_INVALID))
}

fn show(tokens: authorization::Tokens) -> Tokens {
    let (refresh_token, refresh_expires_in) = tokens.refresh.unwrap_or_default();
    Tokens {
        access_token: tokens.access_token,
        refresh_token,
        token_type: "Bearer".to_owned(),
        expires_in: tokens.expires_in,
        refresh_expires_in,
        scope: tokens.scope,
        ..Tokens::default()
    }
}

/// Tokens, and whose they are. What the user did not let the app see is left out.
async fn identity(call: &Call, tokens: authorization::Tokens) -> Result<Identity> {
    let user = tokens.user;
    let who = call.read(move |view, context, caller| who(view, context, caller, user)).await?;
    let granted = |scope: &str| tokens.scope.split(' ').any(|granted| granted == scope);
    let (refresh_token, refresh_expires_in) = tokens.refresh.unwrap_or_default();
    Ok(Identity {
        email: who.email.filter(|_| granted("contact:user.email:readonly")),
        user_id: who.user_id.filter(|_| granted("contact:user.employee_id:readonly")),
        mobile: who.mobile.filter(|_| granted("contact:user.phone:readonly")),
        access_token: tokens.access_token,
        token_type: "Bearer".to_owned(),
        expires_in: tokens.expires_in,
        refresh_expires_in,
        refresh_token,
        ..who
    })
}

/// Who a user is, to the app that calls.
fn who(view: &View<'_>, context: &Context, caller: &Caller, user: i64) -> Result<Identity> {
    let row = view.user_by_row(user)?.ok_or(authen::USER_NOT_EXIST)?;
    if row.resigned {
        return Err(authen::USER_RESIGNED.into());
    }
    let shown = contact::show(view, context, &caller.app, &row, &DepartmentIdType::default())?;
    let picture = shown.avatar.unwrap_or_default();
    let open_id = larkspur_domain::person::name_of(view, &caller.app, &UserIdType::OpenId, &row)?;
    Ok(Identity {
        name: row.name,
        en_name: row.en_name,
        avatar_url: picture.avatar_72.clone().unwrap_or_default(),
        avatar_thumb: picture.avatar_72.unwrap_or_default(),
        avatar_middle: picture.avatar_240.unwrap_or_default(),
        avatar_big: picture.avatar_640.unwrap_or_default(),
        open_id: open_id.into(),
        union_id: row.union_id.into(),
        email: row.email,
        user_id: Some(row.user_id.into()),
        mobile: row.mobile,
        tenant_key: row.tenant_key,
        ..Identity::default()
    })
}

/// Refuses a `grant_type` that is not the endpoint's.
fn check_grant_type(given: &str, wanted: &str, refusal: Code) -> Result<()> {
    if given == wanted { Ok(()) } else { Err(refusal.into()) }
}
