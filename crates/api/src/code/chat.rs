//! Refusals of the chat and chat member endpoints (`im/v1/chats`).
//!
//! Source: the error tables of `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/…` and `…/chat-members/…`.

super::codes! {
    INVALID_PARAM = 232001, "Your request contains an invalid request parameter." => "correct the fields named in field_violations";
    EDIT_FORBIDDEN = 232002, "No Permission: Only chat owner or admin can edit chat information in the current situation." => "let the owner or an admin of the chat do it, or change edit_permission";
    APP_UNKNOWN = 232004, "Such an app does NOT exist." => "check the app_id of the caller";
    CHAT_ID_INVALID = 232006, "Your request specifies a chat_id which is invalid." => "check the chat_id; `larkspur im chats list` shows those the bot is in";
    CHAT_OR_USER_INVALID = 232007, "Your request specifies a chat_id or user_id which is invalid." => "check the chat_id and the ids in id_list";
    CHAT_TYPE_UNSUPPORTED = 232008, "Your request specifies a chat whose type is NOT supported currently." => "the operation exists for groups only";
    DISSOLVED = 232009, "Your request specifies a chat which has already been dissolved." => "the chat was dissolved; choose another";
    CROSS_TENANT = 232010, "Operator and chat can NOT be in different tenants." => "the chat belongs to another tenant";
    OUT_OF_CHAT = 232011, "Operator can NOT be out of the chat." => "add the bot to the chat, then repeat";
    NEW_OWNER_OUT_OF_CHAT = 232012, "New chat owner can NOT be out of the chat." => "add the user to the chat first";
    CHAT_FULL = 232013, "You have reached the limit of maximum number of members a chat can have." => "a group has at most 5000 members";
    TOKEN_LACKS_PERMISSION = 232014, "The token used in the request does NOT have the permissions necessary to complete the request." => "only the owner, an admin, or the creating bot with im:chat:operate_as_owner removes others";
    MEMBER_ID_TYPE_UNSUPPORTED = 232015, "Your request specifies a member_id_type which is NOT supported." => "choose open_id, union_id or user_id";
    ONLY_CERTAIN_PARTS = 232016, "Non-chat-owner or Non-chat-admin can only edit certain parts." => "a plain member edits avatar, name, description and i18n_names only";
    ADD_FORBIDDEN = 232017, "No Permission: If the operator is NOT owner or creator with the scope, the operator can NOT complete the request." => "let the owner or an admin add members, or change add_member_permission; a group is dissolved by its owner, or by the bot that made it with im:chat:operate_as_owner";
    RATE_LIMITED = 232019 (retry), "The request has been rate limited." => "change one chat with one call at a time";
    PUBLIC_NAME_TOO_SHORT = 232020, "Name can NOT be less than two characters for public chats." => "give the public chat a name of two characters or more";
    BOT_UNKNOWN = 232021, "Bot can NOT be found." => "check the app_id in bot_id_list";
    USER_RESIGNED = 232022, "User has already resigned." => "leave out users who have left";
    NOT_REVIEWED = 232023, "Chat information review failed while updating the chat." => "change name or description";
    NO_VISIBILITY = 232024, "Users do not have the visibility of the app, or the operator does not have collaboration permissions with the target users." => "add the users to the app's availability and publish a version";
    MANAGERS_NOT_VISIBLE = 232024, "The app is unavailable or inactivated by the tenant." => "add the users to the app's availability and publish a version";
    BOT_NOT_ACTIVATED = 232025, "Bot ability is not activated." => "enable the bot ability of the app and publish a version";
    PUBLIC_NAME_TAKEN = 232026, "This name is already used in an existing public chat. Names of public chats are supposed to be different." => "choose another name";
    NO_VALID_MEMBERS = 232027, "There are no valid members in the ID list specified in your request." => "name at least one id that exists";
    EXTERNAL_INTO_INTERNAL = 232028, "External members can Not be added to an internal group chat." => "leave out members of other tenants";
    NO_OWNER_CANDIDATE = 232029, "There are no available candidates for chat owner." => "give the chat another owner first";
    USER_ID_INVALID = 232030, "Your request specifies a user_id which is invalid." => "check the user id and user_id_type";
    OWNER_CROSS_TENANT = 232031, "The chat and the new designated chat owner must be in the same tenant." => "choose an owner from this tenant";
    CREATOR_CROSS_TENANT = 232032, "The operator who will create the chat and the designated chat owner must be in the same tenant." => "choose an owner from this tenant";
    NO_EXTERNAL_SCOPE = 232033, "The operator or invited bots does NOT have the authority to manage external chats without the scope." => "the app may not act in external chats";
    APP_UNAVAILABLE = 232034, "The app is unavailable or inactivated by the tenant." => "install and enable the app in this tenant";
    APP_INACTIVATE = 232034, "The app is unavailable or inactivate in the tenant." => "install and enable the app in this tenant";
    OWNER_ID_INVALID = 232035, "Your request specifies an owner_id which is invalid." => "check owner_id and user_id_type";
    NO_LABEL_SCOPE = 232037, "The operator or invited bots does NOT have the authority to manage chat labels without the scope." => "leave the labels out";
    NOT_OWNER = 232038, "The operator is not chat owner, no permission to complete the request." => "let the owner of the chat do it";
    MANAGERS_NOT_RETURNED = 232039, "The operation of Add/Delete chat managers has succeeded. But the current managers list was not returned due to service problems." => "it is done; read the admins with im.v1.chat.get";
    MANAGERS_FULL = 232040, "The chat managers has reached the limit of maximum number." => "a group has at most 10 admins; remove others first";
    AVATAR_ILLEGAL = 232041, "The avatar key is illegal." => "upload the picture with image_type=avatar and pass that key";
    PUBLIC_NAME_EMPTY = 232042, "Public group chat's name should not be empty." => "give the public chat a name";
    UNAVAILABLE_IDS = 232043, "Your request contains unavailable ids." => "check the ids, and that their kind is the one the request names";
    MEMBERS_LIMITED_BY_ADMIN = 232044, "You have reached maximum number of chat members set by admin." => "ask the tenant's administrator";
    TAB_NAME_TOO_LONG = 232047, "The length of the tab name reaches the limit." => "shorten the name of the tab";
    NO_RESTRICTED_MODE = 232057, "The operator tenant doesn't have the permission to use restricted mode." => "leave restricted_mode_setting out: the tenant's plan lacks it";
    BANNED = 232060, "This chat is banned." => "nothing can be changed in a chat that was banned";
    LINK_OF_SECRET_CHAT = 232061, "Secret chat cannot be share link." => "choose a group that is not secret";
    LINK_OF_P2P_CHAT = 232062, "P2P chat cannot be share link." => "only groups have a link";
    LINK_OF_TEAM = 232063, "Team cannot be share link." => "choose a group that is not a team's";
    LINK_FORBIDDEN = 232064, "The operator is not a group owner or administrator, no permission to share chat link." => "let the owner or an admin share the group, or change share_card_permission";
    OPERATOR_UNKNOWN = 232065, "The User/Bot can NOT be found." => "check the token";
    BEING_CREATED = 232068 (retry), "The group is being created, please wait a moment." => "wait a moment and repeat with the same uuid";
    NO_PUBLIC_EXTERNAL = 232069, "current chat type unsupported to set public." => "an external chat cannot be public";
    JOIN_NEEDS_APPROVAL = 232075, "The public group needs to apply to join, and users or bots are not allowed to actively join the group." => "let a member add the bot, or change membership_approval";
    OWNER_NOT_REMOVABLE = 232076, "Can't kick chat owner." => "give the chat another owner first";
    NO_HIDE_COUNT = 232078, "The operator tenant doesn't have the permission to use hide_member_count_setting." => "leave hide_member_count_setting out: the tenant's plan lacks it";
    HIDE_COUNT_UNSUPPORTED = 232079, "Chat type not supported by hide_member_count_setting." => "leave hide_member_count_setting out";
    TYPE_UNSUPPORTED = 232090, "Unsupported chat type." => "the operation exists for groups only";
    NO_PUBLIC_GROUPS = 232091, "Due to the security control requirements of this tenant, this tenant does not allow public group." => "make the group private";
    MODERATION_IN_MEETING = 232092, "Meeting in progress. Unable to modify group posting permissions." => "repeat after the meeting";
    IN_MEETING = 232093, "This meeting has restricted access. Unable to turn off group membership approval." => "repeat after the meeting";
    NO_OCIC_SCOPE = 232095, "The operator does NOT have the authority to manage ocic type tag without the scope." => "leave the tag out";
}
