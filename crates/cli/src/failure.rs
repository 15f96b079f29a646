//! Failures: what kind, which exit code, and the JSON that tells them.

mod permission;

use std::{io::IsTerminal, process::ExitCode};

use larkspur::{ApiError, Error, Outcome, refusal::Refusal};
use larkspur_dial::DialError;
use serde_json::{Map, Value, json};

pub(crate) use self::permission::{login, wanted};

pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// What kind of failure. The exit codes are a published table: docs/cli.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The platform refused it.
    Api,
    /// The command, or what it was given, is wrong.
    Validation,
    /// The credentials are missing or not valid.
    Authentication,
    /// The app or the user may not do this.
    Authorization,
    /// The configuration is wrong.
    Config,
    /// The platform was not reached.
    Network,
    /// A fault of this program or of this machine.
    Internal,
    /// A rule that was set here forbids it.
    Policy,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Validation => "validation",
            Self::Authentication => "authentication",
            Self::Authorization => "authorization",
            Self::Config => "config",
            Self::Network => "network",
            Self::Internal => "internal",
            Self::Policy => "policy",
        }
    }

    const fn exit_code(self) -> u8 {
        match self {
            Self::Api => 1,
            Self::Validation => 2,
            Self::Authentication | Self::Authorization | Self::Config => 3,
            Self::Network => 4,
            Self::Internal => 5,
            Self::Policy => 6,
        }
    }
}

/// Why a command did not do what it should.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    hint: Option<String>,
    code: Option<i64>,
    log_id: Option<String>,
    retryable: bool,
    more: Map<String, Value>,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            code: None,
            log_id: None,
            retryable: false,
            more: Map::new(),
        }
    }

    /// The command was used in a wrong way.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Validation, message)
    }

    /// Says what to do next.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says what else to do.
    pub(crate) fn or_hint(mut self, other: &str) -> Self {
        self.hint = Some(self.hint.map_or_else(|| other.to_owned(), |hint| format!("{hint}, or {other}")));
        self
    }

    /// What kind it is.
    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// The platform's number, if it gave one.
    pub(crate) const fn number(&self) -> Option<i64> {
        self.code
    }

    /// What happened.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The platform's number.
    pub(crate) const fn code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    /// Names the flag that is wrong.
    pub(crate) fn param(self, name: &str) -> Self {
        self.with("param", format!("--{name}"))
    }

    /// Names the file or address it is about.
    pub(crate) fn about(mut self, what: &str) -> Self {
        self.message = format!("{what}: {}", self.message);
        self.with("file", what)
    }

    /// Adds a field to the error.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.more.insert(key.to_owned(), value.into());
        self
    }

    /// The `error` object.
    pub(crate) fn to_json(&self) -> Value {
        let mut error = Map::new();
        error.insert("type".to_owned(), self.kind.name().into());
        error.insert("code".to_owned(), self.code.map_or_else(|| Value::from(self.kind.name()), Value::from));
        error.insert("message".to_owned(), self.message.clone().into());
        if let Some(hint) = &self.hint {
            error.insert("hint".to_owned(), hint.clone().into());
        }
        if let Some(log_id) = &self.log_id {
            error.insert("log_id".to_owned(), log_id.clone().into());
        }
        error.insert("retryable".to_owned(), self.retryable.into());
        error.extend(self.more.clone());
        error.into()
    }

    /// Tells it on stderr, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        let whole = json!({"ok": false, "error": self.to_json()});
        let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
        // For eyes, what the platform sent must not steer the terminal.
        let text = if std::io::stderr().is_terminal() { crate::table::harmless(&text, true) } else { text };
        eprintln!("{text}");
        ExitCode::from(self.kind.exit_code())
    }

    fn api(error: &ApiError) -> Self {
        let kind = match error.code {
            10_003 | 10_014 | 10_015 | 20_002 | 20_024 | 20_048 => Kind::Authentication,
            20_027 | 20_068 => Kind::Authorization,
            99_991_661..=99_991_671 | 99_991_677 => Kind::Authentication,
            99_991_672 | 99_991_673 | 99_991_676 | 99_991_679 | 230_027 => Kind::Authorization,
            _ => Kind::Api,
        };
        let mut failure = Self::new(kind, error.msg.clone());
        // The words of OAuth may come without a number.
        failure.code = Some(error.code).filter(|code| *code != 0);
        failure.log_id = error.log_id.clone();
        failure.hint = error.hint().map(str::to_owned);
        failure.retryable = error.is_retryable();
        failure = failure.with("http_status", error.status);
        if !error.field_violations.is_empty() {
            failure = failure.with("field_violations", json!(error.field_violations));
        }
        if !error.scopes.is_empty() {
            failure = failure.with("missing_scopes", json!(error.scopes));
        }
        if kind == Kind::Authorization && !error.scopes.is_empty() {
            failure.hint = failure.hint.map(|hint| permission::hint(error, hint));
            failure = failure.with("subtype", "missing_scope");
        }
        if let Some(url) = permission::challenge(error) {
            failure.kind = Kind::Policy;
            failure = failure.with("challenge_url", url);
        }
        if let Some(wait) = error.retry_after {
            failure = failure.with("retry_after_seconds", wait.as_secs());
        }
        failure
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        let retryable = error.is_retryable();
        let log_id = error.log_id().map(str::to_owned);
        let mut failure = match error {
            Error::Api(error) => return Self::api(&error),
            Error::Invalid(refusal) => return refusal.into(),
            Error::Encode(_) => Self::usage(message),
            Error::Network { outcome, .. } => {
                let failure = Self::new(Kind::Network, message);
                match outcome {
                    Outcome::NotDone => failure.hint("check the address and the network; nothing was done"),
                    Outcome::Unknown => failure
                        .hint(
                            "the answer did not arrive, so it may have been done: look before doing it again",
                        )
                        .with("outcome", "unknown"),
                }
            }
            Error::NotThePlatform { .. } => Self::new(Kind::Network, message)
                .hint("check --base-url: the answer is not that of an open platform"),
            Error::LoggedOut { scope, .. } => {
                let scopes: Vec<_> =
                    scope.split_whitespace().filter(|scope| !permission::is_implied(scope)).collect();
                Self::new(Kind::Authentication, message)
                    .hint(login(scopes))
                    .with("subtype", "login_required")
                    .with("sent", false)
            }
            Error::MissingScope { missing, any } => {
                let wanted = if any { missing.get(..1).unwrap_or_default() } else { &missing };
                Self::new(Kind::Authorization, message)
                    .hint(login(wanted.to_vec()))
                    .with("subtype", "missing_scope")
                    .with("missing_scopes", json!(missing))
                    .with("sent", false)
            }
            Error::WrongIdentity { user, .. } => Self::usage(message)
                .hint(format!("pass --as {}", if user { "bot" } else { "user" }))
                .param("as")
                .with("sent", false),
            Error::File { .. } => Self::usage(message),
            Error::Config(_) => Self::new(Kind::Config, message),
        };
        failure.retryable = retryable;
        failure.log_id = log_id;
        failure
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let details: Vec<_> = refusal
            .field_violations
            .iter()
            .map(|one| format!("{}: {}", one.field, one.description))
            .collect();
        let message = if details.is_empty() { refusal.message() } else { details.join("; ") };
        let mut failure = Self::usage(message).hint(refusal.code.hint).with("sent", false);
        failure.code = Some(refusal.code.number);
        if !refusal.field_violations.is_empty() {
            failure = failure.with("field_violations", json!(refusal.field_violations));
        }
        failure
    }
}

impl From<DialError> for Failure {
    fn from(error: DialError) -> Self {
        let message = error.to_string();
        match error {
            DialError::Private { .. } => Self::new(Kind::Policy, message)
                .hint("addresses of this machine and its network are fetched only with --allow-private"),
            DialError::Url { .. } | DialError::TooLarge { .. } => Self::usage(message),
            DialError::Network { .. } | DialError::Status { .. } => Self::new(Kind::Network, message),
        }
    }
}

/// A command line that does not parse: help is data, everything else a failure.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        eprint!("{}", error.render());
        return ExitCode::from(Kind::Validation.exit_code());
    }
    let text = error.render().to_string();
    let (message, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let message = message.strip_prefix("error: ").unwrap_or(message).trim();
    let usage = rest.lines().map(str::trim).find(|line| line.starts_with("Usage:")).unwrap_or_default();
    let likely = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let likely = likely.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(one) => Some(one.as_str()),
        // The likeliest comes last.
        ContextValue::Strings(many) => many.last().map(String::as_str),
        _ => None,
    });
    let hint = match likely {
        Some(likely) => format!("did you mean {likely}? {usage}"),
        None => usage.to_owned(),
    };
    Failure::usage(message.split_whitespace().collect::<Vec<_>>().join(" ")).hint(hint.trim()).report()
}
