package io.tripline.rules.network;

import java.util.Map;
import java.util.TreeMap;

/**
 * TCP services that ask who somebody is before they serve: the one list of them. Whose conversations are not with one of these cost the
 * look-up in an array and nothing else.
 *
 * <p>People log in to some of them; to others programs do, often with a connection for each request, so that many short conversations say less
 * there.
 */
public final class LoginServices {
    /** Who logs in as a rule. */
    public enum Client {
        PERSON,
        PROGRAM
    }

    /**
     * One of them.
     *
     * @param name for people and documents
     * @param shortBytes bytes both ways, without opening and closing, that a conversation of failed log-ins has at most
     * @param leastBytesOut bytes from the client without which it has not tried to log in: a health check reads the banner and goes
     * @param hangsUp whether the server ends the conversation after a failed log-in, and the client after work
     */
    public record Login(String name, Client client, int shortBytes, int leastBytesOut, boolean hangsUp) {}

    private static final Login SSH = new Login("ssh", Client.PERSON, 12_000, 800, false);
    private static final Login FTP = new Login("ftp", Client.PERSON, 6_000, 250, false);
    private static final Login TELNET = new Login("telnet", Client.PERSON, 12_000, 250, false);
    private static final Login SMB = new Login("smb", Client.PERSON, 12_000, 500, false);
    private static final Login RDP = new Login("rdp", Client.PERSON, 30_000, 250, false);
    private static final Login VNC = new Login("vnc", Client.PERSON, 6_000, 250, false);
    private static final Login WINRM = new Login("winrm", Client.PERSON, 20_000, 500, false);
    private static final Login MAIL = new Login("mail", Client.PROGRAM, 4_000, 250, false);
    private static final Login MAIL_TLS = new Login("mail", Client.PROGRAM, 10_000, 500, false);
    private static final Login LDAP = new Login("ldap", Client.PROGRAM, 1_500, 130, false);
    private static final Login LDAP_TLS = new Login("ldap", Client.PROGRAM, 10_000, 500, false);
    private static final Login DATABASE = new Login("database", Client.PROGRAM, 1_500, 130, true);
    private static final Login DOCUMENTS = new Login("database", Client.PROGRAM, 1_500, 130, false);
    private static final Login REDIS = new Login("redis", Client.PROGRAM, 1_000, 70, false);

    /** The services under the ports that they are registered for. */
    public static final LoginServices DEFAULT = new LoginServices(Map.ofEntries(
            Map.entry(21, FTP),
            Map.entry(22, SSH),
            Map.entry(2222, SSH),
            Map.entry(23, TELNET),
            Map.entry(110, MAIL),
            Map.entry(139, SMB),
            Map.entry(143, MAIL),
            Map.entry(389, LDAP),
            Map.entry(445, SMB),
            Map.entry(465, MAIL_TLS),
            Map.entry(587, MAIL),
            Map.entry(636, LDAP_TLS),
            Map.entry(990, FTP),
            Map.entry(993, MAIL_TLS),
            Map.entry(995, MAIL_TLS),
            Map.entry(1433, DATABASE),
            Map.entry(1521, DATABASE),
            Map.entry(3306, DATABASE),
            Map.entry(3389, RDP),
            Map.entry(5432, DATABASE),
            Map.entry(5900, VNC),
            Map.entry(5901, VNC),
            Map.entry(5985, WINRM),
            Map.entry(5986, WINRM),
            Map.entry(6379, REDIS),
            Map.entry(27017, DOCUMENTS)));

    private final Login[] byPort = new Login[65_536];

    /**
     * Services by TCP port.
     *
     * @throws IllegalArgumentException if there is no such port
     */
    public LoginServices(Map<Integer, Login> ports) {
        new TreeMap<>(ports).forEach((port, login) -> {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port of " + login.name() + ": " + port + ", must be 1 to 65535");
            }
            byPort[port] = login;
        });
    }

    /** Whether a TCP port is a login service's. */
    public boolean has(int port) {
        return byPort[port & 0xffff] != null;
    }

    /**
     * What there is to know of a port that {@link #has} holds for.
     *
     * @throws IllegalArgumentException if it does not
     */
    public Login of(int port) {
        Login login = byPort[port & 0xffff];
        if (login == null) {
            throw new IllegalArgumentException("nobody logs in to port " + port);
        }
        return login;
    }
}
