#!/bin/bash
# A role and a user for the job, and the password with which Kibana logs in. A second time changes nothing.
set -eu
secret() { tr -d '\n' </run/secrets/"$1"; }
# Passwords are letters and digits (make-secrets), so they need no escape in JSON. They go in by standard input, where no list of processes shows them.
put() {
    local path=$1 body=$2
    printf 'url = "https://elasticsearch:9200%s"\nuser = "elastic:%s"\n' "$path" "$(secret elastic-password)" |
        curl -sS --fail-with-body --cacert /run/secrets/ca.pem -o /dev/null -K - -X PUT -H 'content-type: application/json' -d @<(printf %s "$body")
}
put /_security/role/tripline-job '{
  "cluster": ["monitor", "manage_index_templates"],
  "indices": [{
    "names": ["tripline-alerts*", "tripline-traffic*"],
    "privileges": ["create_index", "index", "read", "view_index_metadata", "manage"]
  }]
}'
put /_security/user/tripline-job "{\"password\": \"$(secret elastic-tripline-password)\", \"roles\": [\"tripline-job\"]}"
put /_security/user/kibana_system/_password "{\"password\": \"$(secret kibana-password)\"}"
