# Starts a program of Curia; sourced by the program's own launcher, which has set
#   program   its name              bin       the launcher's directory, absolute
#   main      its main class        training  the class that loads what a usual run loads
#   memory    its heap option
#
# In a source tree (no lib beside bin) the program is built on first use and when sources have changed. In a
# distribution nothing is ever built. Heard of in the environment:
#   JAVA_HOME             the Java to use; otherwise the first on the PATH
#   CURIA_JAVA_OPTS       more options for the JVM, which win over the ones below
#   CURIA_NO_BUILD=1      never build
#   CURIA_CLASS_ARCHIVE   "off": start without a class archive
#
# The class archive holds the program's classes as the JVM wants them in memory, which makes starts faster. It is made
# once for each Java and each set of jars, of the classes that a run of $training loads, beside lib or, where that
# cannot be written, in the user's cache directory. Its name says what it was made for, so a stale one is never looked
# at, and the JVM itself refuses one that does not fit. -Xlog is off because the JVM would say so on standard output.
# (An archive made in one step, at the exit of the training run, would lack picocli, whose class files are too old.)

fail() {
    echo "$program: $*" >&2
    exit 1
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "no $java, which JAVA_HOME promises (Java 17 or newer is needed)"
    else
        java=$(command -v java) || fail "Java 17 or newer is needed: install it, or set JAVA_HOME"
    fi
}

# The JDK's own note is read where there is one, because to ask Java itself takes the start of a JVM.
require_java_17() {
    real=$(readlink -f "$java" 2>/dev/null) || real=$java
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "${real%/bin/java}/release" 2>/dev/null) || version=
    [ "${version:-0}" -lt 17 ] || return 0
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 17 ] || fail "$java is too old or does not run (Java 17 or newer is needed):
$("$java" -version 2>&1)"
}

# --- building, in a source tree ---------------------------------------------------------------------------------------

is_current() {
    [ -d "$home/lib" ] &&
        [ -z "$(find "$root/pom.xml" "$root/node/pom.xml" "$root/node/src/main" "$root/node/src/dist" \
            "$root/node/bin" "$module/pom.xml" "$module/bin" "$module/src/main" "$module/src/dist" \
            -newer "$home/lib" 2>/dev/null)" ]
}

build_if_needed() {
    if [ "${CURIA_NO_BUILD:-}" = 1 ]; then
        [ -d "$home/lib" ] || fail "not built yet, and CURIA_NO_BUILD=1 forbids building"
        return 0
    fi
    [ -d "$building" ] || ! is_current || return 0
    command -v mvn >/dev/null || fail "Maven (mvn) is needed to build the program on first use"
    require_java_17
    mkdir -p "$root/target"
    until mkdir "$building" 2>/dev/null; do
        builder=$(cat "$building/pid" 2>/dev/null) || builder=
        if [ -n "$builder" ] && ! kill -0 "$builder" 2>/dev/null; then
            rm -rf "$building" # Its builder was killed.
        else
            sleep 1
        fi
    done
    trap 'rm -rf "$building"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    echo $$ >"$building/pid"
    if ! is_current; then # Somebody else may have built it while we waited.
        echo "$program: building (mvn package, without tests)" >&2
        mvn -q -B -f "$root/pom.xml" -DskipTests -pl "${module##*/}" -am package >&2 || fail "the build failed"
    fi
    rm -rf "$building"
    trap - EXIT INT TERM
}

# --- the class archive ------------------------------------------------------------------------------------------------

# What the archive is valid for: the java, and each jar with its path, size and time in seconds.
archive_key() {
    {
        ls -goL --time-style=+%s "$java" "$home"/lib/*.jar 2>/dev/null ||
            ls -goL --full-time "$java" "$home"/lib/*.jar 2>/dev/null ||
            ls -goLT "$java" "$home"/lib/*.jar
    } | cksum
}

find_archive() {
    archive=
    [ "${CURIA_CLASS_ARCHIVE:-}" != off ] || return 0
    key=$(archive_key)
    name=$program-${key%% *}.jsa
    cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/curia
    for directory in "$home/archive" "$cache"; do
        if [ -r "$directory/$name" ]; then
            archive=$directory/$name
            return 0
        fi
        if [ -e "$directory/$name.failed" ] && [ -n "$(find "$directory/$name.failed" -mtime -1)" ]; then
            return 0
        fi
    done
    for directory in "$home/archive" "$cache"; do
        if mkdir -p "$directory" 2>/dev/null && [ -w "$directory" ]; then
            make_archive
            return 0
        fi
    done
}

# A run that was killed half-way leaves its directory; nobody trains for two minutes.
make_archive() {
    require_java_17
    new=$directory/$name.new
    find "$directory" -name "${new##*/}" -mmin +2 -exec rm -rf {} + 2>/dev/null || :
    mkdir "$new" 2>/dev/null || return 0 # Somebody else makes it; this start goes without.
    trap 'rm -rf "$new"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    echo "$program: preparing a class archive for faster starts (once)" >&2
    if train >"$directory/$name.log" 2>&1 && [ -s "$new/archive" ]; then
        mv -f "$new/archive" "$directory/$name"
        rm -f "$directory/$name.log"
        archive=$directory/$name
    else
        : >"$directory/$name.failed" # Not tried again for a day; the reason is in the log beside it.
    fi
    rm -rf "$new"
    trap - EXIT INT TERM
    find "$directory" -name "$program-*" -mtime +90 ! -name "$name" -exec rm -rf {} + 2>/dev/null || :
}

train() {
    set -- $options $mapping $memory -cp "$classpath"
    [ ! -f "$home/conf/logback.xml" ] || set -- "-Dlogback.configurationFile=$home/conf/logback.xml" "$@"
    "$java" "-XX:DumpLoadedClassList=$new/classes" "$@" "$training" "$new" </dev/null &&
        "$java" -Xshare:dump "-XX:SharedClassListFile=$new/classes" "-XX:SharedArchiveFile=$new/archive" "$@" \
            </dev/null
}

# --- running ----------------------------------------------------------------------------------------------------------

terminals() {
    terminals=
    [ ! -t 0 ] || terminals=in
    [ ! -t 1 ] || terminals=$terminals,out
    [ ! -t 2 ] || terminals=$terminals,err
}

home=${bin%/*}
# In the C locale Java would read arguments as ASCII, and a reason in somebody's own language would be lost.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX) export LC_ALL=C.UTF-8 ;;
esac
find_java
if [ ! -d "$home/lib" ]; then
    module=$home
    root=${module%/*}
    home=$module/target/dist
    building=$root/target/building
    build_if_needed
fi
classpath=
for jar in "$home"/lib/*.jar; do
    classpath=$classpath${classpath:+:}$jar
done
options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto -Xlog:disable -Xlog:all=off"
# Mapped where it was made for, an archive is shared with the page cache; elsewhere most of it is copied, and the kernel
# takes two milliseconds longer to take down a process that was killed, before anybody hears of that.
mapping="-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
# New Javas write warnings when Netty does what it can do without: use raw memory, look for native libraries.
options="$options -Dio.netty.noUnsafe=true -Dio.netty.transport.noNative=true"
# Netty takes what it reads and writes from chunks, of 4 MiB each unless told otherwise, all of it resident; no message
# here is longer than 64 KiB, so 256 KiB do.
options="$options -Dio.netty.allocator.maxOrder=5"
find_archive
[ -n "$archive" ] || require_java_17 # An archive is made by a Java that is new enough.
terminals
set -- "-Dcuria.command=$0" "-Dcuria.terminals=$terminals" -cp "$classpath" "$main" "$@"
[ ! -f "$home/conf/logback.xml" ] || set -- "-Dlogback.configurationFile=$home/conf/logback.xml" "$@"
[ -z "$archive" ] || set -- "-XX:SharedArchiveFile=$archive" "$@"
[ -z "$archive" ] || options="$options $mapping"
set -f # CURIA_JAVA_OPTS is split at spaces, and nothing else happens to it.
exec "$java" $options $memory ${CURIA_JAVA_OPTS:-} "$@"
