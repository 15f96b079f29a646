//! Refusals of cards that one user alone sees (`ephemeral/v1`).
//!
//! The pages name one number, without a text. The others are those of the general table,
//! `/ukTMukTMukTM/ugjM14COyUjL4ITN`, for the same causes; the status is that of other refusals by a rule.

super::codes! {
    INVALID_PARAM = 10001, "Your request contains an invalid request parameter" => "name the user by open_id, user_id or email";
    USER_UNKNOWN = 10004, "user not found" => "check the e-mail address";
    MESSAGE_UNKNOWN = 10020, "message id not exist" => "pass the message_id that sending the card gave";
    BOT_OUTSIDE = 10030, "bot not in chat" => "add the bot to the group, then repeat";
    OPEN_ID_UNKNOWN = 11101, "open_id not exist" => "use the open_id that this app has for the user";
    USER_ID_UNKNOWN = 11105, "user_id not exist" => "check the user_id";
    NO_BOT = 11205, "app do not have bot" => "enable the bot ability of the app and publish a version";
    USER_OUTSIDE = 11206, "user not in chat" => "the card is for a member of the group: add the user, or choose another";
    NO_AVAILABILITY = 11225, "the bot is invisible to the user" => "add the user to the app's availability and publish a version";
    NOT_A_GROUP = 11228, "chat is not group" => "such cards exist in groups only, and not in topic groups";
    CHAT_UNKNOWN = 11231, "chat not found" => "check the chat_id; `larkspur im chats list` shows those the bot is in";
    RATE_LIMITED = 11233 (retry), "create message chat trigger rate limit" => "send at most 40 such cards a second to one group";
    OTHER_SENDER = 11234, "this message do not belong you" => "only the bot that sent the card deletes it";
    CHAT_DISSOLVED = 11237, "group chat dissolved" => "the group was dissolved; choose another";
    DELETED = 18051, "the message was deleted" => "the card is gone already";
    CONTENT_FAILED = 18054, "create message content fail" => "the text behind `ext=` names the place in the card";
}
