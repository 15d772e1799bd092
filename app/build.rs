//! Turns `locales/` into code: keys and arguments are checked when the project is compiled.
//!
//! The generator of `leptos_i18n` itself, without the data of ICU that its own build crate compiles along.

use std::{env, error::Error, fs, path::PathBuf};

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};

const LOCALES: [&str; 2] = ["ko", "en"];
const NAMESPACES: [&str; 14] = [
    "common",
    "home",
    "auction",
    "mine",
    "sell",
    "people",
    "talk",
    "trade",
    "reviews",
    "notices",
    "settings",
    "staff",
    "developers",
    "figures",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let options = ParseOptions::default().interpolate_display(true);
    let config = (|| Config::new(LOCALES[0])?.add_locales(&LOCALES[1..])?.add_namespaces(NAMESPACES))()
        .map_err(|error| error.to_string())?
        .parse_options(options);
    let parsed = parse_locales(Some(manifest), config).map_err(|error| error.to_string())?;
    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, None, false);
    let code = code.map_err(|error| error.to_string())?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"), code.to_string())?;
    Ok(())
}
