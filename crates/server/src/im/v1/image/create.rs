use larkspur_api::{
    code::resource as code,
    im::v1::image::create::{ImageType, Request, Response},
};
use larkspur_domain::{Failure, Result, resource, tenant};
use larkspur_store::resource::ImageRow;

use crate::{
    Call,
    picture::{self, Format, Size},
    upload::Uploaded,
};

pub(crate) async fn handle(call: Call, request: Request, uploaded: Uploaded) -> Result<Response> {
    resource::check_bot(&call.caller()?.app)?;
    tenant::check_storing(&call.state.context, call.caller()?)?;
    let Uploaded { key, upload } = uploaded;
    if upload.size() == 0 {
        return Err(code::EMPTY.into());
    }
    let format = Format::of(upload.head()).ok_or(code::FORMAT_UNKNOWN)?;
    // A header may be longer than what is at hand: then it is read once the bytes are stored.
    let mut size = picture::size(upload.head());
    if size.is_none() && upload.is_whole() {
        return Err(code::FORMAT_UNKNOWN.into());
    }
    if let Some(size) = size {
        picture::check_size(format, &request.image_type, size)?;
    }
    let mut bytes = upload.size();
    upload.finish().await?;
    let kept = keep(&call, &key, format, &request.image_type, &mut size, &mut bytes).await;
    let size = match kept {
        Ok(size) => size,
        Err(failure) => {
            call.state.blobs.delete(&key).await?;
            return Err(failure);
        }
    };

    let image_key = key.clone();
    call.write(move |tx, context, caller| {
        tx.insert_image(&ImageRow {
            image_key: key,
            app: caller.app.row.id,
            image_type: request.image_type.as_str().to_owned(),
            media_type: format.media_type().to_owned(),
            width: size.width.into(),
            height: size.height.into(),
            size: i64::try_from(bytes).unwrap_or(i64::MAX),
            created_at: context.now(),
        })?;
        Ok(())
    })
    .await?;
    Ok(Response { image_key: image_key.into(), ..Response::default() })
}

/// Looks at stored bytes where that is still needed: for a size, and to convert them.
async fn keep(
    call: &Call,
    key: &str,
    format: Format,
    image_type: &ImageType,
    size: &mut Option<Size>,
    bytes: &mut u64,
) -> Result<Size> {
    if let (Some(size), false) = (*size, format.is_converted()) {
        return Ok(size);
    }
    let _one_at_a_time = call.state.conversions.acquire().await.map_err(|_| larkspur_store::Error::Closed)?;
    let stored = call.state.blobs.get(key).await?;
    let known = picture::size(&stored).ok_or(code::FORMAT_UNKNOWN)?;
    picture::check_size(format, image_type, known)?;
    if !format.is_converted() {
        return Ok(known);
    }
    let converted = tokio::task::spawn_blocking(move || picture::to_jpeg(&stored)).await;
    let (jpeg, converted) = converted.map_err(|_| Failure::from(code::FORMAT_UNKNOWN))??;
    *bytes = jpeg.len() as u64;
    call.state.blobs.put(key, jpeg.into()).await?;
    Ok(converted)
}
