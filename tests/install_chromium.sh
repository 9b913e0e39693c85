#!/bin/sh
# Install Debian's Chromium for the tests of the site, if it is missing and we have the rights.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No Chromium and no apt-get: the tests of the site will be skipped." >&2
    exit 0
fi
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
echo "Installing Chromium for the tests of the site ..."
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1; then
    echo "Chromium could not be installed: the tests of the site will be skipped." >&2
fi
