#!/bin/bash
# Makes the data folder at the first start, then becomes the broker.
set -eu
settings=/etc/tripline/server.properties
if [ ! -e /var/lib/kafka/data/meta.properties ]; then
    /opt/kafka/bin/kafka-storage.sh format -t "$(/opt/kafka/bin/kafka-storage.sh random-uuid)" -c "$settings"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$settings"
