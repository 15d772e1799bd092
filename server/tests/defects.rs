//! What must not happen here: 41 defects of the seed system, each held by at least one test that has its
//! number in its name. In Rust the number begins the name or stands in it as a word (`v5_…`, `…_and_v5_…`);
//! in Playwright it is the first word of the title.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// How many defects each group has: money, concurrency, rules, robustness and security.
const GROUPS: [(char, u32); 4] = [('m', 12), ('k', 7), ('v', 9), ('s', 13)];
/// Where tests stand.
const FOLDERS: [&str; 4] = ["market", "app", "server", "end2end/tests"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file with tests, and its text.
fn files() -> Vec<(PathBuf, String)> {
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| root().join(folder)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "ts") {
                let text = fs::read_to_string(&path).expect("text");
                files.push((path, text));
            }
        }
    }
    files
}

/// The names of the tests in a file: functions under `#[test]` or `#[tokio::test…]`, titles in Playwright.
fn tests(path: &Path, text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim_start) {
        if path.extension().is_some_and(|kind| kind == "ts") {
            let title = ["test('", "test(`", "test(\""].iter().find_map(|start| line.strip_prefix(start));
            names.extend(title.map(str::to_owned));
        } else if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some((_, name)) = line.split_once("fn ").filter(|_| is_test) {
            names.push(name.to_owned());
            is_test = false;
        }
    }
    names
}

/// Whether a name has the number as a word of its own.
fn names(test: &str, number: &str) -> bool {
    let end = test.find(['(', ')', '\'', '`', '"']).unwrap_or(test.len());
    test[..end].split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == number)
}

#[test]
fn each_of_the_41_defects_has_a_test_with_its_number_in_the_name() {
    let numbers: Vec<String> =
        GROUPS.iter().flat_map(|&(group, last)| (1..=last).map(move |n| format!("{group}{n}"))).collect();
    assert_eq!(numbers.len(), 41);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, text) in files() {
        for test in tests(&path, &text) {
            for number in numbers.iter().filter(|number| names(&test, number)) {
                *found.entry(number).or_default() += 1;
            }
        }
    }
    let missing: Vec<&String> =
        numbers.iter().filter(|number| !found.contains_key(number.as_str())).collect();
    assert!(missing.is_empty(), "defects without a test: {missing:?}");
}

#[test]
fn a_number_counts_only_as_a_word_and_only_in_a_test() {
    assert!(names("m1_buy_now_and_v5_a_bid() {", "v5"));
    assert!(!names("m12_the_seller() {", "m1"));
    assert!(names("v9: every filter', async", "v9"));
    assert!(!names("a test', async () => s1", "s1"));
    let text = "fn s1_helper() {}\n#[tokio::test]\nasync fn s2_it_is() {}\n";
    assert_eq!(tests(Path::new("a.rs"), text), ["s2_it_is() {}"]);
}
