# syntax=docker/dockerfile:1
# The server with its site, and nothing else. Built by the same script as everywhere (scripts/build.sh); the caches
# keep compiled crates and tools between builds. It takes some 4 GB of memory: build elsewhere than on a small
# machine (docs/deploy.md).

FROM node:22.19.0-bookworm-slim AS node

FROM rust:1.95.0-bookworm AS builder
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && rustup target add wasm32-unknown-unknown
WORKDIR /source
COPY . .
# The finished build lies in the cache; what target/built names is copied out of it.
RUN --mount=type=cache,target=/root/.cache/neighborbid --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/root/.npm scripts/build.sh && cp -RL target/built /built

FROM debian:12.11-slim
# Certificates of others: push services and object stores are asked over TLS.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 market \
    && useradd --uid 10001 --gid market --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin market \
    && install -d -o market -g market -m 0750 /data
COPY --from=builder /built/server /built/hash.txt /usr/local/lib/neighborbid/
COPY --from=builder /built/site /usr/local/lib/neighborbid/site
COPY deploy/probe /usr/local/bin/probe
RUN ln -s ../lib/neighborbid/server /usr/local/bin/server

USER market
WORKDIR /data
# Where the data lie, and an address that nginx can reach; everything else comes with the container.
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data LEPTOS_SITE_ROOT=/usr/local/lib/neighborbid/site
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["probe"]
ENTRYPOINT ["server"]
