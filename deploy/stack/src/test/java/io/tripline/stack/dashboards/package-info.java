/**
 * What people look at: dashboards of Kibana and Grafana, and the rules by which Prometheus alerts about Tripline
 * itself.
 */
@org.jspecify.annotations.NullMarked
package io.tripline.stack.dashboards;
