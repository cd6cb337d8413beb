#!/usr/bin/env bash
# Builds the image and holds it against what runs it (docs/image.md): its labels, its user, and its verbs against a simulated
# Metabase, run as the Airbyte platform runs them: through a shell, as user 1000 without capabilities, in a foreign working
# directory, on a read-only root, with little memory. Arguments go to `docker build`. IMAGE=… tries one that is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH=$PWD/node_modules/.bin:$PATH
image=${IMAGE:-source-metabase:test}

if ! docker info > /dev/null 2>&1; then
  echo 'Skipped: there is no docker that works here. Install it or start it, then run this again.'
  exit 0
fi

folder=$(mktemp -d)
simulator=
container=
finish() {
  [ -z "$simulator" ] || kill "$simulator" 2> /dev/null || true
  [ -z "$container" ] || docker rm --force "$container" > /dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

# expect WHAT VALUE WANTED
expect() { [ "$2" = "$3" ] || fail "$1 is \"$2\", and not \"$3\"."; }

# The simulator is on loopback, hence the network of the host.
limits=(--network host --user 1000:1000 --cap-drop ALL --security-opt no-new-privileges --read-only --workdir /config
  --volume "$folder:/config:ro")

# verb MEMORY ARGUMENTS… runs a verb as the platform does.
verb() {
  docker run --rm "${limits[@]}" --memory "$1" --entrypoint sh "$image" -c "eval \"\$AIRBYTE_ENTRYPOINT ${*:2}\""
}

inspect() { docker image inspect --format "$1" "$image"; }
label() { inspect "{{ index .Config.Labels \"$1\" }}"; }
inside() { docker run --rm --entrypoint sh "$image" -c "$1"; }

# simulate ARGUMENTS… starts the simulator, and writes the config that reads it.
simulate() {
  [ -z "$simulator" ] || kill "$simulator"
  : > "$folder/simulator.json"
  node --import tsx test/metabase/main.ts "$@" > "$folder/simulator.json" &
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
}

[ -n "${IMAGE:-}" ] || docker build --tag "$image" "$@" .

# What is known without running a verb.
expect 'the label io.airbyte.name' "$(label io.airbyte.name)" "$(sed -n 's/^ *dockerRepository: //p' examples/airbyte/source-metabase/metadata.yaml)"
expect 'the label io.airbyte.version' "$(label io.airbyte.version)" "$(node -p 'require("./package.json").version')"
expect 'AIRBYTE_ENTRYPOINT' "$(inside 'echo "$AIRBYTE_ENTRYPOINT"')" "$(inspect '{{ join .Config.Entrypoint " " }}')"
expect 'the user, and who owns /airbyte' "$(inside 'id -un; id -u; id -g; stat -c %U:%G /airbyte' | tr '\n' ' ')" 'airbyte 1000 1000 airbyte:airbyte '
expect 'the list of what needs no connector' "$(inside 'command -v npm npx yarn corepack; ls -d node_modules 2> /dev/null' || true)" ''
# What a run left in dist/ is no part of the build.
sums='find bin/source-metabase bin/package.json dist manifest.yaml package.json schemas streams -type f -not -path "dist/compiled/*" -not -name memory-last.json -exec sha256sum {} + | LC_ALL=C sort'
diff <(inside "$sums") <(eval "$sums") || fail 'the files in the image are not those built here: run "npm ci" or "npm run build" here first.'

# The verbs, and a read of all streams in as little memory as is promised.
simulate --edition pro --cards 5000
verb 96m spec | grep '"type":"SPEC"' > /dev/null || fail 'spec printed no SPEC message.'
verb 96m check --config config.json | tee "$folder/check" | grep '"status":"SUCCEEDED"' > /dev/null || fail "check: $(cat "$folder/check")"
verb 96m discover --config config.json > "$folder/discover" || fail 'discover ended with an error.'
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const messages = readFileSync(`${process.argv[1]}/discover`, "utf8").trim().split("\n").map(JSON.parse);
  const { streams } = messages.find(({ type }) => type === "CATALOG").catalog;
  const modes = { sync_mode: "full_refresh", destination_sync_mode: "overwrite" };
  writeFileSync(`${process.argv[1]}/catalog.json`, JSON.stringify({ streams: streams.map((stream) => ({ stream, ...modes })) }));
' "$folder"
chmod -R a+rX "$folder"
for memory in 96m 128m 256m 512m; do
  verb $memory read --config config.json --catalog catalog.json > "$folder/read" || fail "read with $memory: $(grep -v '"RECORD"' "$folder/read" | tail -n 5)"
  echo "With $memory: $(grep -c '"type":"RECORD"' "$folder/read") records of $(grep -c '"status":"COMPLETE"' "$folder/read") streams."
done

# As PID 1: `docker stop` ends a read at once, with its session closed.
simulate --latency-ms 300
container=$(docker run --detach "${limits[@]}" "$image" read --config config.json --catalog catalog.json)
for _ in $(seq 100); do
  docker logs "$container" 2>&1 | grep '"type":"RECORD"' > /dev/null && break
  sleep 0.1
done
docker stop -t 20 "$container" > /dev/null
expect 'the exit code after docker stop' "$(docker inspect --format '{{ .State.ExitCode }}' "$container")" 143
kill -USR2 "$simulator"
for _ in $(seq 50); do
  grep 'DELETE /api/session' "$folder/simulator.json" > /dev/null && break
  sleep 0.1
done
grep 'DELETE /api/session' "$folder/simulator.json" > /dev/null || fail 'docker stop left the session open.'
echo 'docker stop ended a read with its session closed.'

inspect 'The image has {{ .Size }} bytes.'
inside 'du -sk /airbyte' | sed 's/^\([0-9]*\).*/Of that, \1 KiB are ours./'
