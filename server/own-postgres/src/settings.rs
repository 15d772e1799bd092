//! How PostgreSQL runs here, given on its command line: nothing of it lies in a file that could be stale.

use std::path::Path;

use crate::Purpose;

/// The options of `pg_ctl start -o`, quoted for the shell that `pg_ctl` hands them to.
pub(crate) fn options(purpose: Purpose, socket: &Path) -> String {
    // A list of folders: quoted, a comma in one is no separator.
    let socket = format!("\"{}\"", socket.display().to_string().replace('"', "\"\""));
    let common = [
        ("listen_addresses", ""),
        ("unix_socket_directories", socket.as_str()),
        ("unix_socket_permissions", "0700"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
    ];
    let own: &[(&str, &str)] = match purpose {
        Purpose::Market => &[("max_connections", "100"), ("shared_buffers", "128MB"), ("jit", "off")],
        Purpose::Test => &[
            ("max_connections", "400"),
            ("shared_buffers", "256MB"),
            ("jit", "off"),
            ("fsync", "off"),
            ("synchronous_commit", "off"),
            ("full_page_writes", "off"),
            ("autovacuum", "off"),
        ],
    };
    let each =
        common.iter().chain(own).map(|(name, value)| format!("-c {}", quoted(&format!("{name}={value}"))));
    each.collect::<Vec<_>>().join(" ")
}

/// One word for a POSIX shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_quote_stays_one_word() {
        let options = options(Purpose::Market, Path::new("/tmp/it's, here"));
        assert!(options.contains(r#"-c 'unix_socket_directories="/tmp/it'\''s, here"'"#), "{options}");
    }

    #[test]
    fn money_waits_for_the_disk() {
        assert!(!options(Purpose::Market, Path::new("/s")).contains("fsync"));
    }
}
