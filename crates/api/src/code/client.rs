//! What the Feishu client shows to a user whom a bot did not answer as it should.
//!
//! Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication`.

super::codes! {
    NO_ADDRESS = 200340, "No callback address is configured, or it is invalid." => "connect the bot, or set its callback address: `larkspur platform app update`";
    LATE = 200341, "The callback was not answered within 3 s." => "answer first and work afterwards: update the card later with the token of the callback";
    NOT_CONNECTED = 200342, "The callback address refused the TCP connection." => "start the receiver, and check port and firewall";
    NOT_RESOLVED = 200343, "The host name of the callback address cannot be resolved." => "check the callback address";
    NAMELESS = 200530, "An element in the form has no name." => "give every element in a form a name of its own";
    STATUS = 200671, "The callback was answered with a status other than 200." => "look at the receiver's log: its handler failed, or there is none for this callback";
    MALFORMED = 200672, "The answer to the callback is not in the documented form." => "answer with {} or an object with toast and card";
    CARD_INVALID = 200673, "The card in the answer to the callback is invalid." => "check the card: `card` is an object with type and data";
    CARD_VERSION = 200830, "A card of version 2.0 cannot be replaced by one of version 1.0." => "answer with a card of schema 2.0";
    NO_ELEMENT = 200080, "The card has no such element." => "name the element by its name or its text";
}
