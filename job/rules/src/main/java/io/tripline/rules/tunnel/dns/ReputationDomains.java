package io.tripline.rules.tunnel.dns;

import java.util.Set;

/**
 * Domains whose names are look-ups of hashes or addresses by design: file reputation of antivirus programs and block lists. Their names look like a
 * tunnel's and carry something indeed, to whom the owner of the machine chose. It weakens the verdict and does not silence it: who answers on a
 * tunnel's own server may claim any domain.
 */
final class ReputationDomains {
    private static final Set<String> KNOWN = Set.of(
            "mcafee.com",
            "trellix.com",
            "sophosxl.net",
            "sophosxl.com",
            "e5.sk",
            "trendmicro.com",
            "symantec.com",
            "kaspersky-labs.com",
            "bitdefender.net",
            "avast.com",
            "avcdn.net",
            "cymru.com",
            "spamhaus.org",
            "spamhaus.net",
            "surbl.org",
            "uribl.com",
            "senderbase.org",
            "barracudabrts.com",
            "dnswl.org",
            "abuse.ch");

    private ReputationDomains() {}

    static boolean contains(String domain) {
        return KNOWN.contains(domain);
    }
}
