package io.tripline.rules.tunnel.dns;

import io.tripline.schemas.Hash;
import java.util.Locale;

/**
 * What a name asked for in DNS looks like, below the domain that somebody registered.
 *
 * @param domain the registered domain; {@link Domains#NONE} where there is none
 * @param hash of what is below it
 * @param length characters below it
 * @param wireLength bytes of the whole name in a message
 * @param characters of these in pieces that look encoded
 * @param bytes that these pieces may carry
 * @param oddCharacters the same by the more lenient measure for record types that carry data
 * @param oddBytes bytes that these may carry
 */
record NameShape(
        String domain,
        long hash,
        int length,
        int wireLength,
        int characters,
        int bytes,
        int oddCharacters,
        int oddBytes) {
    static NameShape of(String name, Domains domains) {
        String lower = name.toLowerCase(Locale.ROOT);
        int start = domains.start(lower);
        String domain = start >= lower.length() ? Domains.NONE : lower.substring(start);
        int end = Math.max(0, start >= lower.length() ? lower.length() : start - 1);
        Pieces pieces = new Pieces();
        StringBuilder piece = new StringBuilder();
        boolean service = false;
        int wire = lower.length() + 2;
        int length = end;
        long hash = Hash.start();
        for (int i = 0; i <= end; i++) {
            char c = i == end ? '.' : lower.charAt(i);
            hash = Hash.append(hash, c);
            if (c == '\\' && i + 3 < lower.length()) {
                // An octet that is no printable character, or would look like a dot.
                piece.append('\u0001');
                wire -= 3;
                length -= 3;
                for (int digits = 0; digits < 3; digits++) {
                    i++;
                    hash = Hash.append(hash, lower.charAt(Math.min(i, lower.length() - 1)));
                }
            } else if (c == '.' || c == '-' || c == '_' || c == '=') {
                service |= c == '_' && (i == 0 || lower.charAt(i - 1) == '.');
                pieces.add(piece);
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        // _domainkey, _dmarc, _ldap._tcp: names that a standard made, whatever stands before them.
        // A browser asks for random names of one label, to find out whether somebody answers for what does not exist.
        boolean alone = lower.indexOf('.') < 0;
        int oddCharacters = service ? pieces.characters : pieces.oddCharacters;
        int oddBytes = service ? pieces.bytes : pieces.oddBytes;
        return new NameShape(
                domain,
                hash ^ (hash >>> 32),
                length,
                wire,
                alone ? 0 : pieces.characters,
                alone ? 0 : pieces.bytes,
                oddCharacters,
                oddBytes);
    }

    private static final class Pieces {
        private int characters;
        private int bytes;
        private int oddCharacters;
        private int oddBytes;

        void add(CharSequence piece) {
            int strict = Encoding.bits(piece, false);
            if (strict > 0) {
                characters += piece.length();
                bytes += piece.length() * strict / 8;
            }
            int lenient = Encoding.bits(piece, true);
            if (lenient > 0) {
                oddCharacters += piece.length();
                oddBytes += piece.length() * lenient / 8;
            }
        }
    }
}
