package io.tripline.sensor.flow;

import io.tripline.schemas.UnreadTotal;
import io.tripline.sensor.decode.Unread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Packets and bytes of one batch that could not be read, by reason. */
final class UnreadTotals {
    private final EnumMap<Unread, UnreadTotal> totals = new EnumMap<>(Unread.class);

    void add(Unread reason, int length) {
        UnreadTotal total = totals.computeIfAbsent(reason, key -> new UnreadTotal(key.reason(), 0L, 0L));
        total.setPackets(total.getPackets() + 1);
        total.setBytes(total.getBytes() + length);
    }

    /** The totals as the schema wants them; starts again from 0. */
    List<UnreadTotal> take() {
        List<UnreadTotal> taken = new ArrayList<>(totals.values());
        totals.clear();
        return taken;
    }
}
