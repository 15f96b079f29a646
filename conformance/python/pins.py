"""Messages that are pinned."""

from lark_oapi.api.im import v1 as im

from checks import done, make, refused, same, section
from workspace import ada, api, leave, new_group, pages, ready, send


def pins():
    section("Pins")
    group = new_group("Pins", ada)
    to_group = ("chat_id", group)
    first, second = (done(send(to_group, "text", {"text": word})).message_id for word in ("one", "two"))

    def pin(message_id):
        body = make(im.CreatePinRequestBody, message_id=message_id)
        return api.pin.create(make(im.CreatePinRequest, request_body=body))

    def unpin(message_id):
        return api.pin.delete(make(im.DeletePinRequest, message_id=message_id))

    def pinned():
        found = pages(api.pin.list, im.ListPinRequest, chat_id=group, page_size=1)
        return [one.message_id for page in found for one in page.items]

    made = done(pin(first)).pin
    shown = (made.message_id, made.chat_id, made.operator_id, made.operator_id_type)
    same("pinned: by whom, and where", shown, (first, group, ready["app_id"], "app_id"))
    same("pinned again: as it was", done(pin(first)).pin.create_time, made.create_time)
    done(pin(second))
    same("listed, page by page", sorted(pinned()), sorted([first, second]))
    same("unpinned", unpin(first).code, 0)
    same("unpinned: the other stays", pinned(), [second])
    same("unpinned again: nothing happens", unpin(first).code, 0)
    refused("a message that does not exist", pin("om_" + "0" * 32), 99992354)
    done(api.message.delete(make(im.DeleteMessageRequest, message_id=first)))
    refused("a recalled message", pin(first), 230011)
    leave(elsewhere := new_group("Pins elsewhere", ada, owner_id=ada["open_id"]))
    refused("from outside", api.pin.list(make(im.ListPinRequest, chat_id=elsewhere)), 230002)
