#!/bin/sh
# Install the packages of tests/node, with the hashes of package-lock.json. Install npm first if it is
# missing and we have the rights.
set -eu
cd "$(dirname "$0")/node"
if [ node_modules/.package-lock.json -nt package-lock.json ]; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    echo "Installing npm for the packages of tests/node ..."
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends npm; } >/dev/null 2>&1 || true
fi
if ! { command -v npm >/dev/null 2>&1 && npm ci --silent >/dev/null 2>&1; }; then
    echo "The packages of tests/node could not be installed: tests that need them are skipped, and JavaScript is not linted." >&2
fi
