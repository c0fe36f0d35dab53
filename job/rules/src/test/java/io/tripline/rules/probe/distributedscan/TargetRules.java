package io.tripline.rules.probe.distributedscan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.flood.FloodState;
import io.tripline.rules.flood.Floods;
import io.tripline.rules.flood.Inflow;
import io.tripline.rules.flood.InflowFold;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plays what a sensor tells to the rules about targets without any engine; afterwards nothing may be left. */
public final class TargetRules {
    private final Floods rules;
    private final SortedMap<Address, SubjectState<Inflow, FloodState>> targets = new TreeMap<>();

    private TargetRules(Floods rules) {
        this.rules = rules;
    }

    /** All findings of the default rules. */
    public static List<Finding> findings(List<PacketBatch> batches) {
        return findings(batches, Floods.defaults());
    }

    public static List<Finding> findings(List<PacketBatch> batches, Floods rules) {
        TargetRules play = new TargetRules(rules);
        InflowFold fold = new InflowFold(play::add);
        batches.forEach(fold::add);
        fold.flush();
        return play.complete();
    }

    /** The findings with which incidents close. */
    public static List<Finding> closed(Wire wire) {
        return findings(wire.batches()).stream()
                .filter(finding -> finding.stage() == Stage.CLOSED)
                .toList();
    }

    private void add(Inflow inflow) {
        targets.computeIfAbsent(inflow.subject(), target -> new SubjectState<>())
                .add(inflow);
    }

    private List<Finding> complete() {
        List<Finding> findings = new ArrayList<>();
        targets.forEach((target, fresh) -> {
            SubjectState<Inflow, FloodState> state = fresh;
            boolean stored = false;
            while (!state.isIdle()) {
                state.complete(state.next(), target, rules, findings::add);
                if (!stored && !findings.isEmpty()) {
                    state = throughStorage(state);
                    stored = true;
                }
            }
            assertThat(state.next()).isEqualTo(SubjectState.NEVER);
        });
        return findings;
    }

    /** The state as it is after a restart. */
    private SubjectState<Inflow, FloodState> throughStorage(SubjectState<Inflow, FloodState> state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            state.write(rules, new DataOutputStream(bytes));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            SubjectState<Inflow, FloodState> read = SubjectState.read(rules, Inflow::read, in);
            assertThat(in.available()).isZero();
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
