"""Card entities: cards that are changed wherever they were sent."""

import json

from lark_oapi.api.cardkit import v1 as cardkit

from checks import check, done, make, refused, same, section
from workspace import ada, client, new_group, read, said, send


def words(element_id, content):
    return {"tag": "markdown", "element_id": element_id, "content": content}


def card_of(*elements, **config):
    return {"schema": "2.0", "config": config, "body": {"elements": list(elements)}}


def card_entities():
    section("Card entities")
    cards, elements = client.cardkit.v1.card, client.cardkit.v1.card_element

    def create(card):
        body = make(cardkit.CreateCardRequestBody, type="card_json", data=json.dumps(card))
        return cards.create(make(cardkit.CreateCardRequest, request_body=body))

    card_id = done(create(card_of(words("md_1", "one")))).card_id
    check("made: an id", card_id.isdigit(), card_id)
    group = new_group("Card entities", ada)
    sent = send(("chat_id", group), "interactive", {"type": "card", "data": {"card_id": card_id}})
    message_id = done(sent).message_id
    count = iter(range(1, 100))

    def change(method, request, body, card_id=card_id, **fields):
        """Every change has a number above that of the one before."""
        path = {name: fields.pop(name) for name in ("element_id",) if name in fields}
        body = make(body, sequence=fields.pop("sequence", None) or next(count), **fields)
        return method(make(request, card_id=card_id, request_body=body, **path))

    def update(card, **more):
        data = make(cardkit.Card, type="card_json", data=json.dumps(card))
        kinds = cardkit.UpdateCardRequest, cardkit.UpdateCardRequestBody
        return change(cards.update, *kinds, card=data, **more)

    def settings(**config):
        kinds = cardkit.SettingsCardRequest, cardkit.SettingsCardRequestBody
        return change(cards.settings, *kinds, settings=json.dumps({"config": config}))

    def batch(*actions):
        kinds = cardkit.BatchUpdateCardRequest, cardkit.BatchUpdateCardRequestBody
        return change(cards.batch_update, *kinds, actions=json.dumps(actions))

    def add(*added, **more):
        kinds = cardkit.CreateCardElementRequest, cardkit.CreateCardElementRequestBody
        return change(elements.create, *kinds, elements=json.dumps(added), **more)

    def content(element_id, text):
        kinds = cardkit.ContentCardElementRequest, cardkit.ContentCardElementRequestBody
        return change(elements.content, *kinds, element_id=element_id, content=text)

    def replace(element_id, element):
        kinds = cardkit.UpdateCardElementRequest, cardkit.UpdateCardElementRequestBody
        return change(elements.update, *kinds, element_id=element_id, element=json.dumps(element))

    def patch(element_id, **part):
        kinds = cardkit.PatchCardElementRequest, cardkit.PatchCardElementRequestBody
        return change(elements.patch, *kinds, element_id=element_id, partial_element=json.dumps(part))

    def delete(element_id):
        kinds = cardkit.DeleteCardElementRequest, cardkit.DeleteCardElementRequestBody
        return change(elements.delete, *kinds, element_id=element_id)

    def now():
        """The words in the message that shows it."""
        card = said(read(message_id, card_msg_content_type="user_card_content"))
        return [element.get("content") for element in card["body"]["elements"]]

    same("sent: what it shows", now(), ["one"])
    same("updated", update(card_of(words("md_1", "two"))).code, 0)
    behind = {"type": "insert_after", "target_element_id": "md_1"}
    same("added behind another", add(words("md_2", "three"), **behind).code, 0)
    same("the message shows both", now(), ["two", "three"])
    same("a part of one changed", patch("md_1", content="four").code, 0)
    same("one replaced", replace("md_2", words("md_2", "five")).code, 0)
    same("the message shows that too", now(), ["four", "five"])
    same("settings: it streams", settings(streaming_mode=True).code, 0)
    same("its words as they come", content("md_1", "four and a half").code, 0)
    same("one taken away", delete("md_2").code, 0)
    delete_all = {"action": "delete_elements", "params": {"element_ids": ["md_1"]}}
    adding = {"action": "add_elements", "params": {"type": "append", "elements": [words("md_9", "nine")]}}
    same("several changes at once", batch(adding, delete_all).code, 0)
    same("the message shows what is left", now(), ["nine"])

    refused("a change with a number that was there", update(card_of(), sequence=1), 300317)
    refused("a card that there is not", update(card_of(), card_id="7" * 19), 200740)
    refused("two elements by one name", create(card_of(words("md_1", "a"), words("md_1", "b"))), 300301)

    text = send(("chat_id", group), "interactive", card_of(words("md_1", "of its own"), update_multi=True))
    body = make(cardkit.IdConvertCardRequestBody, message_id=done(text).message_id)
    converted = done(cards.id_convert(make(cardkit.IdConvertCardRequest, request_body=body)))
    check("the card of a message becomes one", converted.card_id.isdigit(), converted.card_id)
