"""Departments, who is in them, and what the app sees of them. `seed.toml` has them."""

from lark_oapi.api.contact import v3 as contact

from checks import check, done, make, refused, same, section
from workspace import ada, client, get_chat, in_the_name_of, lin, pages, sam

api = client.contact.v3
BY_ID = {"department_id_type": "department_id", "user_id_type": "open_id"}

# The department that this story takes its group from.
OWN = "pears"


def get(department_id, **kind):
    return api.department.get(make(contact.GetDepartmentRequest, **{**BY_ID, **kind}, department_id=department_id))


def got(department_id, **kind):
    return done(get(department_id, **kind)).department


def children(department_id, **more):
    request = make(contact.ChildrenDepartmentRequest, **BY_ID, department_id=department_id, **more)
    return api.department.children(request)


def parent(department_id, **more):
    request = make(contact.ParentDepartmentRequest, **BY_ID, department_id=department_id, **more)
    return api.department.parent(request)


def inside(department_id, **more):
    request = make(contact.FindByDepartmentUserRequest, **BY_ID, department_id=department_id, **more)
    return api.user.find_by_department(request)


def ids(response):
    return [one.department_id for one in done(response).items or []]


def departments():
    section("Departments")
    orchard = got("orchard")
    same("got", (orchard.name, orchard.parent_department_id), ("Orchard", "0"))
    same("got: who leads it", orchard.leader_user_id, lin["open_id"])
    same("got: how many are in it, and below it", orchard.member_count, 3)
    open_id = orchard.open_department_id
    check("got: an id that begins with od-", open_id.startswith("od-"), open_id)
    same("got by that id", got(open_id, department_id_type="open_department_id").department_id, "orchard")
    pears = got("pears")
    same("got: in two languages", vars(pears.i18n_name)["en_us"], "Pears")
    same("got: what it is below", pears.parent_department_id, "orchard")

    below = ["orchard", "pears", "plums", "shed"]
    same("right below the root", ids(children("0")), ["orchard", "shed"])
    same("all below the root", ids(children("0", fetch_child=True)), below)
    more = {"department_id": "0", "fetch_child": True, "page_size": 1}
    found = pages(api.department.children, contact.ChildrenDepartmentRequest, **BY_ID, **more)
    same("page by page: all", [page.items[0].department_id for page in found if page.items], below)
    same("nothing below", ids(children("shed")), [])
    same("what is above", ids(parent("pears")), ["orchard"])
    request = make(contact.BatchDepartmentRequest, **BY_ID, department_ids=["shed", "plums"])
    same("several at once", ids(api.department.batch(request)), ["shed", "plums"])

    same("who is in it", [one.open_id for one in done(inside("pears")).items], [ada["open_id"]])
    same("who is right in it", [one.open_id for one in done(inside("orchard")).items], [lin["open_id"]])
    same("who is in no department", [one.open_id for one in done(inside("0")).items], [sam["open_id"]])
    scope = done(api.scope.list(make(contact.ListScopeRequest, **BY_ID)))
    seen = (scope.user_ids, scope.department_ids, scope.has_more)
    same("what the app sees", seen, ([sam["open_id"]], ["orchard", "shed"], False))

    refused("one that does not exist", get("nowhere"), 40015)
    refused("below one that does not exist", children("nowhere"), 40008)
    refused("above the root", parent("0"), 40002)
    refused("who is in one that does not exist", inside("nowhere"), 40004, 403)
    refused("a page that there is not", children("0", page_token="made-up"), 40012)
    refused("a page of 51", children("0", page_size=51), 99992402)


def searched_departments():
    section("Departments that a user searches")
    as_ada = in_the_name_of(ada)

    def search(query, **more):
        body = make(contact.SearchDepartmentRequestBody, query=query)
        request = make(contact.SearchDepartmentRequest, **BY_ID, **more, request_body=body)
        return api.department.search(request, as_ada)

    same("by a part of the name", ids(search("orch")), ["orchard"])
    same("in Chinese", ids(search("梨")), ["pears"])
    same("not by its name in another language", ids(search("pears")), [])
    first = done(search("园", page_size=1))
    second = done(search("园", page_size=1, page_token=first.page_token))
    both = [page.items[0].department_id for page in (first, second)]
    same("page by page", (both, second.has_more), (["pears", "plums"], False))
    same("nothing", ids(search("vineyard")), [])
    refused("no words", search(" "), 48001)
    refused("a page of another search", search("orch", page_token=first.page_token), 48001)


def bonds():
    section("Groups of departments")

    def unbind(department_id):
        body = make(contact.UnbindDepartmentChatDepartmentRequestBody, department_id=department_id)
        kind = contact.UnbindDepartmentChatDepartmentRequest
        request = make(kind, department_id_type="department_id", request_body=body)
        return api.department.unbind_department_chat(request)

    group = got(OWN).chat_id
    same("the group it has", get_chat(group).name, "Pear growers")
    same("it has none any more", unbind(OWN).code, 0)
    same("it has none any more: it says so", got(OWN).chat_id, None)
    same("the group is still there", get_chat(group).name, "Pear growers")
    refused("once more", unbind(OWN), 40020, 403)
    refused("the root", unbind("0"), 40002)
    refused("one that does not exist", unbind("nowhere"), 40004, 403)
