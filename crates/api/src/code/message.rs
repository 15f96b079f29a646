//! Refusals of the message endpoints (`im/v1/messages`).
//!
//! Source: the error tables of `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/…`; the details behind
//! `ext=` are those of `/faq/trouble-shooting/how-to-resolve-error-230001`.

super::codes! {
    INVALID_PARAM = 230001, "Your request contains an invalid request parameter." => "the text behind `ext=` names the parameter";
    PARAM_IS_INVALID = 230001, "param is invalid" => "correct the parameters; a preview_token comes from the callback that asks for the preview, and belongs to one app";
    BOT_OUTSIDE_GROUP = 230002, "The bot can not be outside the group." => "add the bot to the group (group settings > bots, or `larkspur im chat.members create`), then repeat";
    FOLLOW_UP_EXPIRED = 230002, "expired message." => "bubbles can be added to a message in the 600 seconds after it was sent";
    FOLLOW_UP_P2P_ONLY = 230003, "only support p2p chat." => "bubbles exist in the bot's chats with one user only";
    FOLLOW_UP_INVISIBLE = 230004, "invisible message." => "the bot does not see the message: it is recalled, or in a chat of others";
    FOLLOW_UP_NO_AVAILABILITY = 230005, "user is not visible to bot." => "add the user to the app's availability and publish a version";
    BOT_NOT_ACTIVATED = 230006, "Bot ability is not activated." => "enable the bot ability of the app and publish a version";
    FOLLOW_UP_NOT_LATEST = 230006, "only support latest message." => "bubbles hang below the last message of the chat only";
    FOLLOW_UP_INVALID = 230007, "invalid follow up." => "each bubble needs a content, and each language may stand once";
    FOLLOW_UP_EXISTS = 230008, "follow up already exist." => "the message has its bubbles; send another message for others";
    RECALL_EXPIRED = 230009, "Message has expired when recall message." => "the time in which this message could be recalled is over";
    RECALLED = 230011, "The message is recalled." => "the message was recalled; choose another";
    NOT_SENDER = 230012, "Bot is NOT the sender of the message." => "a bot asks about its own messages only";
    NO_AVAILABILITY = 230013, "Bot has NO availability to this user." => "add the user to the app's availability and publish a version; a user who left cannot be reached";
    P2P_NOT_SHAREABLE = 230015, "P2P chat can NOT be shared." => "share a group, or a user with share_user";
    NOT_RESOURCE_OWNER = 230017, "Bot is NOT the owner of the resource." => "upload the image or file with this app and send that key";
    FORBIDDEN_BY_CHAT = 230018, "These operations are NOT allowed at current group settings." => "ask the owner of the group to let the bot speak";
    TOPIC_UNKNOWN = 230019, "The topic does NOT exist." => "check the thread_id";
    FREQUENCY_LIMIT = 230020 (retry), "This operation triggers the frequency limit." => "send at most 5 messages a second to one user or group; the group's bots share its 5; update one card at most 5 times a second";
    SENSITIVE = 230022, "The content of the message contains sensitive information." => "change the content";
    CONTENT_TOO_LONG = 230025, "The length of the message content reaches its limit." => "text may have 150 KB, cards and posts 30 KB: split it, or send it as a file";
    RECALL_FORBIDDEN = 230026, "No permission to recall this message." => "a bot recalls its own messages; those of others only as owner, admin or creator of the group";
    LACK_OF_PERMISSION = 230027, "Lack of necessary permissions." => "grant the app the scope that is named; messages of groups need im:message.group_msg as well";
    NOT_AUDITED = 230028, "The messages do NOT pass the audit." => "change the content";
    USER_RESIGNED = 230029, "User has resigned." => "the user has left; choose another";
    PATCH_EXPIRED = 230031, "Message can only be modified within 14 days after sending." => "send a new card";
    READ_STATUS_EXPIRED = 230033, "Get the reading status must be done within 7 days after the message is sent." => "who read a message is known for 7 days";
    RECEIVE_ID_INVALID = 230034, "The receive_id is invalid." => "check that receive_id exists and is of the kind receive_id_type names";
    SEND_DENIED = 230035, "Send Message Permission deny." => "the chat is muted, or the receiver or the tenant blocks the bot";
    UPDATE_DENIED = 230035, "Send message permission deny." => "the chat is muted, or the receiver or the tenant blocks the bot";
    CRYPT_KEY_DELETED = 230036, "Tenant crypt key has been deleted." => "ask the tenant's administrator";
    CROSS_TENANT_P2P = 230038, "Cross tenant p2p chat operate forbid." => "the user belongs to another tenant";
    PIN_CHAT_UNKNOWN = 230045, "The chat not exist." => "the chat of the message is gone";
    PIN_FORBIDDEN = 230046, "No Permission to Pin/Unpin messages in the chat." => "only the owner and the admins pin here: make the bot an admin, or change pin_manage_setting";
    PIN_TOO_OFTEN = 230047 (retry), "Pin/Unpin message trigger message_id limit." => "pin and unpin one message at most 5 times a second";
    PINS_READ_TOO_OFTEN = 230048 (retry), "Get chat pins trigger app_id limit." => "list pins at most 50 times a second";
    BEING_SENT = 230049 (retry), "The message is being sent." => "wait a moment and repeat with the same uuid";
    INVISIBLE = 230050, "The message is invisible to the operator." => "the message is older than the operator's membership, or was not sent to it";
    BOT_STOPPED_BY_USER = 230053, "The user has stopped the bot from sending messages." => "the user must allow the bot again";
    TYPE_UNAVAILABLE_IN_CONNECTION_GROUP = 230054, "This type of message is unavailable in the connection group." => "send another type of message";
    TYPE_NOT_SUPPORTED = 230054, "This operation is not supported for this message type." => "the operation does not exist for this type of message";
    FILE_TYPE_MISMATCH = 230055, "The type of file upload does not match the type of message being sent." => "upload with the file_type of the message: opus for audio, mp4 for media, anything else for file";
    THREAD_UNSUPPORTED = 230071, "The group to which the message belongs does not support reply in thread." => "reply without reply_in_thread";
    NOT_THE_SENDER = 230071, "The operator is not the sender of the message." => "only the sender edits a message";
    AGGREGATED = 230072, "Aggregated messages do not support reply in thread." => "reply without reply_in_thread";
    EDITED_TOO_OFTEN = 230072, "The message has reached the number of times it can be edited." => "a message can be edited 20 times: send a new one";
    SECRET_NOT_EDITABLE = 230073, "The message in the secret group is not allowed to be edited." => "send a new message";
    THREAD_INVISIBLE = 230073, "The thread is invisible to the operator." => "the thread is older than the operator's membership; someone must mention the operator in it";
    ENCRYPTED_NOT_EDITABLE = 230074, "The message in the third-party encryption group is not allowed to be edited." => "send a new message";
    ENCRYPTED = 230075, "Sending encrypted messages is not supported." => "choose another chat";
    EDIT_EXPIRED = 230075, "The message has exceeded the time that can be edited." => "send a new message";
    CARD_INVALID = 230099, "Failed to create card content" => "the text behind `ext=` names the place in the card";
    DELETED = 230110, "Action unavailable as the message has been deleted." => "the message was deleted; choose another";
    SELF_DESTRUCTS = 230111, "Action unavailable as the message will self-destruct soon." => "choose another message";
    CHAT_TYPE_UNSUPPORTED = 231203, "The chat type is not supported." => "messages of a chat in restricted mode cannot be read";
    APP_TYPE_UNSUPPORTED = 231204, "The app type is not supported." => "call as the bot";
}
