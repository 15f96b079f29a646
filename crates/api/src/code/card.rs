//! Refusals of the delayed card update (`interactive/v1/card/update`).
//!
//! The page lists numbers and explains them in Chinese; it gives neither texts nor statuses. The texts
//! here say what it says, and the status is that of other refusals by a rule.
//!
//! Source: `/ukTMukTMukTM/uMDO1YjLzgTN24yM4UjN`; `/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/update` for 200810.

super::codes! {
    PARAMETER_INVALID = 10002, "Card parameter check failed." => "the text behind `ext=` names what is wrong with the card";
    FORMAT_INVALID = 11311, "The format of the card is invalid." => "the text behind `ext=` names the place in the card";
    TOO_LARGE = 100000, "The converted card content exceeds 100 KB." => "make the card smaller; 30 KB is what may be sent";
    NOT_JSON = 100030, "The parameters do not conform to the JSON specification." => "send `card` as a JSON object, not as a string";
    RECALLED = 200000, "The card message has been recalled." => "the message was recalled; send a new card";
    OTHER_APP = 200310, "Cards sent by other apps can not be updated." => "only the app that sent the card updates it";
    OPEN_IDS_INVALID = 200320, "The open_ids of the exclusive card are invalid." => "pass open_ids that this app has for members of the chat";
    INTERACTING = 200810 (retry), "The card is in an ongoing interaction and cannot be updated" => "answer the callback first, then update the card";
    TOKEN_MALFORMED = 300020, "The format of the card update token is invalid." => "pass the token of the callback as it came; it starts with c-";
    TOKEN_EXPIRED = 300030, "The card update token has expired." => "a token lasts 30 minutes; the next click brings a new one";
    TOKEN_USED_UP = 300040, "The card update token has exceeded its usage limit." => "a token is good for 2 updates; the next click brings a new one";
    OPEN_IDS_MISSING = 300090, "The open_ids of the exclusive card are required." => "name the users in `open_ids`, or make the card shared with \"config\": {\"update_multi\": true}";
}
