use larkspur_api::{
    code::resource as code,
    im::v1::file::create::{Request, Response},
};
use larkspur_domain::{Result, resource, tenant};
use larkspur_store::resource::FileRow;

use crate::{Call, upload::Uploaded};

pub(crate) async fn handle(call: Call, request: Request, uploaded: Uploaded) -> Result<Response> {
    resource::check_bot(&call.caller()?.app)?;
    tenant::check_storing(&call.state.context, call.caller()?)?;
    if uploaded.upload.size() == 0 {
        return Err(code::EMPTY.into());
    }
    if request.file_name.is_empty() {
        return Err(code::INVALID_PARAM.field("file_name", "", "file_name is required").into());
    }
    let Uploaded { key, upload } = uploaded;
    let size = i64::try_from(upload.size()).unwrap_or(i64::MAX);
    upload.finish().await?;
    let file_key = key.clone();
    call.write(move |tx, context, caller| {
        tx.insert_file(&FileRow {
            file_key: key,
            app: caller.app.row.id,
            file_type: request.file_type.as_str().to_owned(),
            file_name: request.file_name,
            duration: request.duration,
            size,
            created_at: context.now(),
        })?;
        Ok(())
    })
    .await?;
    Ok(Response { file_key: file_key.into(), ..Response::default() })
}
