//! Every scenario holds on the platform.

#![expect(clippy::expect_used, reason = "a test may end that way")]

use larkspur::Platform;
use larkspur_scenario::{
    CREDENTIALS, Credentials, Outcome, Result as Ended, Runner, SEED, Scenario, Seen, all, parse,
};

/// Those that hold, and why the others do not.
async fn judge(scenarios: &[Scenario], limits: bool) -> (Vec<String>, Vec<String>) {
    let platform =
        Platform::builder().seed(SEED).rate_limit(limits).start().await.expect("the platform starts");
    let credentials = Credentials::parse(CREDENTIALS).expect("the credentials read");
    let mut runner = Runner::new(platform.base_url(), credentials).await.expect("the platform answers");
    if !limits {
        runner = runner.without_pace();
    }
    let report = runner.run_all(scenarios, |_| ()).await;
    platform.stop().await;
    let (mut passed, mut others) = (Vec::new(), Vec::new());
    for result in report.scenarios {
        match result.outcome {
            Outcome::Passed => {
                observe(&result);
                passed.push(result.name);
            }
            _ => others.push(result.to_string()),
        }
    }
    (passed, others)
}

/// Writes down for the fidelity ledger what a scenario shows.
fn observe(result: &Ended) {
    let test = format!("scenario {}", result.name);
    for seen in &result.seen {
        match seen {
            Seen::Refusal { method, path, code, msg } => {
                larkspur_fidelity::observe(&test, method, path, *code, msg);
            }
            Seen::Limit(id) => larkspur_fidelity::observe_limit(&test, id),
        }
    }
}

#[tokio::test]
async fn every_scenario_holds() {
    let scenarios = all().expect("the scenarios read");
    let (paced, plain): (Vec<_>, Vec<_>) = scenarios.into_iter().partition(Scenario::needs_pace);
    let (_, others) = judge(&plain, false).await;
    assert!(others.is_empty(), "{}", others.join("\n"));
    let (_, others) = judge(&paced, true).await;
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn what_a_file_may_not_hold_is_told_with_its_place() {
    let told = |text: &str| parse("x", text).expect_err("refused").to_string();
    let unknown =
        told("scenarios:\n  - title: a\n    steps:\n      - call: im.v1.chat.get\n        whith: {}\n");
    assert!(unknown.contains("x.yaml") && unknown.contains("whith") && unknown.contains('5'), "{unknown}");
    let cases = [
        ("call: im.v1.nothing", "x: a, step 1: there is no endpoint im.v1.nothing"),
        ("as: main", "x: a, step 1: it has either `call` or `send`"),
        ("{call: im.v1.chat.get, msg: x}", "x: a, step 1: `msg` and `field` belong to `refused`"),
    ];
    for (step, why) in cases {
        assert_eq!(told(&format!("scenarios:\n  - title: a\n    steps:\n      - {step}\n")), why);
    }
}

#[tokio::test]
async fn a_failure_tells_what_was_sent_expected_and_got() {
    let text = r#"
scenarios:
  - title: a group that is not there
    steps:
      - call: im.v1.chat.get
        with: {chat_id: oc_nothing}
        answer: {name: Garden}
  - title: a role that nobody has
    steps:
      - as: nobody_else
        call: im.v1.chat.list
"#;
    let scenarios = parse("x", text).expect("it reads");
    let (_, others) = judge(&scenarios, false).await;
    let told = others.join("\n");
    let told: Vec<_> = told.lines().map(|line| line.split(" (log id 2").next().unwrap_or(line)).collect();
    assert_eq!(
        told,
        [
            "FAIL  x: a group that is not there",
            "      step 1: GET /open-apis/im/v1/chats/oc_nothing as main",
            "      expected  success",
            "      got       400 232006 Your request specifies a chat_id which is invalid.",
            "FAIL  x: a role that nobody has",
            "      step 1: nothing was sent",
            "      expected  a step that can be done",
            "      got       nobody is called nobody_else",
        ]
    );
}

#[tokio::test]
async fn what_needs_a_role_that_is_missing_is_skipped() {
    let text = "scenarios:\n  - title: a\n    steps:\n      - {as: ada, call: im.v1.chat.list}\n  - title: b\n    steps:\n      - {as: second, call: im.v1.chat.list}\n";
    let scenarios = parse("x", text).expect("it reads");
    let platform = Platform::builder().seed(SEED).start().await.expect("the platform starts");
    let mut runner = Runner::new(platform.base_url(), Credentials::default()).await.expect("it answers");
    let report = runner.run_all(&scenarios, |_| ()).await;
    let told: Vec<_> = report.scenarios.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "skip  x: a: the credentials have no user `ada`",
            "skip  x: b: the credentials have no app `second`",
        ]
    );
    platform.stop().await;
}
