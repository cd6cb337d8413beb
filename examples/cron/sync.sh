#!/bin/sh
# Syncs a Metabase into a DuckDB file. For cron: it says nothing when all went well, and everything when it did not.
# CONFIG and TO name the config and the file (or a folder, for JSON Lines); both are beside this script unless they do.
set -u
cd "$(dirname "$0")" || exit 1
config=${CONFIG:-config.json}
to=${TO:-metabase.duckdb}

exec 9> "$to.lock"
if ! flock -n 9; then
  echo 'The last sync is still running: this one is left out.'
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
npx --no-install source-metabase sync --config "$config" --to "$to" > "$log" 2>&1
status=$?
[ "$status" -eq 0 ] || cat "$log"
exit "$status"
