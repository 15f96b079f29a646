//! Pictures of 100 KB from 16 connections, beside a handler that writes the body and syncs it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use anyhow::Result;
use axum::{Router, body::Bytes, http::StatusCode, routing::post};
use tokio::{io::AsyncWriteExt, net::TcpListener, runtime::Runtime};

use super::{
    Programs, Row,
    tools::{self, Serve},
};

const SIZE: usize = 100 * 1024;

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let serve = Serve::start(programs)?;
    let picture = tools::picture(serve.folder.path(), SIZE)?;
    let script = format!(
        r#"local file = io.open("{}", "rb")
local picture = file:read("*a")
file:close()
wrk.method = "POST"
wrk.path = "/open-apis/im/v1/images"
wrk.headers["Authorization"] = "Bearer {}"
wrk.headers["Content-Type"] = "multipart/form-data; boundary=edge"
wrk.body = '--edge\r\nContent-Disposition: form-data; name="image_type"\r\n\r\nmessage\r\n--edge\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n' .. picture .. '\r\n--edge--\r\n'
"#,
        picture.display(),
        serve.token
    );
    let ours = tools::wrk(&serve.ready.base_url, 16, 8, &script)?;
    let folder = tools::folder()?;
    let runtime = Runtime::new()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let url = format!("http://{}", listener.local_addr()?);
    let number = Arc::new(AtomicU64::new(0));
    let path = folder.path().to_owned();
    let handler = move |body: Bytes| {
        let path = path.join(number.fetch_add(1, Ordering::Relaxed).to_string());
        async move {
            let written = async {
                let mut file = tokio::fs::File::create(&path).await?;
                file.write_all(&body).await?;
                file.sync_all().await
            };
            if written.await.is_ok() { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR }
        }
    };
    let router = Router::new().route("/open-apis/im/v1/images", post(handler));
    runtime.spawn(async { axum::serve(listener, router).await });
    let bare = tools::wrk(&url, 16, 8, &script)?;
    Ok(vec![Row::new(
        "pictures of 100 KB, 16 connections",
        ours.rate,
        "a handler that writes and syncs the body",
        bare.rate,
        "/s",
    )])
}
