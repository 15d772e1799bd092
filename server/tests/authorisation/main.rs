//! Who may do what: every operation of the site, asked by every role, over the whole router and a real
//! PostgreSQL. A refused call and a reading one change nothing, in any table; an allowed one changes
//! something, and the books are put back for the next.

mod books;
#[path = "../../../market/tests/common/db.rs"]
mod db;
mod requests;
#[path = "../../pictures/tests/pictures/samples.rs"]
mod samples;
mod site;
mod sockets;
mod table;
mod world;

use std::collections::BTreeSet;

use books::Books;
use leptos::server_fn::axum::server_fn_paths;
use site::Site;
use table::{OTHER_OPERATIONS, TABLE};
use world::{ROLES, World, told_too_much};

/// Each cell of the table. What is wrong is collected, so that one run shows all of it.
#[tokio::test]
async fn every_operation_answers_every_role_as_the_table_says() {
    let world = World::new().await;
    let books = Books::keep(world.books.pool.clone()).await;
    let mut wrong = Vec::new();
    for row in TABLE {
        // Fresh counters: nobody is refused for asking so often.
        let site = Site::open(&world);
        let expected: Vec<&str> = row.expected.split_whitespace().collect();
        assert_eq!(expected.len(), ROLES.len(), "{row:?}");
        for (role, expected) in ROLES.into_iter().zip(expected) {
            let answer = site.ask(&world, row, role).await;
            let changed = books.changed().await;
            let outcome = answer.outcome(!changed.is_empty());
            if outcome != expected {
                wrong.push(format!("{} {}: {role:?} {outcome}, not {expected}", row.call, row.fields));
            }
            if !changed.is_empty() {
                if !answer.may_change() {
                    wrong.push(format!("{} {}: {role:?} changes {changed:?}", row.call, row.fields));
                }
                books.put_back(&changed).await;
            }
            wrong.extend(
                told_too_much(role, &answer.body)
                    .map(|secret| format!("{} {}: {role:?} is told {secret}", row.call, row.fields)),
            );
        }
    }
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
    world.books.assert_invariants().await;
}

/// A new operation has no row yet, and fails here until somebody says who may call it.
#[tokio::test]
async fn every_operation_has_a_row() {
    let world = World::new().await;
    drop(Site::open(&world));
    let known = server_fn_paths().map(|(path, method)| format!("{method} {path}"));
    let others = OTHER_OPERATIONS.iter().map(|&call| call.to_owned());
    let operations: BTreeSet<String> = known.filter(|call| call.contains(" /api/")).chain(others).collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|row| row.call.to_owned()).collect();
    let missing: Vec<&String> = operations.difference(&rows).collect();
    assert!(missing.is_empty(), "operations without a row: {missing:#?}");
    let gone: Vec<&String> = rows.difference(&operations).collect();
    assert!(gone.is_empty(), "rows without an operation: {gone:#?}");
    assert!(operations.len() > 70, "the operations were not found");
}

/// What is routed by hand, without a server function, is in the table too or belongs to nobody.
#[test]
fn every_route_by_hand_is_known() {
    let mut found = BTreeSet::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("text");
            let routes = text.split(".route(").skip(1).filter_map(|rest| rest.split(',').next());
            found.extend(routes.map(|route| route.trim().to_owned()));
        }
    }
    let known: BTreeSet<String> = table::ROUTES_BY_HAND.iter().map(|&(route, _)| route.to_owned()).collect();
    assert_eq!(found, known, "say in ROUTES_BY_HAND whose a route is");
}
