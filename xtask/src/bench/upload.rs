//! A picture of 1 MB uploaded and sent, by one process.

use std::{path::Path, process::Command};

use anyhow::{Result, ensure};

use super::{
    Programs, Row,
    tools::{self, Serve},
};

/// What scripts do today: a token, an upload, a message.
const REQUESTS: &str = r#"
import os, sys, json, requests
base, chat, path = os.environ["LARKSPUR_BASE_URL"] + "/open-apis", sys.argv[1], sys.argv[2]
secret = {"app_id": os.environ["LARKSPUR_APP_ID"], "app_secret": os.environ["LARKSPUR_APP_SECRET"]}
token = requests.post(base + "/auth/v3/tenant_access_token/internal", json=secret).json()["tenant_access_token"]
headers = {"Authorization": "Bearer " + token}
with open(path, "rb") as file:
    key = requests.post(base + "/im/v1/images", headers=headers, data={"image_type": "message"}, files={"image": file}).json()["data"]["image_key"]
message = {"receive_id": chat, "msg_type": "image", "content": json.dumps({"image_key": key})}
assert requests.post(base + "/im/v1/messages?receive_id_type=chat_id", headers=headers, json=message).json()["code"] == 0
"#;

const PYTHON_SDK: &str = r#"
import os, sys, json
import lark_oapi as lark
from lark_oapi.api.im.v1 import *
client = lark.Client.builder().app_id(os.environ["LARKSPUR_APP_ID"]).app_secret(os.environ["LARKSPUR_APP_SECRET"]).domain(os.environ["LARKSPUR_BASE_URL"]).build()
with open(sys.argv[2], "rb") as file:
    body = CreateImageRequestBody.builder().image_type("message").image(file).build()
    key = client.im.v1.image.create(CreateImageRequest.builder().request_body(body).build()).data.image_key
body = CreateMessageRequestBody.builder().receive_id(sys.argv[1]).msg_type("image").content(json.dumps({"image_key": key})).build()
assert client.im.v1.message.create(CreateMessageRequest.builder().receive_id_type("chat_id").request_body(body).build()).success()
"#;

const NODE_SDK: &str = r#"
const fs = require("fs"), lark = require("@larksuiteoapi/node-sdk");
const client = new lark.Client({ appId: process.env.LARKSPUR_APP_ID, appSecret: process.env.LARKSPUR_APP_SECRET, domain: process.env.LARKSPUR_BASE_URL, loggerLevel: lark.LoggerLevel.error });
(async () => {
  const { image_key } = await client.im.image.create({ data: { image_type: "message", image: fs.readFileSync(process.argv[3]) } });
  const sent = await client.im.message.create({ params: { receive_id_type: "chat_id" }, data: { receive_id: process.argv[2], msg_type: "image", content: JSON.stringify({ image_key }) } });
  if (sent.code !== 0) process.exit(1);
})();
"#;

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let serve = Serve::start(programs)?;
    let folder = serve.folder.path();
    let picture = tools::picture(folder, 1 << 20)?;
    let (chat, picture) = (serve.chat_id(), picture.display());
    let mut environment = serve.environment();
    let write = |name: &str, text: &str| -> Result<String> {
        std::fs::write(folder.join(name), text)?;
        Ok(folder.join(name).display().to_string())
    };
    let address = serve.ready.base_url.trim_start_matches("http://");
    let mut commands = vec![
        format!("{} im +messages-send --chat-id {chat} --image {picture}", programs.larkspur.display()),
        format!("{} {address} {} {chat} {picture}", programs.bare_client.display(), serve.token),
    ];
    let mut names = vec!["two bare requests in Rust"];
    let python = Path::new("target/conformance/python/bin/python");
    if python.exists() {
        ensure!(pip(python, "requests")?, "requests cannot be installed");
        commands.push(format!(
            "{} {} {chat} {picture}",
            python.display(),
            write("requests_peer.py", REQUESTS)?
        ));
        names.push("Python with `requests`");
        commands.push(format!("{} {} {chat} {picture}", python.display(), write("sdk_peer.py", PYTHON_SDK)?));
        names.push("the official Python SDK");
        let modules = std::fs::canonicalize("target/conformance/node/node_modules")?;
        environment.push(("NODE_PATH".to_owned(), modules.display().to_string()));
        commands.push(format!("node {} {chat} {picture}", write("peer.cjs", NODE_SDK)?));
        names.push("the official Node SDK");
    } else {
        eprintln!("left out: Python and Node; `conformance/run` installs them");
    }
    let mut medians = tools::hyperfine(&commands[..2], 100, &environment)?;
    medians.extend(tools::hyperfine(&commands[2..], 10, &environment).unwrap_or_default());
    let ours = medians[0];
    let rows = names.into_iter().zip(&medians[1..]);
    Ok(rows.map(|(name, theirs)| Row::new("1 MB uploaded and sent", ours, name, *theirs, "ms")).collect())
}

fn pip(python: &Path, package: &str) -> Result<bool> {
    let arguments = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package];
    Ok(Command::new(python).args(arguments).status()?.success())
}
