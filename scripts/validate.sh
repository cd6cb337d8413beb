#!/usr/bin/env bash
# `validate` out of a clone, which is built on first use: what the GitHub action and the pre-commit hook run. It needs Node.js and npm.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ ! -f "$root/dist/cli.cjs" ]; then
  # Whatever calls it may have settings of npm's own, such as a prefix.
  (cd "$root" && env -u npm_config_prefix -u NPM_CONFIG_PREFIX npm ci --no-audit --no-fund >&2)
fi
exec "$root/bin/source-metabase" validate "$@"
