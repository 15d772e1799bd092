//! The cluster's life: made, started, found running, stopped. `pg_ctl` does the work and waits for the
//! result.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::binaries::Binaries;
use crate::error::Error;
use crate::place::Place;
use crate::{NAME, Purpose, settings, socket};

/// Seconds that PostgreSQL gets to start (it may have to recover) or to stop.
pub(crate) const PATIENCE: &str = "120";

/// Lines of PostgreSQL's log that an error shows.
const LOG_LINES: usize = 12;

/// The data with what serves them.
#[derive(Debug)]
pub(crate) struct Cluster {
    place: Place,
    binaries: Binaries,
    purpose: Purpose,
}

impl Cluster {
    pub(crate) fn new(place: Place, binaries: Binaries, purpose: Purpose) -> Self {
        Self { place, binaries, purpose }
    }

    /// The folder of everything.
    pub(crate) fn home(&self) -> &Path {
        &self.place.home
    }

    /// Makes the cluster if there is none, starts it unless it runs; returns the folder of its socket.
    pub(crate) fn ensure_running(&self) -> Result<PathBuf, Error> {
        if self.place.data_version().is_none() {
            self.create()?;
        }
        if let Some(socket) = self.running() {
            return Ok(socket);
        }
        let socket = socket::prepare(&self.place)?;
        let options = settings::options(self.purpose, &socket);
        let log = self.log();
        self.pg_ctl("start", [OsStr::new("-l"), log.as_os_str(), OsStr::new("-o"), OsStr::new(&options)])?;
        Ok(socket)
    }

    /// Ends open statements, writes everything to disk, stops.
    pub(crate) fn stop(&self) -> Result<(), Error> {
        self.pg_ctl("stop", ["-m", "fast"].map(OsStr::new))
    }

    /// The socket of a PostgreSQL that serves these data already: it survived its server.
    ///
    /// Its word for it is not enough: after a crash of the machine the number in `postmaster.pid` may be
    /// another program's, so the socket must answer.
    fn running(&self) -> Option<PathBuf> {
        let pid_file = fs::read_to_string(self.place.data().join("postmaster.pid")).ok()?;
        // The fifth line is the socket's folder (PostgreSQL, `src/include/utils/pidfile.h`).
        let socket = PathBuf::from(pid_file.lines().nth(4)?);
        socket::answers(&socket).then_some(socket)
    }

    /// `initdb` and the database, in a folder that becomes `data` when both are done.
    fn create(&self) -> Result<(), Error> {
        let unfinished = self.place.home.join("data.unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(|source| Error::file("remove", &unfinished, source))?;
        }
        // With a C locale `pg_trgm` would see no Hangul.
        let mut initdb = self.command("initdb");
        initdb.args(["--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-instructions"]);
        initdb.arg(format!("--username={NAME}")).arg("--pgdata").arg(&unfinished);
        if self.purpose == Purpose::Test {
            initdb.arg("--no-sync");
        }
        self.finish(&mut initdb, "")?;
        let mut single = self.command("postgres");
        single.arg("--single").arg("-D").arg(&unfinished).arg("postgres");
        self.finish(&mut single, &format!("CREATE DATABASE {NAME}\n"))?;
        let data = self.place.data();
        fs::rename(&unfinished, &data).map_err(|source| Error::file("create", &data, source))
    }

    fn pg_ctl<const N: usize>(&self, verb: &str, more: [&OsStr; N]) -> Result<(), Error> {
        let mut command = self.command("pg_ctl");
        command.args([verb, "--silent", "--wait", "--timeout", PATIENCE, "--pgdata"]).arg(self.place.data());
        self.finish(command.args(more), "")
    }

    /// A program of PostgreSQL, as the owner, in a folder that he can read, with nothing in its environment
    /// that could lead it elsewhere (`PGDATA`, `PGHOST`, …).
    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.program(name));
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        command.current_dir(&self.place.home);
        self.place.owner.run(&mut command);
        command
    }

    fn finish(&self, command: &mut Command, input: &str) -> Result<(), Error> {
        let program = PathBuf::from(command.get_program());
        let output = run(command, input).map_err(|source| Error::file("run", &program, source))?;
        if output.status.success() {
            return Ok(());
        }
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let output = [
            String::from_utf8_lossy(&output.stdout).trim(),
            String::from_utf8_lossy(&output.stderr).trim(),
            &lines[lines.len().saturating_sub(LOG_LINES)..].join("\n"),
        ]
        .join("\n");
        Err(Error::Program { program, output })
    }

    fn log(&self) -> PathBuf {
        self.place.home.join("log")
    }
}

fn run(command: &mut Command, input: &str) -> std::io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    child.wait_with_output()
}
