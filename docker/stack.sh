# shellcheck shell=bash
# What docker/drill and docker/test have in common; sourced. Sets docker, this directory, and compose, the command.

docker=$(CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
nodes=(node1 node2 node3)
if docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
else
    compose=(docker-compose)
fi
compose+=(--file "$docker/compose.yml")

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

container() {
    "${compose[@]}" ps --all --quiet "$1" 2>/dev/null || "${compose[@]}" ps --quiet "$1"
}

# Compose tells its own story on standard error, which matters only if something fails.
admin_cli() {
    local story code=0
    story=$(mktemp)
    "${compose[@]}" run --rm -T admin-cli "$@" 2>"$story" </dev/null || code=$?
    ((code == 0)) || cat "$story" >&2
    rm -f "$story"
    return "$code"
}

# Brings up all there is, or only the nodes if ZooKeeper is elsewhere, and waits until the nodes are members.
bring_up() {
    local what=() story node
    [ -z "${CURIA_ZOOKEEPER:-}" ] || what=(--no-deps "${nodes[@]}")
    story=$("${compose[@]}" up -d ${what[@]+"${what[@]}"} 2>&1) || fail "the cluster does not start: $story"
    for node in "${nodes[@]}"; do
        await_member "$(container "$node")" 90 ||
            fail "$node is not a member after 90 s; ${compose[*]} logs $node may say why"
    done
}

# Waits until the container $1 is a member again, at most $2 seconds.
await_member() {
    local deadline=$((SECONDS + $2))
    until docker exec "$1" health >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.2
    done
}
