//! Refusals of messages to many users at once (`message/v4/batch_send` and `im/v1/batch_messages`).
//!
//! Sending is older than the rest: it refuses with HTTP 200.
//!
//! Source: the error tables of `/ukTMukTMukTM/ucDO1EjL3gTNx4yN4UTM` and
//! `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/batch_message/…`.

super::codes! {
    SEND_FAILED = 10002 / 200, "Create or send message fail." => "the text behind `ext=` names the cause";
    INVALID_PARAM = 10003 / 200, "Invalid parameter." => "name a msg_type, and at least one id in department_ids, open_ids, user_ids or union_ids, at most 200 in each";
    OPEN_ID_UNKNOWN = 11101 / 200, "Open_id not exist." => "use the open_ids that this app has for users";
    USERS_DENIED = 11203 / 200, "Send employee ids permission denied." => "grant the app im:message:send_multi_users";
    DEPARTMENTS_DENIED = 11204 / 200, "Send department list permission denied." => "grant the app im:message:send_multi_depts";
    NO_BOT = 11205 / 200, "App do not have bot." => "enable the bot ability of the app and publish a version";
    APP_NOT_IN_USE = 11207 / 200, "App is not usage." => "enable the app in the developer console";
    APP_UNKNOWN = 11209 / 200, "App not exist." => "check the app_id of the caller";
    APP_NOT_INSTALLED = 11210 / 200, "App usage info not exist." => "install the app in this tenant";
    NO_WRITE_PERMISSION = 11223 / 200, "Do not have im write permission." => "grant the app im:message:send_as_bot";
    IMAGE_UNKNOWN = 11227 / 200, "Image key not exist." => "upload the image with this app and send that key";
    CHAT_UNKNOWN = 11231 / 200, "Chat not found." => "share a group that the bot is in";
    MENTION_ALL_FORBIDDEN = 11235 / 200, "This group is set to only admin can mention @All." => "leave out the mention of everyone";
    CONTENT_FAILED = 11246 / 200, "Create message content fail." => "the text behind `ext=` names the cause; content is an object here, not a string, and a post stands in `post` without the tag md";
    DAILY_LIMIT = 11247 / 200, "Internal send message trigger rate limit." => "an app sends at most 500,000 messages a day this way";
    NOT_AUDITED = 11312 / 200, "Bot messages do not pass the audit." => "change the content";
    TEST_RESTRICTED = 230100 / 200, "Sending invalid test messages is restricted." => "change the content";
    RECALL_EXPIRED = 230009, "Message can only be recalled within one days." => "the day in which the messages could be recalled is over";
    UNKNOWN = 230030, "The message id is invalid, record not found." => "pass the bm-… that sending gave; it is known for 30 days";
}
