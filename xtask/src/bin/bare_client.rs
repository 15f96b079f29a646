//! The least a program can do to upload a picture and send it: two requests on one connection, nothing
//! checked. `bare_client HOST:PORT TOKEN CHAT_ID FILE`

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, token, chat_id, file] = arguments.as_slice() else { anyhow::bail!("four arguments") };
    let picture = std::fs::read(file)?;
    let mut stream = BufReader::new(TcpStream::connect(address)?);
    stream.get_ref().set_nodelay(true)?;

    let head = "--edge\r\nContent-Disposition: form-data; name=\"image_type\"\r\n\r\nmessage\r\n\
                --edge\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n";
    let mut form = head.as_bytes().to_vec();
    form.extend_from_slice(&picture);
    form.extend_from_slice(b"\r\n--edge--\r\n");
    let uploaded = post(&mut stream, "im/v1/images", token, "multipart/form-data; boundary=edge", &form)?;
    let key = uploaded.split("\"image_key\":\"").nth(1).and_then(|rest| rest.split('"').next());
    let key = key.context("no key")?;

    let message =
        format!(r#"{{"receive_id":"{chat_id}","msg_type":"image","content":"{{\"image_key\":\"{key}\"}}"}}"#);
    let path = "im/v1/messages?receive_id_type=chat_id";
    println!("{}", post(&mut stream, path, token, "application/json", message.as_bytes())?);
    Ok(())
}

fn post(
    stream: &mut BufReader<TcpStream>,
    path: &str,
    token: &str,
    content_type: &str,
    body: &[u8],
) -> Result<String> {
    let head = format!(
        "POST /open-apis/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.get_mut().write_all(head.as_bytes())?;
    stream.get_mut().write_all(body)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer)?;
    Ok(String::from_utf8(answer)?)
}
