package io.tripline.rules.tunnel.dns;

import com.google.common.net.InternetDomainName;
import java.util.HashMap;
import java.util.Map;

/**
 * Splits names into the domain that somebody registered and what lies below it, by the public suffix list (publicsuffix.org, as Guava holds it);
 * the last two labels where the list does not know the end. A name whose last label can be no top-level domain (it has a digit, or stands alone)
 * has no domain: all of it may be data, as programs send it that ask their own server directly.
 *
 * <p>Memory: {@link #CACHED} names.
 */
public final class Domains {
    /** The domain of names that have none. */
    public static final String NONE = ".";

    private static final int CACHED = 4_096;

    /** The longest public suffixes have five labels. */
    private static final int LABELS = 6;

    private final Map<String, Integer> starts = new HashMap<>();

    /** Where the registered domain begins in a name in lower case; its length where it has none. */
    public int start(String name) {
        int last = name.lastIndexOf('.');
        if (last <= 0 || !isTopLevel(name, last + 1)) {
            return name.length();
        }
        int from = last;
        for (int labels = 1; labels < LABELS && from > 0 && isHostLabel(name, from); labels++) {
            from = name.lastIndexOf('.', from - 1);
        }
        String tail = name.substring(from + 1);
        Integer known = starts.get(tail);
        if (known == null) {
            if (starts.size() >= CACHED) {
                starts.clear();
            }
            known = tail.length() - registeredLength(tail);
            starts.put(tail, known);
        }
        return from + 1 + known;
    }

    private static int registeredLength(String tail) {
        if (InternetDomainName.isValid(tail)) {
            InternetDomainName domain = InternetDomainName.from(tail);
            if (domain.isPublicSuffix()) {
                return tail.length();
            }
            if (domain.isUnderPublicSuffix()) {
                return domain.topPrivateDomain().toString().length();
            }
        }
        int last = tail.lastIndexOf('.');
        return tail.length() - 1 - tail.lastIndexOf('.', last - 1);
    }

    private static boolean isTopLevel(String name, int from) {
        if (name.startsWith("xn--", from)) {
            return true;
        }
        for (int i = from; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 'a' || c > 'z') {
                return false;
            }
        }
        return from < name.length();
    }

    /** Whether the label that ends before the given dot can be a host's. */
    private static boolean isHostLabel(String name, int end) {
        for (int i = end - 1; i >= 0 && name.charAt(i) != '.'; i--) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return name.charAt(end - 1) != '.';
    }
}
