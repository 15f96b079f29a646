"""Walks through the platform with the official Python SDK: story.py READY_FILE"""

from importlib.metadata import version

import workspace
from apps import bot, the_app, tokens
from attention import follow_ups, readers, urgings
from batches import batches, for_one
from card_entities import card_entities
from cards import card_updates, patches, previews
from chat_tools import moderation, tabs, top_notices
from chats import chats, dissolving, leaving, members
from checks import tell
from coverage import every_endpoint
from custom_bots import custom_bots
from departments import bonds, departments, searched_departments
from directory import users
from forwards import forwards
from history import edits, history, replies
from joining import finding, joining, links, managers
from logins import logins, store
from menus import menus, refused_menus
from messages import every_type, refused_messages, resources
from pins import pins
from reactions import reactions
from search import bots_found, found, found_by_id
from uploads import avatar, files, pictures, refused_pictures


def story():
    print(f"Python, lark-oapi {version('lark-oapi')}")
    tokens()
    bot()
    the_app()
    image_keys = pictures()
    avatar_key = avatar()
    refused_pictures()
    file_keys = files()
    chats(avatar_key)
    members()
    managers()
    links()
    joining()
    finding()
    moderation()
    top_notices()
    tabs()
    menus()
    refused_menus()
    leaving()
    group, ids = every_type(image_keys, file_keys)
    resources(ids, image_keys, file_keys)
    replies(group, ids)
    history()
    edits()
    forwards()
    pins()
    reactions()
    patches()
    card_updates()
    card_entities()
    readers()
    follow_ups()
    urgings()
    previews()
    refused_messages(file_keys)
    batches()
    for_one()
    users()
    departments()
    searched_departments()
    bonds()
    found()
    found_by_id()
    bots_found()
    logins()
    store()
    dissolving()
    custom_bots()
    # Without someone who sees a link there is no preview to change: events.py has one.
    every_endpoint(workspace.sdk, elsewhere={"im.v2.url_preview.batch_update"})


tell("Python", story, seconds=60)
