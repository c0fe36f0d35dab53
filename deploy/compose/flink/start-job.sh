#!/bin/bash
# Becomes the JobManager of an application cluster. The job restores from the newest complete checkpoint or savepoint. Arguments are the job's;
# without the -- before them Flink takes their --config for its own --configDir, and the job is left without settings.
# A checkpoint becomes the new job's own, which deletes it when it needs it no more; a savepoint stays what it is: somebody's way back.
set -eu
state=${TRIPLINE_STATE:-/var/lib/flink}
newest=$(find "$state" -name _metadata -printf '%T@ %h\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-)
case $newest in
    "$state"/checkpoints/*) claim=--claim ;;
    *) claim= ;;
esac
exec "${FLINK_HOME:-/opt/flink}/bin/standalone-job.sh" start-foreground --job-classname io.tripline.job.program.JobApplication \
    ${newest:+--fromSavepoint "file://$newest"} -- "$@" $claim
