#!/bin/sh
# The packages of tests/node (GitHub's published schema), pinned by hash in package-lock.json.
set -eu
cd "$(dirname "$0")/node"
if [ node_modules/.package-lock.json -nt package-lock.json ]; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    echo "Installing npm for the published schemas ..."
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends npm; } >/dev/null 2>&1 || true
fi
if ! { command -v npm >/dev/null 2>&1 && npm ci --silent >/dev/null 2>&1; }; then
    echo "GitHub's schema could not be installed: the tests that need it will be skipped." >&2
fi
