#!/bin/bash
# Becomes the JobManager of an application cluster. The job goes on from the newest checkpoint or savepoint that is whole. Arguments are the job's.
set -eu
newest=$(find /var/lib/flink -name _metadata -printf '%T@ %h\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-)
exec /opt/flink/bin/standalone-job.sh start-foreground --job-classname io.tripline.job.program.JobApplication \
    ${newest:+--fromSavepoint "file://$newest"} "$@"
