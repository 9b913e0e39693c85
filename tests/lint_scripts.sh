#!/bin/sh
# Check the style and format of JavaScript and CSS with Biome, which 'make node' installs by npm.
set -eu
cd "$(dirname "$0")/.."
biome=tests/node/node_modules/.bin/biome
if [ -x "$biome" ]; then
    exec "$biome" check --config-path=tests/node --error-on-warnings "$@" dashboards/assets tests/dashboards
fi
echo "Biome is missing, and npm could not install it: JavaScript and CSS were not checked." >&2
[ -z "${CI:-}" ] # in CI everything must be checked
