#!/bin/sh
# Install Debian's PostgreSQL for the test of Prefect on it, if it is missing and we have the rights.
set -eu
for program in /usr/lib/postgresql/*/bin/initdb; do
    [ -x "$program" ] && exit 0
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No PostgreSQL and no apt-get: the test of Prefect on PostgreSQL will be skipped." >&2
    exit 0
fi
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
echo "Installing PostgreSQL for the test of Prefect on it ..."
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1; then
    echo "PostgreSQL could not be installed: the test of Prefect on it will be skipped." >&2
fi
