package io.tripline.stack;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program of Elasticsearch's process: builds a node from the jars on the class path, which lack the launcher of a
 * distribution. It calls Elasticsearch by name, since the classes of 9 need Java 21 to compile against, and those of 8
 * run on 17. It uses nothing else of this module.
 */
final class ElasticsearchNode {
    private static final String ES = "org.elasticsearch.";

    private ElasticsearchNode() {}

    /** Takes the folder that holds {@code config}, {@code modules} and {@code data}. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        System.setProperty("es.path.home", home.toString());
        call(ES + "bootstrap.BootstrapInfo", "init");
        call(ES + "common.logging.LogConfigurator", "registerErrorListener");
        call(ES + "common.logging.LogConfigurator", "configureESLogging");
        Supplier<String> name = () -> "tripline";
        Object environment = call(
                ES + "node.InternalSettingsPreparer",
                "prepareEnvironment",
                settings(home),
                Map.of(),
                home.resolve("config"),
                name);
        call(ES + "common.logging.LogConfigurator", "setNodeName", "tripline");
        call(ES + "common.logging.LogConfigurator", "configure", environment, true);

        Object node = type(ES + "node.Node")
                .getConstructor(environment.getClass(), type(ES + "plugins.PluginsLoader"))
                .newInstance(environment, plugins(home.resolve("modules")));
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            close(node);
            closed.countDown();
        }));
        invoke(node, "start");
        closed.await();
    }

    private static Object settings(Path home) throws ReflectiveOperationException {
        Object builder = call(ES + "common.settings.Settings", "builder");
        builder.getClass().getMethod("put", String.class, String.class).invoke(builder, "path.home", home.toString());
        return invoke(builder, "build");
    }

    /** The HTTP and transport module; 9 asks in addition whether a module may be missing. */
    private static Object plugins(Path modules) throws ReflectiveOperationException {
        Class<?> loader = type(ES + "plugins.PluginsLoader");
        boolean asks = Stream.of(loader.getMethods())
                .anyMatch(method -> method.getName().equals("loadModulesBundles") && method.getParameterCount() == 2);
        Object bundles = asks
                ? call(loader.getName(), "loadModulesBundles", modules, false)
                : call(loader.getName(), "loadModulesBundles", modules);
        return call(loader.getName(), "createPluginsLoader", bundles, Set.of(), Map.of(), false);
    }

    private static void close(Object node) {
        try {
            invoke(node, "prepareForClose");
            invoke(node, "close");
            invoke(node, "awaitClose", 20L, TimeUnit.SECONDS);
        } catch (ReflectiveOperationException problem) {
            System.err.println("ERROR the node did not stop gracefully: " + problem);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }

    private static Object call(String type, String method, Object... arguments) throws ReflectiveOperationException {
        return answer(find(type(type), method, arguments.length).invoke(null, arguments));
    }

    private static Object invoke(Object target, String method, Object... arguments)
            throws ReflectiveOperationException {
        return answer(find(target.getClass(), method, arguments.length).invoke(target, arguments));
    }

    private static Method find(Class<?> type, String name, int arguments) throws NoSuchMethodException {
        return Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == arguments)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type + "." + name + " with " + arguments));
    }

    /** Most methods called here return nothing. */
    private static Object answer(@Nullable Object result) {
        return Objects.requireNonNullElse(result, Void.TYPE);
    }
}
