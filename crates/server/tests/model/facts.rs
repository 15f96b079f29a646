//! The workspace that every script begins with.

use crate::op::{Actor, Bot, User};

/// Two tenants. Of the bots one sees two users only and has few scopes, and one has no bot ability.
pub(crate) const SEED: &str = r#"
[[tenants]]
name = "Garden"
apps = [
    { name = "main", app_id = "cli_00000000000000a1", app_secret = "main", subscription = {} },
    { name = "helper", app_id = "cli_00000000000000a2", app_secret = "helper", subscription = {} },
    { name = "narrow", app_id = "cli_00000000000000a3", app_secret = "narrow", subscription = {}, availability = ["Ada", "Bo"], scopes = ["im:message", "im:message:readonly", "im:chat", "contact:contact.base:readonly", "contact:user.employee_id:readonly"] },
    { name = "mute", app_id = "cli_00000000000000a4", app_secret = "mute", subscription = {}, bot = false },
]
users = [
    { name = "Ada", user_id = "ada" },
    { name = "Bo", user_id = "bo" },
    { name = "Cy", user_id = "cy" },
    { name = "Di", user_id = "di" },
    { name = "Ed", user_id = "ed", resigned = true },
]

[[tenants]]
name = "Other"
apps = [{ name = "foreign", app_id = "cli_00000000000000b1", app_secret = "foreign", subscription = {} }]
users = [{ name = "Zoe", user_id = "zoe" }]
"#;

/// The apps that call.
pub(crate) const BOTS: [Bot; 4] = ["main", "helper", "narrow", "foreign"];

/// The app that cannot be a member: it has no bot ability.
pub(crate) const MUTE: Bot = "mute";

/// The users, in the order of the seed.
pub(crate) const USERS: [User; 6] = ["ada", "bo", "cy", "di", "ed", "zoe"];

/// The emoji that are used.
pub(crate) const EMOJI: [&str; 3] = ["SMILE", "THUMBSUP", "HEART"];

pub(crate) fn app_id(bot: Bot) -> String {
    let last = match bot {
        "main" => "a1",
        "helper" => "a2",
        "narrow" => "a3",
        "mute" => "a4",
        _ => "b1",
    };
    format!("cli_00000000000000{last}")
}

pub(crate) fn name(user: User) -> String {
    let (first, rest) = user.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

pub(crate) fn tenant_of_bot(bot: Bot) -> &'static str {
    if bot == "foreign" { "Other" } else { "Garden" }
}

pub(crate) fn tenant_of_user(user: User) -> &'static str {
    if user == "zoe" { "Other" } else { "Garden" }
}

pub(crate) fn tenant(actor: Actor) -> &'static str {
    match actor {
        Actor::Bot(bot) => tenant_of_bot(bot),
        Actor::User(user) => tenant_of_user(user),
    }
}

pub(crate) fn has_resigned(user: User) -> bool {
    user == "ed"
}

/// Whether a user is among those who may use a bot.
pub(crate) fn sees(bot: Bot, user: User) -> bool {
    bot != "narrow" || matches!(user, "ada" | "bo")
}

/// Whether a bot has the scope to read the messages of groups.
pub(crate) fn reads_groups(bot: Bot) -> bool {
    bot != "narrow"
}

/// Whether a bot has the scope to act as the owner of groups that it made.
pub(crate) fn acts_as_owner(bot: Bot) -> bool {
    bot != "narrow"
}
