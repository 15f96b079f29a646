"""What the app is asked over the long connection."""

from lark_oapi.api.im import v2 as im_v2

from checks import connect, make, own, refused, same, section
from handlers import (
    ANSWERS,
    WATERED,
    act,
    ada,
    asked,
    base_url,
    button,
    card,
    card_now,
    client,
    garden,
    preview_of,
    ready,
    send_card,
    set_app,
    update_card,
    updated_early,
    words,
)


def click(plan, *, of=None, **value):
    """Ada presses the button of a card whose value tells the handler what to answer."""
    message_id = send_card(of or card(button({"answer": plan, **value})))
    answer = own(connect(base_url), "POST", "act/click", {"user": ada["open_id"], "message_id": message_id})
    return message_id, answer


def callbacks():
    section("Asked over the long connection")
    value = {"row": 7, "10": "薄荷/mint", "9": 1.5}
    message_id, answer = click("toast and card", **value)
    shown = {"answer": ANSWERS["toast and card"], "toast": "好的", "card_updated": True}
    same("card.action.trigger: toast and card come back", answer["data"], shown)
    same("card.action.trigger: the card is replaced", card_now(message_id), WATERED)
    event = asked[-1].event
    saw = (event.operator.open_id, event.operator.union_id, event.operator.tenant_key)
    same("the handler: who", saw, (ada["open_id"], ada["union_id"], ready["tenant_key"]))
    saw = (event.host, event.context.open_message_id, event.context.open_chat_id)
    same("the handler: where", saw, ("im_message", message_id, garden))
    saw = (event.action.tag, event.action.value)
    same("the handler: what", saw, ("button", {"answer": "toast and card", **value}))

    first, second = card(words("Watered twice")), card(words("Watered thrice"))
    same("a delayed update", update_card(event.token, first).code, 0)
    same("a delayed update: the card is replaced", card_now(message_id), first)
    same("another one", update_card(event.token, second).code, 0)
    refused("and no third", update_card(event.token, first), 300040)
    same("and no third: the card stays", card_now(message_id), second)
    click("update")
    refused("an update before the answer", updated_early.pop(), 200810)

    message_id, answer = click("toast")
    shown = {"answer": ANSWERS["toast"], "toast": "好的", "card_updated": False}
    same("a toast alone", answer["data"], shown)
    _, answer = click("nothing")
    same("no answer at all", answer["data"], {"answer": {}, "card_updated": False})
    same("a handler that fails", click("throw")[1]["code"], 200671)
    same("a card that is none", click("no card")[1]["code"], 200673)
    callback = {"type": "callback", "value": {"answer": "card 1.0"}}
    yes = {"tag": "button", "text": {"tag": "plain_text", "content": "Yes"}, "behaviors": [callback]}
    card_2 = {"schema": "2.0", "body": {"elements": [yes]}}
    message_id, answer = click("card 1.0", of=card_2)
    same("a card 1.0 in the place of a card 2.0", answer["code"], 200830)
    same("a card 1.0 in the place of a card 2.0: it stays", card_now(message_id), card_2)

    send = {"tag": "button", "name": "send", "text": {"tag": "plain_text", "content": "Send"}}
    send |= {"form_action_type": "submit", "behaviors": [{"type": "callback", "value": {"answer": "toast"}}]}
    form = {"tag": "form", "name": "bed", "elements": [{"tag": "input", "name": "herb"}, send]}
    message_id = send_card({"schema": "2.0", "body": {"elements": [form]}})
    answer = act("submit", user=ada["open_id"], message_id=message_id, form_value={"herb": "basil"})
    same("a form: the toast comes back", answer["toast"], "好的")
    event = asked[-1].event
    same("a form: the handler", (event.action.name, event.action.form_value), ("send", {"herb": "basil"}))

    link = "https://example.com/basil"
    answer = act("open_link", user=ada["open_id"], url=link)["answer"]
    same("url.preview.get: the preview comes back", answer, preview_of(link))
    event = asked[-1].event
    saw = (event.operator.open_id, event.context.url)
    same("url.preview.get: the handler", saw, (ada["open_id"], link))
    body = make(im_v2.BatchUpdateUrlPreviewRequestBody, preview_tokens=[event.context.preview_token])
    request = make(im_v2.BatchUpdateUrlPreviewRequest, request_body=body)
    answer = client.im.v2.url_preview.batch_update(request)
    same("url.preview.get: its token updates the preview", (answer.code, answer.msg), (0, "success"))

    same("unsubscribed", set_app(callbacks=["url.preview.get"])["code"], 0)
    count = len(asked)
    same("unsubscribed: nobody is asked", (click("toast")[1]["code"], len(asked)), (200340, count))
    same("subscribed again", set_app(callbacks=["*"])["code"], 0)
    same("subscribed again: the toast is back", click("toast")[1]["data"]["toast"], "好的")
