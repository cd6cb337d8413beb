# source-metabase as an image that Airbyte runs as a custom connector: `docker build -t source-metabase .`
# docs/image.md says what runs it asks of a container, and what was measured. scripts/image.sh builds and tries it.
# The bundle is the same for every platform: it is built once, on that of the builder.
FROM --platform=$BUILDPLATFORM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Nothing of ours is here to build yet, and no package needs its install script.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# Without the code that Node made of it, which differs from build to build.
RUN npm run build && rm -r dist/compiled

FROM node:24-slim
# BuildKit sets it from the environment: useradd then writes that day into /etc/shadow, and not today's.
ARG SOURCE_DATE_EPOCH
# The platform runs connectors as user 1000, who has to be named airbyte and own /airbyte. Package managers are of no use
# to a connector, and what is not there needs no fix.
RUN userdel --remove node \
 && groupadd --gid 1000 airbyte \
 && useradd --uid 1000 --gid 1000 --no-log-init --no-create-home --home-dir /airbyte airbyte \
 && install -d -o airbyte -g airbyte /airbyte /config /secrets /source /data /local \
 && rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
WORKDIR /airbyte/integration_code
# No node_modules: the bundle holds what it needs of them. `sync` into DuckDB and Parquet is for the npm package.
COPY --from=build --chown=airbyte:airbyte /build/package.json /build/LICENSE /build/manifest.yaml ./
COPY --from=build --chown=airbyte:airbyte /build/bin/source-metabase /build/bin/package.json bin/
COPY --from=build --chown=airbyte:airbyte /build/streams streams/
COPY --from=build --chown=airbyte:airbyte /build/schemas schemas/
# Not the connector's to write: what it would keep there goes with the container.
COPY --from=build /build/dist dist/

# The heap keeps to a share of the container's memory: by default V8 takes 272 MB in a container of 256 MB, which the
# kernel then kills. What is left is for buffers, which are outside of the heap, and one arena of malloc wastes the least of it.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-old-space-size-percentage=60 \
    MALLOC_ARENA_MAX=1 \
    AIRBYTE_ENTRYPOINT="/usr/local/bin/node /airbyte/integration_code/bin/source-metabase"

# The name and the version are those of Airbyte's metadata.yaml and of package.json; tests hold them together. Where it was
# built from is known to who builds it: `--label org.opencontainers.image.revision=…`, as .github/workflows/publish.yml does.
LABEL io.airbyte.name=source-metabase \
      io.airbyte.version=0.1.0 \
      org.opencontainers.image.title=source-metabase \
      org.opencontainers.image.description="Reads a Metabase instance for Airbyte." \
      org.opencontainers.image.version=0.1.0 \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.base.name=docker.io/library/node:24-slim

USER airbyte
# The platform starts it through a shell, by AIRBYTE_ENTRYPOINT; both have to be the same words.
ENTRYPOINT ["/usr/local/bin/node", "/airbyte/integration_code/bin/source-metabase"]
