package io.tripline.job.stream;

import io.tripline.rules.probe.Activity;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.Details;
import io.tripline.rules.alert.Alert;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Type information of all that flows through the job or is kept in its state. */
public final class Types {
    public static final CodecTypeInfo<Address> ADDRESS = new CodecTypeInfo<>(new AddressCodec());
    public static final CodecTypeInfo<Activity> ACTIVITY = new CodecTypeInfo<>(new ActivityCodec());
    public static final CodecTypeInfo<ActorState> ACTOR_STATE = new CodecTypeInfo<>(new ActorStateCodec());
    public static final CodecTypeInfo<IndicatorEvent> INDICATOR_EVENT = new CodecTypeInfo<>(new IndicatorEventCodec());
    public static final CodecTypeInfo<TrafficMinute> TRAFFIC_MINUTE = new CodecTypeInfo<>(new TrafficMinuteCodec());

    public static final CodecTypeInfo<Finding> FINDING = new CodecTypeInfo<>(new FindingCodec());
    public static final CodecTypeInfo<Alert> ALERT = new CodecTypeInfo<>(new AlertCodec());

    public static final CodecTypeInfo<Late> LATE = new CodecTypeInfo<>(new LateCodec());

    private Types() {}

    /** See {@link Late}. */
    public static final class LateCodec implements Codec<Late> {
        private static final Format FORMAT = Format.of("late", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Late> type() {
            return Late.class;
        }

        @Override
        public void write(Late late, DataOutput out) throws IOException {
            late.write(out);
        }

        @Override
        public Late read(DataInput in) throws IOException {
            return Late.read(in);
        }
    }

    /** See {@link Address}. */
    public static final class AddressCodec implements Codec<Address> {
        private static final Format FORMAT = Format.of("address", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Address> type() {
            return Address.class;
        }

        @Override
        public void write(Address address, DataOutput out) throws IOException {
            out.writeLong(address.high());
            out.writeLong(address.low());
        }

        @Override
        public Address read(DataInput in) throws IOException {
            return new Address(in.readLong(), in.readLong());
        }
    }

    /** See {@link Activity}. */
    public static final class ActivityCodec implements Codec<Activity> {
        private static final Format FORMAT = Format.of("activity", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Activity> type() {
            return Activity.class;
        }

        @Override
        public void write(Activity activity, DataOutput out) throws IOException {
            activity.write(out);
        }

        @Override
        public Activity read(DataInput in) throws IOException {
            return Activity.read(in);
        }
    }

    /** See {@link ActorState}; thresholds are not part of what is stored. */
    public static final class ActorStateCodec implements Codec<ActorState> {
        private static final Format FORMAT = Format.of("actor-state", 1);
        private static final ActorRules RULES = ActorRules.defaults();

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<ActorState> type() {
            return ActorState.class;
        }

        @Override
        public void write(ActorState state, DataOutput out) throws IOException {
            RULES.write(state, out);
        }

        @Override
        public ActorState read(DataInput in) throws IOException {
            return RULES.read(in, GoneRules::skipped);
        }
    }

    /** See {@link IndicatorEvent}. */
    public static final class IndicatorEventCodec implements Codec<IndicatorEvent> {
        private static final Format FORMAT = Format.of("indicator-event", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<IndicatorEvent> type() {
            return IndicatorEvent.class;
        }

        @Override
        public void write(IndicatorEvent event, DataOutput out) throws IOException {
            event.write(out);
        }

        @Override
        public IndicatorEvent read(DataInput in) throws IOException {
            return IndicatorEvent.read(in);
        }
    }

    /** See {@link TrafficMinute}. */
    public static final class TrafficMinuteCodec implements Codec<TrafficMinute> {
        private static final Format FORMAT = Format.of("traffic-minute", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<TrafficMinute> type() {
            return TrafficMinute.class;
        }

        @Override
        public void write(TrafficMinute minute, DataOutput out) throws IOException {
            minute.write(out);
        }

        @Override
        public TrafficMinute read(DataInput in) throws IOException {
            return TrafficMinute.read(in);
        }
    }

    /** See {@link Finding}. */
    public static final class FindingCodec implements Codec<Finding> {
        private static final Format FORMAT = Format.of("finding", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Finding> type() {
            return Finding.class;
        }

        @Override
        public void write(Finding finding, DataOutput out) throws IOException {
            finding.write(out);
        }

        @Override
        public Finding read(DataInput in) throws IOException {
            return Finding.read(in, Details::read);
        }
    }

    /** See {@link Alert}. */
    public static final class AlertCodec implements Codec<Alert> {
        private static final Format FORMAT = Format.of("alert", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Alert> type() {
            return Alert.class;
        }

        @Override
        public void write(Alert alert, DataOutput out) throws IOException {
            alert.write(out);
        }

        @Override
        public Alert read(DataInput in) throws IOException {
            return Alert.read(in);
        }
    }
}
