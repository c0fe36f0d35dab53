package io.tripline.job.kafka;

import java.util.List;

/** Where schemas of later versions are published. */
interface SchemaLookup {
    /** Nobody publishes any. */
    SchemaLookup NONE = List::of;

    /** What is published, as JSON; nothing where it was asked for a moment ago, or nobody answers. */
    List<String> published();
}
