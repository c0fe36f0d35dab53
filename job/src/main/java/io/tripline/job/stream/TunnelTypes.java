package io.tripline.job.stream;

import io.tripline.rules.tunnel.dns.ClientDomain;
import io.tripline.rules.tunnel.icmp.EchoActivity;
import io.tripline.rules.tunnel.icmp.EchoFold;
import io.tripline.rules.network.HostPair;
import io.tripline.rules.tunnel.dns.NameActivity;
import io.tripline.rules.tunnel.dns.NameFold;
import io.tripline.rules.tunnel.dns.DnsTunnel;
import io.tripline.rules.tunnel.icmp.EchoHistory;
import io.tripline.rules.tunnel.icmp.IcmpTunnel;
import io.tripline.rules.tunnel.dns.NameHistory;
import io.tripline.rules.engine.SubjectDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.util.OutputTag;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Type information of what the rules about tunnels are fed and remember. */
public final class TunnelTypes {
    static final CodecTypeInfo<EchoActivity> ECHO_ACTIVITY = new CodecTypeInfo<>(new EchoActivityCodec());

    static final Subject<HostPair, EchoActivity, EchoHistory> ECHO_PAIRS = new Subject<>(
            IcmpTunnel.UID,
            "rules about pairs that exchange echo",
            new CodecTypeInfo<>(new HostPairCodec()),
            new CodecTypeInfo<>(new EchoStateCodec()),
            new OutputTag<>("echo-activities", ECHO_ACTIVITY),
            EchoFold::new,
            (settings, trials) ->
                    new IcmpTunnel(settings.thresholds(IcmpTunnel.RULE, IcmpTunnel.Settings.class), trials));

    static final CodecTypeInfo<NameActivity> NAME_ACTIVITY = new CodecTypeInfo<>(new NameActivityCodec());

    static final Subject<ClientDomain, NameActivity, NameHistory> CLIENT_DOMAINS = new Subject<>(
            DnsTunnel.UID,
            "rules about clients and domains",
            new CodecTypeInfo<>(new ClientDomainCodec()),
            new CodecTypeInfo<>(new NameStateCodec()),
            new OutputTag<>("name-activities", NAME_ACTIVITY),
            NameFold::new,
            (settings, trials) -> new DnsTunnel(settings.thresholds(DnsTunnel.RULE, DnsTunnel.Settings.class), trials));

    private TunnelTypes() {}

    /** See {@link ClientDomain}. */
    public static final class ClientDomainCodec implements Codec<ClientDomain> {
        private static final Format FORMAT = Format.of("client-domain", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<ClientDomain> type() {
            return ClientDomain.class;
        }

        @Override
        public void write(ClientDomain subject, DataOutput out) throws IOException {
            subject.write(out);
        }

        @Override
        public ClientDomain read(DataInput in) throws IOException {
            return ClientDomain.read(in);
        }
    }

    /** See {@link NameActivity}. */
    public static final class NameActivityCodec implements Codec<NameActivity> {
        private static final Format FORMAT = Format.of("name-activity", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<NameActivity> type() {
            return NameActivity.class;
        }

        @Override
        public void write(NameActivity activity, DataOutput out) throws IOException {
            activity.write(out);
        }

        @Override
        public NameActivity read(DataInput in) throws IOException {
            return NameActivity.read(in);
        }
    }

    /** See {@link NameHistory}. */
    public static final class NameStateCodec extends SubjectStateCodec<NameActivity, NameHistory> {
        private static final Format FORMAT = Format.of("name-state", 1);
        private static final DnsTunnel RULES = new DnsTunnel(DnsTunnel.Settings.DEFAULT);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<NameActivity> parts() {
            return new NameActivityCodec();
        }

        @Override
        protected SubjectDetector<?, NameActivity, NameHistory> detector() {
            return RULES;
        }
    }

    /** See {@link HostPair}. */
    public static final class HostPairCodec implements Codec<HostPair> {
        private static final Format FORMAT = Format.of("host-pair", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<HostPair> type() {
            return HostPair.class;
        }

        @Override
        public void write(HostPair pair, DataOutput out) throws IOException {
            pair.write(out);
        }

        @Override
        public HostPair read(DataInput in) throws IOException {
            return HostPair.read(in);
        }
    }

    /** See {@link EchoActivity}. */
    public static final class EchoActivityCodec implements Codec<EchoActivity> {
        private static final Format FORMAT = Format.of("echo-activity", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<EchoActivity> type() {
            return EchoActivity.class;
        }

        @Override
        public void write(EchoActivity activity, DataOutput out) throws IOException {
            activity.write(out);
        }

        @Override
        public EchoActivity read(DataInput in) throws IOException {
            return EchoActivity.read(in);
        }
    }

    /** See {@link EchoHistory}. */
    public static final class EchoStateCodec extends SubjectStateCodec<EchoActivity, EchoHistory> {
        private static final Format FORMAT = Format.of("echo-state", 1);
        private static final IcmpTunnel RULES = new IcmpTunnel(IcmpTunnel.Settings.DEFAULT);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<EchoActivity> parts() {
            return new EchoActivityCodec();
        }

        @Override
        protected SubjectDetector<?, EchoActivity, EchoHistory> detector() {
            return RULES;
        }
    }
}
