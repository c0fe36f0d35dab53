package io.tripline.job.settings.yaml;

import io.tripline.rules.intel.IntelCounts;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.intel.IntelList;
import io.tripline.rules.network.AddressText;
import io.tripline.schemas.Address;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes indicators of one list as text, puts those it understands into the index, and counts the others by kind. */
final class IntelTally {
    /** Wider networks list half the Internet by mistake. */
    private static final int WIDEST_IPV4 = 8;

    private static final int WIDEST_IPV6 = 16;
    private static final int EXAMPLES = 5;
    private static final int NAME_LENGTH = 253;
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private final IntelIndex.Builder index;
    private final String file;
    private final SortedMap<String, Long> notUnderstood = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private long read;
    private long entries;
    private long duplicates;

    IntelTally(IntelIndex.Builder index, String file) {
        this.index = index;
        this.file = file;
    }

    /** One more line or indicator. */
    void read() {
        read++;
    }

    boolean isFull() {
        return index.isFull();
    }

    /** Takes an address, a network or a domain. */
    void take(String text, long line) {
        String why = tryTake(text);
        if (why != null) {
            skip(why, line);
        }
    }

    /** Something that is none of these. */
    void skip(String kind, long line) {
        notUnderstood.merge(kind, 1L, Long::sum);
        if (examples.size() < EXAMPLES) {
            examples.add(file + ":" + line + ": " + kind);
        }
    }

    IntelCounts counts(IntelList list) {
        return new IntelCounts(list, file, read, entries, duplicates, notUnderstood, examples);
    }

    /** Null where it was taken, otherwise why not. */
    private @Nullable String tryTake(String text) {
        int slash = text.indexOf('/');
        Address address = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return tryTakeDomain(text);
        }
        int most = address.isIpv4() ? 32 : 128;
        int length = slash < 0 ? most : length(text, slash + 1);
        if (length < 0 || length > most) {
            return "no network";
        }
        if (length < (address.isIpv4() ? WIDEST_IPV4 : WIDEST_IPV6)) {
            return "network wider than /" + (address.isIpv4() ? WIDEST_IPV4 : WIDEST_IPV6);
        }
        count(index.add(address, length));
        return null;
    }

    private static int length(String text, int from) {
        int length = text.length() - from > 3 || text.length() == from ? -1 : 0;
        for (int i = from; i < text.length() && length >= 0; i++) {
            int digit = text.charAt(i) - '0';
            length = digit < 0 || digit > 9 ? -1 : length * 10 + digit;
        }
        return length;
    }

    private @Nullable String tryTakeDomain(String text) {
        if (text.contains("://")) {
            return "url";
        }
        String name = text.toLowerCase(Locale.ROOT);
        name = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.length() > NAME_LENGTH) {
            return "neither address nor domain";
        }
        if (!name.chars().allMatch(c -> c < 0x80)) {
            try {
                name = IDN.toASCII(name).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                return "neither address nor domain";
            }
        }
        if (!DOMAIN.matcher(name).matches()) {
            return "neither address nor domain";
        }
        count(index.add(name));
        return null;
    }

    private void count(boolean added) {
        entries += added ? 1 : 0;
        duplicates += added ? 0 : 1;
    }
}
