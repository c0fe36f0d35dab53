package io.tripline.stack;

import java.nio.file.Path;
import java.util.List;

/** Remembers, for the Flink cluster, who leads and which jobs run: ZooKeeper, which Flink's own jars contain. */
public final class ZooKeeperServer implements Server {
    private final Path folder;
    private final int port;
    private final ServerProcess process;

    public ZooKeeperServer(Path dir, int port) {
        this.folder = dir.toAbsolutePath().normalize().resolve("zookeeper");
        this.port = port;
        this.process = new ServerProcess(name(), dir);
    }

    @Override
    public String name() {
        return "zookeeper";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        Path settings = TextFile.write(folder.resolve("zoo.cfg"), """
                dataDir=%s/data
                clientPortAddress=127.0.0.1
                clientPort=%d
                tickTime=1000
                admin.enableServer=false
                autopurge.snapRetainCount=3
                autopurge.purgeInterval=1
                """.formatted(folder, port));
        Path log4j = TextFile.write(folder.resolve("log4j2.properties"), TextFile.LOG4J);
        process.start(
                JavaInstallation.from(17).orElseThrow(),
                ServerJars.FLINK.jars(),
                List.of("-Xmx96m", "-XX:+UseSerialGC", "-Dlog4j2.configurationFile=" + log4j),
                List.of(
                        "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain",
                        settings.toString()));
    }

    @Override
    public boolean isReady() {
        return isRunning() && Ports.isOpen(port);
    }
}
