"""Pictures and files, up and down."""

import asyncio
import io
import struct

from lark_oapi.api.im import v1 as im

from checks import HERE, check, done, make, refused, same, section
from workspace import api, download_image, upload_file, upload_image

# Each format the platform takes, and the media type it gives back.
PICTURES = {
    "gradient.jpg": "image/jpeg",
    "gradient.png": "image/png",
    "gradient.webp": "image/webp",
    "gradient.gif": "image/gif",
    "gradient.bmp": "image/bmp",
    "gradient.ico": "image/x-icon",
    "gradient.tiff": "image/jpeg",
    "gradient.heic": "image/jpeg",
}
STORED_AS_JPEG = {"gradient.tiff", "gradient.heic"}


def pictures():
    section("Pictures, up and down")
    keys = {}
    for name, media_type in PICTURES.items():
        original = (HERE / "fixtures" / name).read_bytes()
        keys[name] = done(upload_image(io.BytesIO(original))).image_key
        answer = download_image(keys[name])
        content = answer.file.read()
        if name in STORED_AS_JPEG:
            whole = content.startswith(b"\xff\xd8\xff") and content.endswith(b"\xff\xd9")
            check(f"{name}: comes back as JPEG", whole, content[:8])
        else:
            check(f"{name}: comes back byte by byte", content == original, f"{len(content)} bytes")
        same(f"{name}: media type", answer.raw.headers["Content-Type"], media_type)
    same("every picture has its own key", len(set(keys.values())), len(PICTURES))

    # The asynchronous half of the SDK writes its forms in another way.
    async def up_and_down(image):
        body = make(im.CreateImageRequestBody, image_type="message", image=image)
        key = done(await api.image.acreate(make(im.CreateImageRequest, request_body=body))).image_key
        return (await api.image.aget(make(im.GetImageRequest, image_key=key))).file.read()

    path = HERE / "fixtures" / "gradient.png"
    with path.open("rb") as image:
        check("asynchronously: comes back byte by byte", asyncio.run(up_and_down(image)) == path.read_bytes())
    return keys


def avatar():
    with (HERE / "fixtures" / "gradient.png").open("rb") as image:
        key = done(upload_image(image, image_type="avatar")).image_key
    check("an avatar: uploaded", key.startswith("img_"), key)
    check("an avatar: not to be downloaded", not download_image(key).success(), key)
    return key


def refused_pictures():
    section("Pictures that are refused")
    png = (HERE / "fixtures" / "gradient.png").read_bytes()
    pdf = (HERE / "fixtures" / "page.pdf").read_bytes()
    wide_gif = b"GIF89a" + struct.pack("<HH", 2001, 1) + b"\0\0\0;"

    def upload(content, image_type="message"):
        return upload_image(io.BytesIO(content), image_type)

    refused("text", upload(b"no picture at all"), 234011)
    refused("a PDF", upload(pdf), 234011)
    refused("nothing", upload(b""), 234010)
    refused("more than 10 MB", upload(png.ljust(10 * 1024 * 1024 + 1, b"\0")), 234006)
    refused("a GIF that is 2001 px wide", upload(wide_gif), 234039)
    refused("an unknown image_type", upload(png, "poster"), 234001)
    refused("a key that names nothing", download_image("img_v3_00000000"), 234005)


def files():
    section("Files, up and down")
    uploads = {
        "opus": ("铃声.opus", (HERE / "fixtures" / "tone.opus").read_bytes()),
        "mp4": ("渐变 video.mp4", (HERE / "fixtures" / "gradient.mp4").read_bytes()),
        "pdf": ("page.pdf", (HERE / "fixtures" / "page.pdf").read_bytes()),
        "stream": ("every byte.bin", bytes(range(256))),
    }
    keys = {}
    for file_type, (name, original) in uploads.items():
        answer = upload_file(original, file_type=file_type, file_name=name, duration=1000)
        keys[file_type] = done(answer).file_key
        answer = api.file.get(make(im.GetFileRequest, file_key=keys[file_type]))
        check(f"{file_type}: comes back byte by byte", answer.file.read() == original)
        same(f"{file_type}: under its name", answer.file_name, name)

    # The SDK sends what was not set as an empty part.
    answer = upload_file(b"x", file_type="stream", file_name="x.bin")
    check("a file without a duration", answer.success(), f"{answer.code} {answer.msg} {answer.error}")

    refused("nothing", upload_file(b"", file_type="stream", file_name="empty", duration=0), 234010)
    refused("an unknown file_type", upload_file(b"x", file_type="exe", file_name="x.exe", duration=0), 234001)
    refused("a file without a name", upload_file(b"x", file_type="stream", duration=0), 234001)
    return keys
