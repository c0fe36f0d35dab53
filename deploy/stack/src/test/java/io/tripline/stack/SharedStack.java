package io.tripline.stack;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a parameter of type {@link Stack}: real servers that are up, one stack for all test classes of a run,
 * since they take half a minute to start; and of type {@link FlinkMetrics}: what its Flink tells of itself. A test
 * leaves them as it found them: all up, its own topics, indices and jobs ended or named so that they are in nobody's
 * way.
 *
 * <pre>
 * {@literal @}ExtendWith(SharedStack.class)
 * class SomeSystemTest {
 *     {@literal @}Test
 *     void shouldDoSomething(Stack stack) { … stack.kafka().address() … stack.elastic().orElseThrow().address() …
 * </pre>
 *
 * <p>Elasticsearch is 9 where there is a Java for it, otherwise 8. Data and logs lie in {@code target/shared-stack}.
 * The servers end with the run, in good order or by its shutdown hook; what a killed run left, the next one ends.
 */
public final class SharedStack implements ParameterResolver {
    private static final Path DIR = Path.of("target/shared-stack");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Stack.class || type == FlinkMetrics.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedStack.class))
                .computeIfAbsent(Running.class, ignored -> new Running(), Running.class);
        return parameter.getParameter().getType() == Stack.class ? running.stack : running.metrics;
    }

    /** Closed by JUnit when all tests have run. */
    private static final class Running implements AutoCloseable {
        private final FlinkMetrics metrics = new FlinkMetrics();
        private final Stack stack;
        private final Thread hook;

        Running() {
            Stack.in(DIR).ifPresent(left -> {
                left.down();
                left.purge();
            });
            stack = new Stack(DIR, StackPlan.free(ElasticServer.canRun(9) ? 9 : 8, 2), metrics.flinkSettings());
            hook = new Thread(stack::down);
            Runtime.getRuntime().addShutdownHook(hook);
            stack.up();
        }

        @Override
        public void close() {
            stack.down();
            metrics.close();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
