# source-metabase as an image that Airbyte runs as a custom connector: `docker build -t source-metabase .`
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Nothing of ours is here to build yet, and no package needs its install script.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-slim
# The platform runs connectors as user 1000, who has to be named airbyte and own /airbyte.
RUN userdel --remove node \
 && groupadd --gid 1000 airbyte \
 && useradd --uid 1000 --gid 1000 --no-create-home --home-dir /airbyte airbyte \
 && install -d -o airbyte -g airbyte /airbyte /config /secrets /source /data /local
WORKDIR /airbyte/integration_code
# The bundle holds what it needs of node_modules.
COPY --from=build --chown=airbyte:airbyte /build/package.json /build/manifest.yaml ./
COPY --from=build --chown=airbyte:airbyte /build/bin/source-metabase bin/
COPY --from=build --chown=airbyte:airbyte /build/streams streams/
COPY --from=build --chown=airbyte:airbyte /build/schemas schemas/
COPY --from=build --chown=airbyte:airbyte /build/dist dist/

# The heap keeps to a share of the container's memory: by default V8 takes 272 MB in a container of 256 MB, which the
# kernel then kills. What is left is for buffers, which are outside of the heap.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-old-space-size-percentage=60 \
    AIRBYTE_ENTRYPOINT="/usr/local/bin/node /airbyte/integration_code/bin/source-metabase"

# The version is that of package.json; test/image/dockerfile.test.ts holds them together.
LABEL io.airbyte.name=airbyte/source-metabase \
      io.airbyte.version=0.1.0 \
      org.opencontainers.image.title=source-metabase \
      org.opencontainers.image.description="Reads a Metabase instance for Airbyte." \
      org.opencontainers.image.version=0.1.0 \
      org.opencontainers.image.licenses=MIT

USER airbyte
# The platform starts it through a shell, by AIRBYTE_ENTRYPOINT; both have to be the same words.
ENTRYPOINT ["/usr/local/bin/node", "/airbyte/integration_code/bin/source-metabase"]
