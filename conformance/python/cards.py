"""Cards replaced and updated, previews of links."""

import json
import uuid

import lark_oapi as lark
from lark_oapi.api.im import v1 as im
from lark_oapi.api.im import v2 as im_v2

from checks import done, make, refused, same, section
from workspace import ada, api, client, new_group, raw, read, said, send


def patches():
    section("Cards replaced")

    def card(text, **config):
        div = {"tag": "div", "text": {"tag": "plain_text", "content": text}}
        return {"config": config, "elements": [div]}

    def patch(message_id, content):
        body = make(im.PatchMessageRequestBody, content=json.dumps(content))
        return api.message.patch(make(im.PatchMessageRequest, message_id=message_id, request_body=body))

    to_group = ("chat_id", new_group("Cards", ada))
    shared = done(send(to_group, "interactive", card("sow", update_multi=True))).message_id
    own_copy = done(send(to_group, "interactive", card("sow"))).message_id
    text = done(send(to_group, "text", {"text": "sow"})).message_id

    reap = card("reap", update_multi=True)
    same("replaced", patch(shared, reap).code, 0)
    same("replaced: what it is now", said(read(shared, card_msg_content_type="user_card_content")), reap)
    elements = [{"tag": "markdown", "content": "**Reap**"}]
    card_2 = {"schema": "2.0", "body": {"elements": elements}}
    same("by a card 2.0", patch(shared, card_2).code, 0)
    same("by a card 2.0: it is", said(read(shared, card_msg_content_type="user_card_content")), card_2)

    refused("a text", patch(text, reap), 230001)
    refused("a card that is not shared", patch(own_copy, reap), 230099)
    refused("by a card that is not shared", patch(shared, card("reap")), 230099)
    refused("by a list", patch(shared, []), 230099)
    refused("a message that does not exist", patch("om_" + "0" * 32, reap), 99992354)
    done(api.message.delete(make(im.DeleteMessageRequest, message_id=shared)))
    refused("a recalled card", patch(shared, reap), 230011)


def card_updates():
    section("Cards updated after a click, without one")

    def update(token, card):
        fields = {"token": token, "card": card}
        return raw(lark.HttpMethod.POST, "/open-apis/interactive/v1/card/update", fields)

    card = {"elements": [{"tag": "hr"}]}
    refused("what is no token", update("made-up", card), 300020)
    refused("a token that is no longer known", update("c-" + "0" * 32, card), 300030)
    refused("a card in a string", update("c-" + "0" * 32, json.dumps(card)), 100030)


def previews():
    section("Previews of links, of which nobody asked for one")

    def update(*tokens):
        body = make(im_v2.BatchUpdateUrlPreviewRequestBody, preview_tokens=list(tokens))
        request = make(im_v2.BatchUpdateUrlPreviewRequest, request_body=body)
        return client.im.v2.url_preview.batch_update(request)

    refused("a token that nobody issued", update(str(uuid.uuid4())), 230001)
    refused("no token", update(), 99992402)
    refused("eleven tokens", update(*(str(uuid.uuid4()) for _ in range(11))), 99992402)
