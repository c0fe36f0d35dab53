package io.tripline.job.program;

import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.kafka.KafkaSettings;
import io.tripline.rules.JobSettings;
import org.jspecify.annotations.Nullable;

/**
 * All that a settings file and options say.
 *
 * @param elastic null where no document goes to Elasticsearch
 */
record Settings(
        JobSettings rules, KafkaSettings kafka, @Nullable ElasticSettings elastic) {}
