//! The tree's habits (style guide, 20), held by a test: where SQL may stand, where features may, what is
//! never written raw, how long lines and functions get, and that no file is dead.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The longest line, in columns.
const COLUMNS: usize = 110;
/// The longest function, in lines.
const FUNCTION_LINES: usize = 70;
const CRATES: [&str; 8] = [
    "market",
    "app",
    "frontend",
    "server",
    "server/bench",
    "server/own-postgres",
    "server/pictures",
    "server/testing",
];

struct File {
    path: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust file of the workspace, once.
fn rust_files() -> Vec<File> {
    let mut files = Vec::new();
    for name in CRATES {
        for folder in ["src", "tests", "benches"] {
            collect(&root().join(name).join(folder), "rs", &mut files);
        }
    }
    assert!(files.len() > 50, "the tree was not found");
    files
}

fn collect(folder: &Path, extension: &str, files: &mut Vec<File>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.map(|entry| entry.expect("a readable folder")) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, extension, files);
        } else if path.extension().is_some_and(|known| known == extension) {
            let text = fs::read_to_string(&path).expect("a readable file");
            let shown = path.strip_prefix(root()).expect("inside the tree").to_string_lossy().into_owned();
            files.push(File { path: shown, text });
        }
    }
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

/// Lines of `files` in which `is_wrong` finds something.
fn wrong_lines(files: &[File], is_wrong: impl Fn(&File, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            if is_wrong(file, line) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn sql_stands_only_in_the_store() {
    let queries = ["sqlx::query", "QueryBuilder", "raw_sql"];
    let is_wrong = |file: &File, line: &str| {
        let fills = ["tests/", "benches/", "bench/"].iter().any(|folder| file.path.contains(folder));
        let allowed = file.path.starts_with("market/src/store/") || fills;
        !allowed && queries.iter().any(|query| line.contains(query))
    };
    assert_none("SQL outside market/src/store", &wrong_lines(&rust_files(), is_wrong));
}

#[test]
fn the_server_feature_stands_only_on_module_lines() {
    let mut found = Vec::new();
    for file in rust_files().iter().filter(|file| file.path.starts_with("app/")) {
        let lines: Vec<&str> = file.text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let is_cfg = line.trim_start().starts_with("#[cfg(") && line.contains("feature = ");
            let next = lines.get(number + 1).map_or("", |line| line.trim_start());
            let on_module =
                ["mod ", "pub mod ", "use ", "pub use "].iter().any(|start| next.starts_with(start));
            let chained = next.starts_with("#[cfg(");
            if is_cfg && !on_module && !chained {
                found.push(format!("{}:{}: {next}", file.path, number + 1));
            }
        }
    }
    assert_none("features not on a module line", &found);
}

#[test]
fn s10_what_is_not_escaped_has_one_place_each() {
    let raw =
        [("<textarea", "app/src/components/text_area.rs"), ("<Title", "app/src/components/page_title.rs")];
    let is_wrong = |file: &File, line: &str| {
        let is_code = !line.trim_start().starts_with("//");
        let in_app = file.path.starts_with("app/src/");
        in_app && is_code && raw.iter().any(|(tag, home)| line.contains(tag) && file.path != *home)
    };
    assert_none("raw elements whose text is not escaped", &wrong_lines(&rust_files(), is_wrong));
}

#[test]
fn pages_carry_no_inline_style() {
    let is_wrong = |file: &File, line: &str| {
        file.path.starts_with("app/src/") && (line.contains(" style=") || line.contains(" style:"))
    };
    assert_none("the page's policy ignores inline styles", &wrong_lines(&rust_files(), is_wrong));
}

#[test]
fn lines_fit_the_screen() {
    let mut files = rust_files();
    collect(&root().join("migrations"), "sql", &mut files);
    collect(&root().join("style"), "css", &mut files);
    collect(&root().join("end2end"), "ts", &mut files);
    let is_wrong = |file: &File, line: &str| {
        // Migrations are prose and may be a little wider.
        let more = if file.path.starts_with("migrations/") { 10 } else { 0 };
        line.chars().count() > COLUMNS + more
    };
    let found = wrong_lines(&files, is_wrong);
    assert_none("lines over 110 columns", &found);
}

#[test]
fn functions_fit_the_screen() {
    let mut found = Vec::new();
    for file in rust_files() {
        let mut open: Option<(usize, usize, String)> = None;
        for (number, line) in file.text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let code = line.trim_start();
            if open.is_none() && is_function(code) && !code.ends_with(';') {
                open = Some((number, indent, code.to_owned()));
            }
            let Some((start, outer, name)) = &open else { continue };
            let closes = indent == *outer && code.starts_with('}');
            let one_line = number == *start && code.ends_with('}');
            let declared = indent == *outer && number > *start && code.ends_with(';');
            if closes || one_line || declared {
                if number - start + 1 > FUNCTION_LINES {
                    found.push(format!("{}:{}: {} lines: {name}", file.path, start + 1, number - start + 1));
                }
                open = None;
            }
        }
    }
    assert_none("functions over 70 lines", &found);
}

fn is_function(code: &str) -> bool {
    let starts = ["fn ", "pub fn ", "async fn ", "pub async fn ", "pub(super) fn ", "pub(super) async fn "];
    starts.iter().any(|start| code.starts_with(start))
        || ["pub(crate) fn ", "pub(crate) async fn ", "const fn ", "pub const fn "]
            .iter()
            .any(|start| code.starts_with(start))
}

#[test]
fn no_file_is_dead() {
    let files = rust_files();
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path.contains("/src/")) {
        let path = Path::new(&file.path);
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let folder = path.parent().expect("a folder");
        if matches!(stem.as_str(), "lib" | "main") || folder.ends_with("bin") {
            continue;
        }
        let (module, home) = if stem == "mod" {
            let module = folder.file_name().expect("a name").to_string_lossy().into_owned();
            (module, folder.parent().expect("a folder"))
        } else {
            (stem, folder)
        };
        let parents =
            [home.join("mod.rs"), home.join("lib.rs"), home.join("main.rs"), home.with_extension("rs")];
        let is_declared = files.iter().any(|other| {
            parents.contains(&PathBuf::from(&other.path)) && other.text.contains(&format!("mod {module};"))
        });
        if !is_declared {
            found.push(file.path.clone());
        }
    }
    assert_none("files that no module declares", &found);
}

#[test]
fn both_languages_have_every_key() {
    let keys = |language: &str| {
        let mut files = Vec::new();
        collect(&root().join("app/locales").join(language), "json", &mut files);
        assert!(!files.is_empty(), "no locales");
        let mut keys = Vec::new();
        for file in files {
            let name = Path::new(&file.path).file_stem().expect("a name").to_string_lossy().into_owned();
            let json: serde_json::Value = serde_json::from_str(&file.text).expect("JSON");
            flatten(&name, &json, &mut keys);
        }
        keys.sort();
        keys
    };
    assert_eq!(keys("ko"), keys("en"));
}

fn flatten(path: &str, json: &serde_json::Value, keys: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                flatten(&format!("{path}.{name}"), value, keys);
            }
        }
        _ => keys.push(path.to_owned()),
    }
}
