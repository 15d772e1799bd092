#!/usr/bin/env bash
# scripts/fuzz.sh [OPTION…]: a fuzzer asks a server with demo data whatever its description allows and some that it
# does not; no answer may be a 500 or another one than described. SERVER: its binary; DATABASE_URL: its PostgreSQL.
source "$(dirname "$0")/lib.sh"

schemathesis=4.32.5
home=$tools/schemathesis-$schemathesis
people=12

# Whole or not at all: the marker comes last.
install_schemathesis() {
    rm -rf "$home"
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$schemathesis"
    touch "$home/.installed"
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# People with money, each with a token for everything: who asks.
make_people() {
    local number
    for number in $(seq "$people"); do
        "$testing" person --username "fuzzer$number" --password 'only-for-the-fuzzer' --deposit 10000000 >/dev/null
        "$testing" token --username "fuzzer$number" --password 'only-for-the-fuzzer'
    done
}

[ -n "${DATABASE_URL:-}" ] || die 'DATABASE_URL is not set: run by `make test`, or as scripts/test.sh does.'
[ -f "$home/.installed" ] || step "schemathesis $schemathesis (once)" install_schemathesis
cargo build --quiet --package testing
testing=$CARGO_TARGET_DIR/debug/testing

port=$(free_port)
# It leaves files where it runs.
folder=$(mktemp -d)
log=$folder/server.log
PORT=$port DATA_DIR=$folder/data REDIS_URL='' DEMO=1 DEMO_ROBOTS=false RUST_LOG=warn \
    "$(readlink -f "${SERVER:-target/built/server}")" >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
curl --silent --fail --output /dev/null --retry 90 --retry-delay 1 --retry-connrefused \
    "http://127.0.0.1:$port/readyz" || { cat "$log" >&2; die 'The server does not answer.'; }

FUZZ_TOKENS=$(make_people | tr '\n' ' ')
export FUZZ_TOKENS SCHEMATHESIS_HOOKS=$PWD/scripts/fuzz_hooks.py PYTHONDONTWRITEBYTECODE=1
cd "$folder"
"$home/bin/schemathesis" run "http://127.0.0.1:$port/api/openapi.json" --url "http://127.0.0.1:$port" \
    --phases examples,coverage,fuzzing --max-examples "${FUZZ_EXAMPLES:-60}" --seed 20261123 \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
    --suppress-health-check all --warnings off --generation-database none "$@" ||
    { tail -n 40 "$log" >&2; die 'The fuzzer found an answer that is not described.'; }
"$testing" audit
