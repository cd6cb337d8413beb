#!/usr/bin/env bash
# Builds the image and runs its four verbs against a simulated Metabase, the way the Airbyte platform runs them: through a shell, as
# user 1000 without capabilities, in a foreign working directory, with little memory. Arguments go to `docker build`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH=$PWD/node_modules/.bin:$PATH
image=source-metabase:test

if ! docker info > /dev/null 2>&1; then
  echo 'Skipped: there is no docker that works here. Install it or start it, then run this again.'
  exit 0
fi

folder=$(mktemp -d)
simulator=
finish() {
  [ -z "$simulator" ] || kill "$simulator" 2> /dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

# Runs a verb as the platform does. The simulator is on loopback, hence the network of the host.
verb() {
  docker run --rm --network host --user 1000:1000 --cap-drop ALL --security-opt no-new-privileges --read-only --tmpfs /tmp \
    --memory 256m --workdir /config --volume "$folder:/config:ro" --entrypoint sh "$image" \
    -c "eval \"\$AIRBYTE_ENTRYPOINT $*\""
}

label() { docker image inspect --format "{{ index .Config.Labels \"$1\" }}" "$image"; }

docker build --tag "$image" "$@" .
version=$(node -p 'require("./package.json").version')
[ "$(label io.airbyte.version)" = "$version" ] || fail "the label io.airbyte.version is not $version, the version of package.json."

node --import tsx test/metabase/main.ts > "$folder/simulator.json" &
simulator=$!
for _ in $(seq 100); do
  [ -s "$folder/simulator.json" ] && break
  sleep 0.1
done
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const { url, username, password } = JSON.parse(readFileSync(`${process.argv[1]}/simulator.json`, "utf8"));
  writeFileSync(`${process.argv[1]}/config.json`, JSON.stringify({ instance_api_url: url, username, password }));
' "$folder"
chmod -R a+rX "$folder"

verb spec | grep '"type":"SPEC"' > /dev/null || fail 'spec printed no SPEC message.'
verb check --config config.json | tee "$folder/check" | grep '"status":"SUCCEEDED"' > /dev/null || fail "check: $(cat "$folder/check")"
verb discover --config config.json > "$folder/discover" || fail 'discover ended with an error.'
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const messages = readFileSync(`${process.argv[1]}/discover`, "utf8").trim().split("\n").map(JSON.parse);
  const { streams } = messages.find(({ type }) => type === "CATALOG").catalog;
  const modes = { sync_mode: "full_refresh", destination_sync_mode: "overwrite" };
  writeFileSync(`${process.argv[1]}/catalog.json`, JSON.stringify({ streams: streams.map((stream) => ({ stream, ...modes })) }));
' "$folder"
verb read --config config.json --catalog catalog.json > "$folder/read" || fail "read: $(grep -v RECORD "$folder/read")"

echo "spec, check, discover and read work: $(grep -c '"type":"RECORD"' "$folder/read") records of $(grep -c '"status":"COMPLETE"' "$folder/read") streams."
docker image inspect --format 'The image has {{ .Size }} bytes.' "$image"
