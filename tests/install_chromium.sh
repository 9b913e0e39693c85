#!/bin/sh
# Install Debian's Chromium for the tests of the site, if it is missing and we have the rights.
#
# Its headless shell draws no windows, so the tests need less time with it. On a person's machine
# any browser of this kind will do. In CI the shell is installed beside it.
set -eu
has_one_of() {
    for name; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
}
shell=chromium-headless-shell
others="chromium chromium-browser google-chrome"
enough=$shell
[ -n "${CI:-}" ] || enough="$shell $others"
# shellcheck disable=SC2086 # several names
if has_one_of $enough; then
    exit 0
fi
echo "Installing Chromium for the tests of the site ..."
$as_root apt-get update -qq >/dev/null 2>&1 || true # without new lists, the old ones may do
# shellcheck disable=SC2086
if ! { install $shell || has_one_of $others || install chromium; }; then
    echo "Chromium could not be installed: the tests of the site will be skipped." >&2
fi
