//! Refusals of the reaction endpoints (`im/v1/messages/:message_id/reactions`).
//!
//! Source: the error tables of `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/…`.

super::codes! {
    TYPE_INVALID = 231001, "reaction type is invalid." => "take an emoji_type of the documented list, such as SMILE or THUMBSUP; a Unicode emoji is not one";
    NO_PERMISSION = 231002, "The operator has no permission to react on the specific message." => "add the bot to the chat of the message";
    MESSAGE_UNKNOWN = 231003, "The message is not found, maybe not exist or deleted." => "check the message_id; a recalled message has no reactions";
    CHAT_UNKNOWN = 231004, "The chat in which the message exists is not found, maybe not exist, deleted or archived." => "the chat is gone; choose another message";
    THREAD_REMOVED = 231005, "The thread has been no-trace removed, cannot put reaction." => "the thread is gone; choose another message";
    OPERATOR_INVALID = 231006, "The operator_id is invalid." => "try again; if it stays, report the log_id";
    NOT_OWN = 231007, "The operator has no permission to delete this reaction." => "only who added a reaction takes it away";
    NO_ACCESS = 231008, "The operator has no access to the message." => "add the bot to the chat of the message";
    OTHER_MESSAGE = 231010, "The reaction does not belong to the message." => "pass the message_id that the reaction was added to";
    REACTION_ID_INVALID = 231011, "The request has an invalid reaction_id." => "check the reaction_id; it comes from adding or listing reactions";
    PAGE_TOKEN_INVALID = 231012, "The request has an invalid pageToken." => "pass the page_token of the page before, with the same other parameters";
    AUTH_TYPE_INVALID = 231013, "The request has an invalid AuthType." => "call with a tenant_access_token or a user_access_token";
    USER_ID_TYPE_INVALID = 231014, "user_id_type is invalid." => "pass open_id, union_id or user_id";
    REPEATED = 231015 (retry), "Act on reaction failed, repeated request is processing." => "the same request is under way; wait a moment";
    TYPE_NOT_SUPPORTED = 231017, "This operation is not supported for this message type." => "notices of the system take no reactions";
    INVISIBLE = 231018, "The message is invisible to the operator." => "the message is older than the operator's membership";
    USER_SETTINGS = 231019, "Due to the settings of this user, you are temporarily unable to perform this operation." => "the sender of the message has blocked the operator";
    ADMIN_SETTINGS = 231020, "Due to the configuration of the tenant administrator, you cannot perform this operation on the target user temporarily." => "ask the tenant's administrator";
    EXTERNAL_FORBIDDEN = 231021, "No permission to operate external chats." => "the app may not act in external chats";
    NO_AVAILABILITY = 231022, "Bot has NO availability to this user." => "add the user to the app's availability and publish a version; a user who left cannot be reached";
}
