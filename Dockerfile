# The program alone, for containers: docker build --tag offprint .
# Then, in a site's folder: docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/site" offprint build
FROM rust:1.95-slim-trixie AS build
ARG PROFILE=dist
ARG FEATURES=full
RUN apt-get update && apt-get install --yes --no-install-recommends musl-tools tzdata
RUN rustup target add "$(uname -m)-unknown-linux-musl"
WORKDIR /source
COPY . .
RUN cargo build --locked --profile "$PROFILE" --features "$FEATURES" --target "$(uname -m)-unknown-linux-musl" --target-dir built
RUN cp built/*-unknown-linux-musl/*/offprint offprint

FROM scratch
COPY --from=build /source/offprint /bin/offprint
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
WORKDIR /site
# A preview must be reachable from outside of the container: serve --host 0.0.0.0, and docker run --publish.
ENTRYPOINT ["/bin/offprint"]
