package io.tripline.rules.tunnel.dns;

/**
 * Judges whether a piece of a name looks like encoded data, and how many bits each of its characters may carry: hexadecimal 4, base 32 and the like
 * 5, raw bytes 7. In lower case, since resolvers may change case as they like (0x20 encoding).
 *
 * <p>Words are told from data by how often letters follow each other as they do in names that people choose: {@link #COMMON} lists such pairs, about
 * a quarter of all. Random letters hit a quarter of the time, words most of the time. Digits scattered among letters speak for data too.
 */
final class Encoding {
    /** Shorter pieces tell nothing. */
    static final int SHORTEST = 8;

    /** In a record type that only programs with something to carry ask for, these tell. */
    static final int SHORTEST_IN_ODD_TYPES = 6;

    private static final int NUMBER = 20;
    private static final int LONG = 16;

    private static final String COMMON = """
            th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea
            ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie
            wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab
            gh ty op wo sa ay ex ke ui cl ag sc do ap sp ck ks ub if gl bu up ga tt ff oo ep ov um nn pp rr cr dr fr gr br cd go ok
            od ob ru rd rk da ew ey ye af ef lu ue ua pu du mu nu fu cu bo ba bi mb rm rn rl rv rc rg sk sl sm sn sw tw tc ws ds gs
            ls ms ps lt lp lf ft pt xt ax ix ym yp ys iz az ze
            """;

    private static final long[] PAIRS = pairs();

    private Encoding() {}

    /**
     * Bits that a character of the piece may carry; 0 where it looks like a word or a number.
     *
     * @param lenient whether the record type alone is reason for doubt
     */
    static int bits(CharSequence piece, boolean lenient) {
        int length = piece.length();
        if (length < (lenient ? SHORTEST_IN_ODD_TYPES : SHORTEST)) {
            return 0;
        }
        int digits = 0;
        int changes = 0;
        int pairs = 0;
        int common = 0;
        boolean hexadecimal = true;
        int before = 0;
        for (int i = 0; i < length; i++) {
            char c = piece.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= 'z';
            if (!digit && !letter) {
                return 7;
            }
            digits += digit ? 1 : 0;
            hexadecimal &= digit || c <= 'f';
            if (i > 0) {
                boolean afterDigit = before <= '9';
                changes += afterDigit != digit ? 1 : 0;
                pairs += !afterDigit && letter ? 1 : 0;
                common += !afterDigit && letter && isCommon(before, c) ? 1 : 0;
            }
            before = c;
        }
        if (digits == length) {
            return length >= NUMBER ? 3 : 0;
        }
        if (hexadecimal && digits >= 2 && changes >= 2) {
            return 4;
        }
        boolean scattered = changes >= 3 && changes * 100 >= length * 15;
        int usual = lenient ? 55 : length >= LONG ? 45 : 38;
        boolean strange = pairs >= 5 && common * 100 < pairs * usual;
        return scattered || strange || (lenient && digits > 0 && changes >= 2) ? 5 : 0;
    }

    private static boolean isCommon(int first, int second) {
        int pair = (first - 'a') * 26 + second - 'a';
        return (PAIRS[pair >> 6] >>> (pair & 63) & 1) != 0;
    }

    private static long[] pairs() {
        long[] bits = new long[(26 * 26 + 63) / 64];
        for (String pair : COMMON.split("\\s+", -1)) {
            if (!pair.isEmpty()) {
                int number = (pair.charAt(0) - 'a') * 26 + pair.charAt(1) - 'a';
                bits[number >> 6] |= 1L << (number & 63);
            }
        }
        return bits;
    }
}
