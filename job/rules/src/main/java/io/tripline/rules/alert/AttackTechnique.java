package io.tripline.rules.alert;

import org.jspecify.annotations.Nullable;

/**
 * A technique of MITRE ATT&amp;CK (Enterprise) with the tactic that it serves.
 *
 * @param sub the sub-technique where one fits
 * @see <a href="https://attack.mitre.org">MITRE ATT&amp;CK</a>
 */
public record AttackTechnique(
        Entry tactic, Entry technique, @Nullable Entry sub) {
    private static final String SITE = "https://attack.mitre.org/";
    private static final Entry DISCOVERY = new Entry("TA0007", "Discovery", SITE + "tactics/TA0007/");
    private static final Entry RECONNAISSANCE = new Entry("TA0043", "Reconnaissance", SITE + "tactics/TA0043/");

    private static final Entry IMPACT = new Entry("TA0040", "Impact", SITE + "tactics/TA0040/");
    private static final Entry NETWORK_DENIAL =
            new Entry("T1498", "Network Denial of Service", SITE + "techniques/T1498/");
    private static final Entry ENDPOINT_DENIAL =
            new Entry("T1499", "Endpoint Denial of Service", SITE + "techniques/T1499/");

    /** Filling a target's connection. */
    public static final AttackTechnique DIRECT_NETWORK_FLOOD = new AttackTechnique(
            IMPACT, NETWORK_DENIAL, new Entry("T1498.001", "Direct Network Flood", SITE + "techniques/T1498/001/"));

    /** Filling the tables of a target's operating system. */
    public static final AttackTechnique OS_EXHAUSTION_FLOOD = new AttackTechnique(
            IMPACT, ENDPOINT_DENIAL, new Entry("T1499.001", "OS Exhaustion Flood", SITE + "techniques/T1499/001/"));

    /** Keeping a target's service busy. */
    public static final AttackTechnique SERVICE_EXHAUSTION_FLOOD = new AttackTechnique(
            IMPACT,
            ENDPOINT_DENIAL,
            new Entry("T1499.002", "Service Exhaustion Flood", SITE + "techniques/T1499/002/"));

    private static final Entry CREDENTIAL_ACCESS = new Entry("TA0006", "Credential Access", SITE + "tactics/TA0006/");

    /** Claiming others' addresses on the segment. */
    public static final AttackTechnique ARP_CACHE_POISONING = new AttackTechnique(
            CREDENTIAL_ACCESS,
            new Entry("T1557", "Adversary-in-the-Middle", SITE + "techniques/T1557/"),
            new Entry("T1557.002", "ARP Cache Poisoning", SITE + "techniques/T1557/002/"));

    private static final Entry COMMAND_AND_CONTROL =
            new Entry("TA0011", "Command and Control", SITE + "tactics/TA0011/");

    /** Carrying data in a protocol below applications. */
    public static final AttackTechnique NON_APPLICATION_LAYER_PROTOCOL = new AttackTechnique(
            COMMAND_AND_CONTROL,
            new Entry("T1095", "Non-Application Layer Protocol", SITE + "techniques/T1095/"),
            null);

    /** Carrying commands and data in DNS. */
    public static final AttackTechnique APPLICATION_LAYER_DNS = new AttackTechnique(
            COMMAND_AND_CONTROL,
            new Entry("T1071", "Application Layer Protocol", SITE + "techniques/T1071/"),
            new Entry("T1071.004", "DNS", SITE + "techniques/T1071/004/"));

    /** Looking for services from inside. */
    public static final AttackTechnique NETWORK_SERVICE_DISCOVERY = new AttackTechnique(
            DISCOVERY, new Entry("T1046", "Network Service Discovery", SITE + "techniques/T1046/"), null);

    /** Looking for hosts from inside. */
    public static final AttackTechnique REMOTE_SYSTEM_DISCOVERY = new AttackTechnique(
            DISCOVERY, new Entry("T1018", "Remote System Discovery", SITE + "techniques/T1018/"), null);

    /** Looking for hosts and services from outside. */
    public static final AttackTechnique SCANNING_IP_BLOCKS = new AttackTechnique(
            RECONNAISSANCE,
            new Entry("T1595", "Active Scanning", SITE + "techniques/T1595/"),
            new Entry("T1595.001", "Scanning IP Blocks", SITE + "techniques/T1595/001/"));

    /** Looking for what a host runs. */
    public static final AttackTechnique HOST_INFORMATION = new AttackTechnique(
            RECONNAISSANCE, new Entry("T1592", "Gather Victim Host Information", SITE + "techniques/T1592/"), null);

    /** Trying passwords. */
    public static final AttackTechnique BRUTE_FORCE = new AttackTechnique(
            new Entry("TA0006", "Credential Access", SITE + "tactics/TA0006/"),
            new Entry("T1110", "Brute Force", SITE + "techniques/T1110/"),
            null);

    /** Identifier, name and address of its page. */
    public record Entry(String id, String name, String reference) {}
}
