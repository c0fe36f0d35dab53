package io.tripline.job.stream;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.intel.IntelContact;
import io.tripline.rules.intel.IntelFold;
import io.tripline.rules.intel.IntelKey;
import io.tripline.rules.intel.IntelMatch;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.JobSettings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.util.OutputTag;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** How contacts with what is listed are keyed, written and judged. */
public final class IntelTypes {
    private static final CodecTypeInfo<IntelKey> KEY = new CodecTypeInfo<>(new KeyCodec());
    private static final CodecTypeInfo<IntelContact> CONTACT = new CodecTypeInfo<>(new ContactCodec());
    private static final CodecTypeInfo<SubjectState<IntelContact, IntelMatch.State>> STATE =
            new CodecTypeInfo<>(new StateCodec());

    static final Subject<IntelKey, IntelContact, IntelMatch.State> SUBJECT = new Subject<>(
            IntelMatch.UID,
            "rule about listed addresses and domains",
            KEY,
            STATE,
            new OutputTag<>("intel-contacts", CONTACT),
            new Folds(),
            (settings, trials) ->
                    new IntelMatch(settings.thresholds(IntelMatch.RULE, IntelMatch.Settings.class), trials));

    private IntelTypes() {}

    /** The lists are in the settings. */
    private static final class Folds implements Subject.Folds<IntelContact> {
        private static final long serialVersionUID = 1;

        @Override
        public Fold fold(Consumer<IntelContact> parts) {
            return new IntelFold(IntelIndex.EMPTY, parts);
        }

        @Override
        public Fold fold(JobSettings settings, Consumer<IntelContact> parts) {
            return new IntelFold(settings.intel(), parts);
        }
    }

    /** See {@link IntelKey}. */
    public static final class KeyCodec implements Codec<IntelKey> {
        private static final Format FORMAT = Format.of("intel-key", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<IntelKey> type() {
            return IntelKey.class;
        }

        @Override
        public void write(IntelKey key, DataOutput out) throws IOException {
            IntelContact.writeKey(key, out);
        }

        @Override
        public IntelKey read(DataInput in) throws IOException {
            return IntelContact.readKey(in);
        }
    }

    /** See {@link IntelContact}. */
    public static final class ContactCodec implements Codec<IntelContact> {
        private static final Format FORMAT = Format.of("intel-contact", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<IntelContact> type() {
            return IntelContact.class;
        }

        @Override
        public void write(IntelContact contact, DataOutput out) throws IOException {
            contact.write(out);
        }

        @Override
        public IntelContact read(DataInput in) throws IOException {
            return IntelContact.read(in);
        }
    }

    /** See {@link IntelMatch.State}. */
    public static final class StateCodec extends SubjectStateCodec<IntelContact, IntelMatch.State> {
        private static final Format FORMAT = Format.of("intel-state", 1);
        private static final IntelMatch RULES = new IntelMatch(IntelMatch.Settings.DEFAULT);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<IntelContact> parts() {
            return new ContactCodec();
        }

        @Override
        protected SubjectDetector<?, IntelContact, IntelMatch.State> detector() {
            return RULES;
        }
    }
}
