package io.tripline.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.entrypoint.component.DefaultDispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.leaderelection.LeaderElection;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rest.handler.RestHandlerConfiguration;
import org.apache.flink.runtime.rest.handler.RestHandlerSpecification;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.webmonitor.WebMonitorEndpoint;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandler;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.Reference;

/**
 * A Flink in this process for one job, quick to start. Differs from Flink's own local executor in three ways:
 *
 * <ul>
 *   <li>its web endpoint answers nothing, since nobody asks it; Flink would make about a hundred handlers and take jobs
 *       from anyone on this machine;
 *   <li>its messaging comes from the class path where it is there, so that its classes load from the class archive;
 *       Flink would first copy a jar of 24 MB into the temporary folder;
 *   <li>it is gone when {@link #run} returns, with all its threads and temporary files.
 * </ul>
 */
@SuppressWarnings("try") // close() as Flink declares it can be interrupted
final class LocalFlink extends MiniCluster {
    private LocalFlink(MiniClusterConfiguration configuration) {
        super(configuration, () -> Reference.owned(messaging(configuration.getConfiguration())));
    }

    /** Runs a job to its end. */
    static void run(StreamGraph job, Configuration configuration) throws Exception {
        MiniClusterConfiguration cluster = new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(job.getMaximumParallelism())
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build();
        LocalFlink flink = new LocalFlink(cluster);
        try {
            flink.start();
            flink.executeJobBlocking(job.getJobGraph());
        } finally {
            flink.closeAsync().get();
        }
    }

    private static RpcSystem messaging(Configuration configuration) {
        return ServiceLoader.load(RpcSystem.class).findFirst().orElseGet(() -> RpcSystem.load(configuration));
    }

    @Override
    protected DispatcherResourceManagerComponentFactory createDispatcherResourceManagerComponentFactory() {
        return new DefaultDispatcherResourceManagerComponentFactory(
                DefaultDispatcherRunnerFactory.createSessionRunner(SessionDispatcherFactory.INSTANCE),
                StandaloneResourceManagerFactory.getInstance(),
                (RestEndpointFactory<DispatcherGateway>) Silent::new);
    }

    @SuppressWarnings("try")
    private static final class Silent extends WebMonitorEndpoint<DispatcherGateway> {
        Silent(
                Configuration configuration,
                LeaderGatewayRetriever<DispatcherGateway> dispatcher,
                LeaderGatewayRetriever<ResourceManagerGateway> resources,
                TransientBlobService blobs,
                ScheduledExecutorService executor,
                MetricFetcher metrics,
                LeaderElection leader,
                FatalErrorHandler failure)
                throws Exception {
            super(
                    dispatcher,
                    configuration,
                    RestHandlerConfiguration.fromConfiguration(configuration),
                    resources,
                    blobs,
                    executor,
                    metrics,
                    leader,
                    RestEndpointFactory.createExecutionGraphCache(
                            RestHandlerConfiguration.fromConfiguration(configuration)),
                    failure);
        }

        @Override
        protected List<Tuple2<RestHandlerSpecification, ChannelInboundHandler>> initializeHandlers(
                CompletableFuture<String> address) {
            return new ArrayList<>(); // which Flink sorts
        }
    }
}
