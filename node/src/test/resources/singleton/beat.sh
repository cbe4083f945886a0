#!/bin/sh
# A command as users have them, for the proof of `node run`: it says that it started and, twenty times a second, that it
# is still there, each in a line of the file $1; so do its child and a daemon that has left its session and its parent.
# In even epochs all of them ignore SIGTERM.
log=$1
kind=${2:-main}
say() {
    read -r up idle </proc/uptime
    echo "$1 $CURIA_EPOCH $CURIA_ID $RUN $kind $up ${2:-}" >>"$log"
}
if [ "$kind" = main ]; then
    RUN=$$
    export RUN
    case $CURIA_EPOCH in
        *[02468]) trap '' TERM ;;
        *) trap 'say stop; exit 0' TERM ;;
    esac
    say start "$(date +%s%N)"
    sh "$0" "$log" child &
    (setsid sh "$0" "$log" daemon </dev/null >/dev/null 2>&1 &)
fi
while :; do
    say beat
    sleep 0.05
done
