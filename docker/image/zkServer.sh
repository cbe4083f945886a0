#!/bin/sh
# One ZooKeeper server of an ensemble whose servers are containers, from the server that comes with the node. It is
# called like the script in the public zookeeper image and hears of the same variables, so that one Compose service
# fits both images:
#
#   ZOO_MY_ID        this server's number                           ZOO_DATA_DIR       default /data
#   ZOO_SERVERS      server.N=HOST:2888:3888;2181, one for each     ZOO_DATA_LOG_DIR   default the same
#   ZOO_CFG_EXTRA    more lines of zoo.cfg                          CURIA_JAVA_OPTS    more options for the JVM
#   ZOO_TICK_TIME, ZOO_INIT_LIMIT, ZOO_SYNC_LIMIT, ZOO_MAX_CLIENT_CNXNS, ZOO_AUTOPURGE_PURGEINTERVAL,
#   ZOO_AUTOPURGE_SNAPRETAINCOUNT, ZOO_STANDALONE_ENABLED, ZOO_ADMINSERVER_ENABLED, ZOO_4LW_COMMANDS_WHITELIST
#
# zkServer.sh start-foreground runs the server; zkServer.sh status succeeds while it serves.
# shellcheck disable=SC2034 # launch.sh, which is sourced at the end, reads what seems unused.
set -eu

data=${ZOO_DATA_DIR:-/data}

configuration() {
    echo "dataDir=$data"
    echo "dataLogDir=${ZOO_DATA_LOG_DIR:-$data}"
    echo "tickTime=${ZOO_TICK_TIME:-2000}"
    echo "initLimit=${ZOO_INIT_LIMIT:-5}"
    echo "syncLimit=${ZOO_SYNC_LIMIT:-2}"
    echo "maxClientCnxns=${ZOO_MAX_CLIENT_CNXNS:-60}"
    echo "autopurge.purgeInterval=${ZOO_AUTOPURGE_PURGEINTERVAL:-0}"
    echo "autopurge.snapRetainCount=${ZOO_AUTOPURGE_SNAPRETAINCOUNT:-3}"
    echo "standaloneEnabled=${ZOO_STANDALONE_ENABLED:-true}"
    echo "admin.enableServer=${ZOO_ADMINSERVER_ENABLED:-false}"
    echo "4lw.commands.whitelist=${ZOO_4LW_COMMANDS_WHITELIST:-srvr}"
    set -f
    for line in ${ZOO_SERVERS:-server.1=localhost:2888:3888;2181} ${ZOO_CFG_EXTRA:-}; do
        echo "$line"
    done
    set +f
}

case ${1:-} in
    start-foreground)
        echo "${ZOO_MY_ID:-1}" >"$data/myid"
        configuration >"$data/zoo.cfg"
        bin=/opt/curia/node/bin
        program=node
        main=io.curia.zookeeper.server.EnsembleServerMain
        training=io.curia.process.ClassArchiveTraining
        memory=-Xmx128m
        # A name that is not there yet, because its container is still being made, is asked for again at once.
        CURIA_JAVA_OPTS="-Dsun.net.inetaddr.negative.ttl=0 -Dzookeeper.jmx.log4j.disable=true ${CURIA_JAVA_OPTS:-}"
        set -- "$data/zoo.cfg" --detached
        # shellcheck source=../../node/bin/launch.sh
        . "$bin/launch.sh"
        ;;
    status)
        ask 127.0.0.1 2181 srvr '^Mode: (leader|follower|standalone|observer)'
        ;;
    *)
        echo "usage: zkServer.sh start-foreground | status" >&2
        exit 2
        ;;
esac
