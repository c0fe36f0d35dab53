package io.tripline.rules.volume;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is remembered of one segment: its sources, and which of them have an incident open. */
public final class VolumeState {
    /** Sources of a segment that are remembered. */
    static final int SOURCES = 65_536;

    final Map<Address, SourceVolume> sources = new HashMap<>();
    final SortedMap<Address, SourceVolume> open = new TreeMap<>();
    long lastSecond = Long.MIN_VALUE;
    long tidied = Long.MIN_VALUE;

    /** Packets of sources that found no room. */
    long uncounted;

    void write(DataOutput out) throws IOException {
        out.writeLong(lastSecond);
        out.writeLong(tidied);
        out.writeLong(uncounted);
        out.writeInt(sources.size());
        for (Map.Entry<Address, SourceVolume> source : sources.entrySet()) {
            out.writeLong(source.getKey().high());
            out.writeLong(source.getKey().low());
            source.getValue().write(out);
        }
    }

    static VolumeState read(DataInput in) throws IOException {
        VolumeState state = new VolumeState();
        state.lastSecond = in.readLong();
        state.tidied = in.readLong();
        state.uncounted = in.readLong();
        for (int i = Stored.readSize(in, SOURCES, "sources"); i > 0; i--) {
            Address address = new Address(in.readLong(), in.readLong());
            SourceVolume source = SourceVolume.read(in);
            state.sources.put(address, source);
            if (source.episode != null) {
                state.open.put(address, source);
            }
        }
        return state;
    }
}
