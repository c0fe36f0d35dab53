package io.tripline.job.program;

import io.tripline.job.kafka.KafkaSettings;
import io.tripline.job.settings.JobSettings;

/** All that a settings file and options say. */
record Settings(JobSettings rules, KafkaSettings kafka) {}
