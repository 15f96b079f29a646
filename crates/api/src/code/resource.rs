//! Refusals of the image, file and message resource endpoints.
//!
//! Source: the error tables of `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/image/…`, `…/file/…` and
//! `…/message-resource/get`.

super::codes! {
    WRITES_STOPPED = 232096 (retry), "Meta writing has stopped, please try again later." => "try again later";
    INVALID_PARAM = 234001, "Invalid request param." => "correct the fields named in field_violations; the body is multipart/form-data";
    UNAUTHORIZED = 234002 / 401, "Unauthorized." => "check the token";
    NOT_IN_MESSAGE = 234003, "File not in message." => "the key must stand in this very message; keys inside a merge_forward belong to its children";
    APP_NOT_IN_CHAT = 234004, "App not in chat." => "add the bot to the chat of the message";
    DELETED = 234005, "Image has been deleted" => "check the key: it names nothing";
    TOO_LARGE = 234006, "The file size exceed the max value." => "an image may have 10 MB, a file 30 MB";
    BOT_NOT_ACTIVATED = 234007, "App does not enable bot feature." => "enable the bot ability of the app and publish a version";
    NOT_THE_SENDER = 234008, "The app is not the resource sender" => "only the app that uploaded it downloads it by key; use the message resource endpoint for others";
    LACK_OF_PERMISSION = 234009, "Lack of necessary permissions." => "not available in external chats";
    EMPTY = 234010, "File's size can't be 0." => "the file part is empty, or was not sent as the file";
    FORMAT_UNKNOWN = 234011, "Can't regonnize the image format." => "send JPEG, PNG, WEBP, GIF, BMP, ICO, TIFF or HEIC; anything else goes as a file";
    TENANT_CHECK_FAILED = 234019 (retry), "scope CheckAppTenant fail." => "try again; if it stays, report the log_id";
    DOWNLOAD_TOO_LARGE = 234037, "Downloaded file size exceeds limit." => "at most 100 MB can be downloaded";
    RESTRICTED_MODE = 234038, "Do not allow downloading of message resources in restricted mode." => "the chat forbids downloads";
    RESOLUTION_TOO_HIGH = 234039, "Image resolution exceeds limit." => "at most 12000x12000 px, GIF 2000x2000, avatar 4096x4096; larger pictures go as a file";
    INVISIBLE = 234040, "The message is invisible to the operator." => "the message is older than the bot's membership";
    MASTER_KEY_DELETED = 234041, "Tenant master key has been deleted, please contact the tenant administrator." => "ask the tenant's administrator";
    HYBRID_STORAGE = 234042 (retry), "Hybrid deployment tenant storage error, such as full storage space, please contact tenant administrator." => "the storage is full or failing: free space, then repeat";
    UNSUPPORTED_MESSAGE = 234043, "Unsupported message type." => "resources of cards and of merged forwards cannot be downloaded";
}
