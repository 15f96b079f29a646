"""Whether the story calls all that the SDK and the platform both know."""

import inspect
import json
import re

from checks import HERE, check, section

CATALOGUE = HERE.parent / "crates/api/catalogue"

# What became of the calls of the story, by the SDK's own names: im.v1.message.create.
outcomes = {}


class Watched:
    """A client of the SDK, or a part of it. It notes which methods are called, and what came of it."""

    def __init__(self, part, name=""):
        self._part, self._name = part, name

    def __getattr__(self, name):
        found = getattr(self._part, name)
        name = f"{self._name}.{name}".removeprefix(".")
        if not inspect.ismethod(found):
            return Watched(found, name)
        if inspect.iscoroutinefunction(found) or not isinstance(_request_of(found), type):
            return found

        def call(*args):
            response = found(*args)
            outcomes.setdefault(name, set()).add(response.success())
            return response

        return call


def _request_of(method):
    first = next(iter(inspect.signature(method).parameters.values()), None)
    return first and first.annotation


def _known(part, name=""):
    """Every method of the SDK that calls an endpoint, as name and method and path."""
    for child, found in inspect.getmembers(part):
        path = f"{name}.{child}".removeprefix(".")
        if child.startswith("_") or child == "request" or inspect.iscoroutinefunction(found):
            continue
        if inspect.ismethod(found):
            request = _request_of(found)
            if isinstance(request, type):
                built = request.builder().build()
                yield path, (built.http_method.name, _shape(built.uri))
        elif type(found).__module__.startswith("lark_oapi.api."):
            yield from _known(found, path)


def _shape(path):
    """A path without the names of its parameters."""
    return re.sub(r":\w+", ":", path)


def _implemented():
    endpoints = json.loads((CATALOGUE / "endpoints.json").read_text(encoding="utf-8"))
    missing = (CATALOGUE / "not-implemented.txt").read_text(encoding="utf-8").split()
    return {
        (endpoint["http_method"], _shape(endpoint["path"])): endpoint["token_types"]
        for endpoint in endpoints
        if endpoint["id"] not in missing
    }


def every_endpoint(client, elsewhere):
    """`elsewhere` are those that can only be refused without what another story has."""
    section("Every endpoint that the SDK knows and the platform has")
    implemented = _implemented()
    both = {name: implemented[called] for name, called in _known(client) if called in implemented}
    check("there are many", len(both) > 60, sorted(both))
    never = sorted(name for name in both if name not in outcomes)
    check("each is called", not never, ", ".join(never))
    only_refused = sorted(name for name in both if outcomes.get(name) == {False} and name not in elsewhere)
    check("each does what it is called for", not only_refused, ", ".join(only_refused))
