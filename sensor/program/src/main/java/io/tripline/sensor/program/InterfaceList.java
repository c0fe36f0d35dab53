package io.tripline.sensor.program;

import io.tripline.schemas.SafeText;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.PrintWriter;
import java.util.List;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** Prints the interfaces that can be captured on. */
final class InterfaceList {
    private final PrintWriter out;

    InterfaceList(PrintWriter out) {
        this.out = out;
    }

    int print() {
        List<PcapNetworkInterface> all;
        try {
            all = Pcaps.findAllDevs();
        } catch (PcapNativeException e) {
            throw new UserError(ExitStatus.INPUT_OUTPUT, "cannot list interfaces: " + e.getMessage());
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new UserError(
                    ExitStatus.INPUT_OUTPUT, "libpcap is not installed; get it with: apt-get install libpcap0.8");
        }
        for (PcapNetworkInterface each : all) {
            StringBuilder line = new StringBuilder(SafeText.escaped(each.getName(), SensorCommand.SHOWN));
            for (PcapAddress address : each.getAddresses()) {
                if (address.getAddress() != null) {
                    line.append(' ').append(address.getAddress().getHostAddress());
                }
            }
            if (!each.isUp()) {
                line.append(" (down)");
            }
            if (each.getDescription() != null) {
                line.append("  ").append(SafeText.escaped(each.getDescription(), SensorCommand.SHOWN));
            }
            out.println(line);
        }
        if (all.isEmpty()) {
            throw new UserError(
                    ExitStatus.INPUT_OUTPUT, "no interface can be captured on; run as root or with CAP_NET_RAW");
        }
        out.flush();
        return ExitStatus.DONE;
    }
}
