#!/bin/sh
# The tests need a browser and the server programs of PostgreSQL. What is missing is installed where that can be done
# (as root, with apt-get); elsewhere one line says what to install, and nothing is skipped.
set -eu

has_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

has_postgresql() {
    if command -v initdb >/dev/null 2>&1 && command -v postgres >/dev/null 2>&1; then return 0; fi
    for folder in /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then return 0; fi
    done
    return 1
}

missing=""
has_browser || missing="$missing chromium"
has_postgresql || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need$missing: install them first (Debian: sudo apt-get install$missing)." >&2
    exit 1
fi

echo "Installing$missing ..."
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# The server that the package would start is not wanted: the tests start their own. Its programs are.
mkdir -p /etc/postgresql-common
grep -qs "^create_main_cluster" /etc/postgresql-common/createcluster.conf \
    || echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf
# shellcheck disable=SC2086 # a list of packages
if ! { apt-get update && apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold $missing; } \
    >"$log" 2>&1 </dev/null; then
    tail -20 "$log" >&2
    echo "The tests need$missing, and apt-get could not install them." >&2
    exit 1
fi
rm -f "$log"
