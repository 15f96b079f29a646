"""Users, by every id."""

from lark_oapi.api.contact import v3 as contact

from checks import check, done, make, refused, same, section
from workspace import NOBODY, ada, client, lin


def users():
    section("Users")
    directory = client.contact.v3.user

    def get(kind, user_id):
        return directory.get(make(contact.GetUserRequest, user_id_type=kind, user_id=user_id))

    for kind in ("open_id", "union_id", "user_id"):
        user = done(get(kind, ada[kind])).user
        names = {"open_id": user.open_id, "union_id": user.union_id, "user_id": user.user_id}
        same(f"got by {kind}", {**names, "name": user.name, "email": user.email}, ada)
    check("got: they work here", user.status.is_activated and not user.status.is_resigned, vars(user.status))
    check("got: a picture", user.avatar and user.avatar.avatar_72.startswith("http"), user.avatar)
    refused("someone who does not exist", get("open_id", NOBODY), 99992351)

    ids, both = [ada["open_id"], lin["open_id"]], {ada["open_id"]: ada["name"], lin["open_id"]: lin["name"]}
    batch = done(directory.batch(make(contact.BatchUserRequest, user_ids=ids)))
    same("batch", {one.open_id: one.name for one in batch.items}, both)
    body = make(contact.BasicBatchUserRequestBody, user_ids=ids)
    basic = done(directory.basic_batch(make(contact.BasicBatchUserRequest, request_body=body)))
    same("basic_batch", {one.user_id: one.name for one in basic.users}, both)

    wanted = {lin["email"]: lin["open_id"], user.mobile: ada["open_id"], "nobody@larkspur.example": None}
    emails = [address for address in wanted if "@" in address]
    body = make(contact.BatchGetIdUserRequestBody, emails=emails, mobiles=[user.mobile])
    found = done(directory.batch_get_id(make(contact.BatchGetIdUserRequest, request_body=body))).user_list
    ids = {one.email or one.mobile: one.user_id for one in found}
    same("batch_get_id, by address and number", ids, wanted)
