/** Elasticsearch: index templates, and sinks that keep what the server does not take until it does. */
@NullMarked
package io.tripline.job.elastic;

import org.jspecify.annotations.NullMarked;
