#!/bin/sh
# Install Debian's Chromium for the tests of the site, if it is missing and we have the rights.
#
# Its headless shell has no windows, and so takes a third of the processors' time. Debian has it since
# 2024; where it is missing, the whole Chromium does the same.
set -eu
has() {
    command -v "$1" >/dev/null 2>&1
}
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
}
if has chromium-headless-shell; then
    exit 0
fi
if has apt-get; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    echo "Installing Chromium for the tests of the site ..."
    if $as_root apt-get update -qq >/dev/null 2>&1 && install chromium-headless-shell; then
        exit 0
    fi
fi
for name in chromium chromium-browser google-chrome; do
    if has "$name"; then
        exit 0
    fi
done
if ! has apt-get || ! install chromium; then
    echo "Chromium could not be installed: the tests of the site will be skipped." >&2
fi
