//! What stands in docker-compose.yml, Dockerfile and deploy/, as far as a machine without containers can
//! tell: nothing is open, no secret has a default, and what is named exists.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use clap::CommandFactory;
use market::store::retention::Stale;
use serde_yaml::{Mapping, Value};
use server::Config;

/// What a small machine has for all of it, in megabytes; the rest is the system's.
const SMALL_MACHINE: u64 = 1_700;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The compose file with its anchors followed.
fn compose() -> Value {
    let mut compose: Value = serde_yaml::from_str(&read("docker-compose.yml")).expect("YAML");
    // Once for each level: what is merged may itself merge.
    for _ in 0..2 {
        compose.apply_merge().expect("its anchors fit");
    }
    compose
}

/// Every service with its name.
fn services() -> Vec<(String, Mapping)> {
    let compose = compose();
    let services = compose["services"].as_mapping().expect("services").clone();
    let named = |(name, service): (Value, Value)| {
        (name.as_str().expect("a name").to_owned(), service.as_mapping().expect("a service").clone())
    };
    services.into_iter().map(named).collect()
}

fn service(name: &str) -> Mapping {
    let found = services().into_iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no service {name}")).1
}

/// The texts of a list, or of the values of a map.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::Mapping(map)) => map.values().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn environment(service: &Mapping) -> Vec<(String, String)> {
    let Some(Value::Mapping(variables)) = service.get("environment") else { return Vec::new() };
    let text = |value: &Value| value.as_str().expect("quoted").to_owned();
    variables.iter().map(|(name, value)| (text(name), text(value))).collect()
}

/// What stands in `${…}` anywhere in a text.
fn asked_for(text: &str) -> Vec<&str> {
    text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(asked, _)| asked).collect()
}

/// The name in `NAME:?why`, `NAME-` or `NAME`.
fn variable(asked: &str) -> &str {
    asked.split([':', '-', '?']).next().expect("a name")
}

fn is_secret(name: &str) -> bool {
    ["PASSWORD", "SECRET", "KEY", "TOKEN", "DSN", "SMTP_URL"].iter().any(|word| name.contains(word))
}

#[test]
fn s7_nothing_is_published_but_nginx() {
    for (name, service) in services() {
        let is_open = service.contains_key("ports") || service.contains_key("network_mode");
        assert_eq!(is_open, name == "nginx", "{name}");
        assert!(!service.contains_key("privileged"), "{name}");
    }
    let ports = texts(service("nginx").get("ports"));
    let (world, machine): (Vec<_>, Vec<_>) = ports.iter().partition(|port| !port.starts_with("127.0.0.1:"));
    assert_eq!(world, ["80:80", "443:443"]);
    assert_eq!(machine.len(), 2, "{machine:?}");
}

#[test]
fn s7_the_books_reach_nobody_outside() {
    let compose = compose();
    for (name, service) in services() {
        let networks: Vec<String> = match service.get("networks") {
            Some(Value::Mapping(map)) => map.keys().filter_map(Value::as_str).map(str::to_owned).collect(),
            list => texts(list),
        };
        assert!(!networks.is_empty(), "{name} would be in the default network");
        let is_open = |network: &String| compose["networks"][network.as_str()].get("internal").is_none();
        let may_be_open = name == "nginx" || name.starts_with("server-");
        assert!(may_be_open || !networks.iter().any(is_open), "{name}: {networks:?}");
    }
}

#[test]
fn s7_secrets_come_from_the_environment_and_have_no_default() {
    let text = read("docker-compose.yml");
    let asked: BTreeSet<&str> = asked_for(&text).into_iter().collect();
    assert!(asked.len() > 8, "{asked:?}");
    for asked in &asked {
        let name = variable(asked);
        let is_needed = asked.starts_with(&format!("{name}:?"));
        let may_be_none = **asked == format!("{name}-");
        assert!(!is_secret(name) || is_needed || may_be_none, "{asked} has a default");
    }
    for name in ["POSTGRES_PASSWORD", "REDIS_PASSWORD", "METABASE_SECRET", "GRAFANA_PASSWORD"] {
        assert!(asked.iter().any(|asked| asked.starts_with(&format!("{name}:?"))), "{name}");
    }
    for (name, service) in services() {
        for (variable, value) in environment(&service) {
            let is_given = value.contains("${") || value.is_empty();
            assert!(!is_secret(&variable) || is_given, "{name}: {variable} stands in the file");
        }
    }
}

#[test]
fn s7_the_example_knows_every_variable_and_no_secret() {
    let (compose, example) = (read("docker-compose.yml"), read("deploy/.env.example"));
    let given: Vec<(&str, &str)> = example
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .collect();
    for asked in asked_for(&compose) {
        let name = variable(asked);
        let may_be_left_out = name == "RUST_LOG";
        assert!(may_be_left_out || given.iter().any(|(known, _)| *known == name), "{name}");
    }
    for (name, value) in given {
        assert!(compose.contains(&format!("${{{name}")), "nobody asks for {name}");
        assert!(!is_secret(name) || value.is_empty(), "{name} has a value");
    }
}

#[test]
fn s7_alone_the_server_opens_nothing_to_the_network() {
    let command = Config::command();
    let host = command.get_arguments().find(|argument| argument.get_id() == "host").expect("HOST");
    assert_eq!(host.get_default_values(), ["127.0.0.1"]);
    for argument in command.get_arguments() {
        let Some(name) = argument.get_env().map(|name| name.to_string_lossy().into_owned()) else { continue };
        if is_secret(&name) {
            assert!(argument.get_default_values().is_empty(), "{name} has a default");
            assert!(argument.is_hide_env_values_set(), "--help prints {name}");
        }
    }
}

#[test]
fn what_the_servers_are_given_they_know() {
    let command = Config::command();
    let known: BTreeSet<String> = command
        .get_arguments()
        .filter_map(|argument| Some(argument.get_env()?.to_string_lossy().into_owned()))
        .chain(["RUST_LOG".to_owned()])
        .collect();
    for name in ["server-a", "server-b"] {
        for (variable, _) in environment(&service(name)) {
            assert!(known.contains(&variable), "{name} is given {variable}");
        }
    }
    let image = read("Dockerfile");
    let lines = image.lines().filter_map(|line| line.strip_prefix("ENV "));
    for given in lines.flat_map(str::split_whitespace).filter_map(|given| given.split_once('=')) {
        assert!(known.contains(given.0), "the image gives {}", given.0);
    }
}

#[test]
fn what_nginx_asks_for_compose_gives() {
    let given: BTreeSet<String> = environment(&service("nginx")).into_iter().map(|(name, _)| name).collect();
    let template = read("deploy/nginx/nginx.conf.template") + &read("deploy/nginx/inside.conf.template");
    let asked: BTreeSet<&str> = asked_for(&template).into_iter().collect();
    assert!(asked.len() > 5, "{asked:?}");
    for name in asked {
        assert!(given.contains(name), "{name}");
    }
    // The addresses that nginx knows are those of the servers.
    for (variable, name) in [("SERVER_A", "server-a"), ("SERVER_B", "server-b")] {
        let nginx = environment(&service("nginx"));
        let (_, told) = nginx.iter().find(|(known, _)| known == variable).expect("told");
        let address = &service(name)["networks"]["front"]["ipv4_address"];
        assert_eq!(told, &format!("{}:3000", address.as_str().expect("an address")));
    }
}

#[test]
fn images_are_pinned_and_everything_is_looked_after() {
    let mut megabytes = 0;
    for (name, service) in services() {
        let image = service["image"].as_str().expect("an image");
        let version = image.rsplit_once(':').map(|(_, version)| version).expect("a version");
        let is_ours = image.starts_with("neighborbid:${NEIGHBORBID_VERSION:?");
        assert!(is_ours || version.contains('.'), "{name}: {image}");
        assert!(service.contains_key("healthcheck"), "{name} has no health check");
        assert!(service.contains_key("restart"), "{name} is not started again");
        let limit = service["mem_limit"].as_str().expect("a limit of memory");
        let (number, unit) = limit.split_at(limit.len() - 1);
        let number: u64 = number.parse().expect("a number");
        if !service.contains_key("profiles") {
            megabytes += if unit == "g" { number * 1_024 } else { number };
        }
    }
    assert!(megabytes <= SMALL_MACHINE, "{megabytes} MB");
}

#[test]
fn mounted_files_exist() {
    let mut seen = 0;
    for (name, service) in services() {
        for volume in texts(service.get("volumes")) {
            if let Some(path) = volume.strip_prefix("./").and_then(|rest| rest.split(':').next()) {
                assert!(root().join(path).exists(), "{name} mounts {path}");
                seen += 1;
            }
        }
    }
    assert!(seen > 4);
}

#[test]
fn the_image_is_built_from_what_the_project_pins_and_runs_as_nobody() {
    let (dockerfile, toolchain) = (read("Dockerfile"), read("rust-toolchain.toml"));
    let channel = toolchain.split('"').nth(1).expect("a channel");
    assert!(dockerfile.contains(&format!("FROM rust:{channel}-")), "rust {channel}");
    for from in dockerfile.lines().filter_map(|line| line.strip_prefix("FROM ")) {
        assert!(from.split(':').nth(1).is_some_and(|version| version.contains('.')), "{from} is not pinned");
    }
    let last = dockerfile.rsplit("FROM ").next().expect("a stage");
    assert!(last.contains("\nUSER market\n") && last.contains("\nHEALTHCHECK "));
    let secret = |line: &&str| (line.starts_with("ENV ") || line.starts_with("ARG ")) && is_secret(line);
    assert_eq!(dockerfile.lines().find(secret), None);
    // What the build hashes is what it is given.
    let ignored = read(".dockerignore");
    let script = read("scripts/build.sh");
    let sources =
        script.split("sources=(").nth(1).and_then(|rest| rest.split(')').next()).expect("the sources");
    for source in sources.split_whitespace() {
        assert!(ignored.lines().any(|line| line == format!("!{source}")), "{source} is not given");
    }
}

#[test]
fn s8_the_commands_of_readme_exist() {
    let makefile = read("Makefile");
    let documents = ["README.md", "docs/deploy.md"];
    let mut seen = 0;
    for document in documents {
        let text = read(document);
        for line in text.lines().filter(|line| line.starts_with("make ")) {
            let target = line.split_whitespace().nth(1).expect("a target");
            assert!(
                makefile.lines().any(|rule| rule.starts_with(&format!("{target}:"))),
                "{document}: {line}"
            );
            seen += 1;
        }
    }
    assert!(seen >= 4, "{seen}");
    for script in makefile.split("scripts/").skip(1) {
        let script = script.split_whitespace().next().expect("a name");
        assert!(root().join("scripts").join(script).is_file(), "{script}");
    }
}

#[test]
fn how_long_things_are_kept_is_told() {
    let told = read("docs/deploy.md");
    for stale in Stale::ALL {
        let row = format!("| `{}` | {} |", stale.as_str(), stale.days());
        assert!(told.contains(&row), "docs/deploy.md does not say {row}");
    }
}
