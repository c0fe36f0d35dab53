#!/bin/bash
# Who may do what (docs/security.md). A second time changes nothing.
set -eu
allow() {
    local user=$1 kind=$2 operations=$3 name
    shift 3
    # "groups" are all whose names begin so.
    local pattern=literal option=$kind
    [ "$kind" != groups ] || pattern=prefixed option=group
    for name; do
        # shellcheck disable=SC2086 # a list of options
        /opt/kafka/bin/kafka-acls.sh --bootstrap-server 127.0.0.1:9092 --add --allow-principal "User:$user" "--$option" "$name" --resource-pattern-type "$pattern" \
            $(printf -- '--operation %s ' $operations)
    done
}
allow sensor topic 'Write Describe' tripline.packets tripline.schemas
allow job topic 'Read Describe DescribeConfigs' tripline.packets tripline.schemas
allow job topic 'Write Describe' tripline.alerts tripline.late tripline.rejected
allow job group 'Read' tripline-job
allow soar topic 'Read Describe' tripline.alerts
# Each consumer has a group of its own, whose name begins with soar.
allow soar groups 'Read' soar
