"""Custom bots: an address, and who has it may write."""

import base64
import hashlib
import hmac
import json
import time
import uuid

from checks import begins, check, connect, same, section
from workspace import list_pages, ready, said


def custom_bots():
    section("Custom bots")
    hooks = {hook["name"]: hook for hook in ready["hooks"]}
    gauge, alarm = hooks["Rain gauge"], hooks["Frost alarm"]

    def post(hook, **body):
        path = hook["url"].removeprefix(ready["base_url"])
        connection = connect(ready["base_url"])
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.load(answer)

    def signed(age=0):
        timestamp = str(int(time.time()) - age)
        digest = hmac.new(f"{timestamp}\n{alarm['secret']}".encode(), digestmod=hashlib.sha256).digest()
        return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode()}

    def refusal(name, hook, code, **body):
        status, answer = post(hook, **body)
        told = (status, answer["code"], begins(code, answer["msg"]))
        check(f"{name}: {code}", told == (200, code, True), answer)

    def heard():
        """What stands in the group: the sender and the words."""
        page = list_pages("chat", gauge["chat_id"], sort_type="ByCreateTimeDesc")[0]
        return [(one.sender.sender_type, said(one)) for one in page.items if one.msg_type == "text"]

    nonce = uuid.uuid4().hex
    content = {"text": f"12 mm {nonce}"}
    expected = {"code": 0, "msg": "success", "data": {}, "StatusCode": 0, "StatusMessage": "success"}
    status, answer = post(gauge, msg_type="text", content=content)
    same("sent: the answer for callers of either time", (status, answer), (200, {**expected, "Extra": None}))
    same("sent: the group hears it", heard()[0], ("app", content))
    frost = {"text": f"frost tonight {nonce}"}
    same("sent with a signature", post(alarm, msg_type="text", content=frost, **signed())[1]["code"], 0)
    same("sent with a signature: the group hears it", heard()[0], ("app", frost))
    before = heard()

    refusal("without its signature", alarm, 19021, msg_type="text", content=frost)
    wrong = {**signed(), "sign": base64.b64encode(bytes(32)).decode()}
    refusal("with a wrong signature", alarm, 19021, msg_type="text", content=frost, **wrong)
    refusal("signed two hours ago", alarm, 19021, msg_type="text", content=frost, **signed(age=7200))
    refusal("without the keyword", alarm, 19024, msg_type="text", content={"text": "all is well"}, **signed())
    refusal("without msg_type", gauge, 19002, content=content)
    unknown = {**gauge, "url": f"{ready['base_url']}/open-apis/bot/v2/hook/{uuid.uuid4()}"}
    refusal("at an address of nobody", unknown, 19001, msg_type="text", content=content)
    same("refused: the group hears nothing of it", heard(), before)
