package io.tripline.job.stream;

import io.tripline.rules.flood.Inflow;
import io.tripline.rules.flood.InflowFold;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.FloodState;
import io.tripline.rules.flood.Floods;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.util.OutputTag;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Targets as subjects: what comes to them, and the rules about floods. */
final class InflowTypes {
    static final CodecTypeInfo<Inflow> INFLOW = new CodecTypeInfo<>(new InflowCodec());
    static final CodecTypeInfo<SubjectState<Inflow, FloodState>> STATE = new CodecTypeInfo<>(new StateCodec());

    static final Subject<Address, Inflow, FloodState> TARGETS = new Subject<>(
            Floods.UID,
            "rules about targets",
            Types.ADDRESS,
            STATE,
            new OutputTag<>("inflows", INFLOW),
            InflowFold::new,
            (settings, trials) -> new Floods(
                    settings.thresholds(SynFlood.RULE, SynFlood.Settings.class),
                    settings.thresholds(UdpFlood.RULE, UdpFlood.Settings.class),
                    settings.thresholds(IcmpFlood.RULE, IcmpFlood.Settings.class),
                    settings.thresholds(ConnectionFlood.RULE, ConnectionFlood.Settings.class),
                    trials));

    private InflowTypes() {}

    /** See {@link Inflow}. */
    public static final class InflowCodec implements Codec<Inflow> {
        private static final Format FORMAT = Format.of("inflow", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Inflow> type() {
            return Inflow.class;
        }

        @Override
        public void write(Inflow inflow, DataOutput out) throws IOException {
            inflow.write(out);
        }

        @Override
        public Inflow read(DataInput in) throws IOException {
            return Inflow.read(in);
        }
    }

    /** See {@link FloodState}. */
    public static final class StateCodec extends SubjectStateCodec<Inflow, FloodState> {
        private static final Format FORMAT = Format.of("flood-state", 1);
        private static final Floods RULES = Floods.defaults();

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<Inflow> parts() {
            return INFLOW_CODEC;
        }

        @Override
        protected SubjectDetector<?, Inflow, FloodState> detector() {
            return RULES;
        }

        private static final Codec<Inflow> INFLOW_CODEC = new InflowCodec();
    }
}
