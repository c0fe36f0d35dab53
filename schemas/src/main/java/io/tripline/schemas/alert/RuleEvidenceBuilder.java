package io.tripline.schemas.alert;

import io.tripline.schemas.alert.RuleEvidence.Claims;
import io.tripline.schemas.alert.RuleEvidence.Flood;
import io.tripline.schemas.alert.RuleEvidence.Intel;
import io.tripline.schemas.alert.RuleEvidence.Limit;
import io.tripline.schemas.alert.RuleEvidence.Login;
import io.tripline.schemas.alert.RuleEvidence.SensorTrouble;
import io.tripline.schemas.alert.RuleEvidence.Tool;
import io.tripline.schemas.alert.RuleEvidence.Tunnel;
import io.tripline.schemas.alert.RuleEvidence.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link RuleEvidence} of what one rule has; the rest stays out. */
public final class RuleEvidenceBuilder {
    private @Nullable Intel intel;
    private @Nullable Tool tool;
    private @Nullable Boolean decoys;
    private List<String> osProbes = List.of();
    private @Nullable Login login;
    private @Nullable Boolean spoofed;
    private @Nullable Flood flood;
    private @Nullable Claims claims;
    private @Nullable Volume volume;
    private @Nullable Limit limit;
    private @Nullable SensorTrouble sensorTrouble;
    private String channel = "";
    private String domain = "";
    private @Nullable Tunnel tunnel;
    private @Nullable Double entropy;

    public RuleEvidenceBuilder intel(Intel intel) {
        this.intel = intel;
        return this;
    }

    public RuleEvidenceBuilder tool(Tool tool) {
        this.tool = tool;
        return this;
    }

    public RuleEvidenceBuilder decoys(boolean decoys) {
        this.decoys = decoys;
        return this;
    }

    public RuleEvidenceBuilder osProbes(List<String> osProbes) {
        this.osProbes = osProbes;
        return this;
    }

    public RuleEvidenceBuilder login(Login login) {
        this.login = login;
        return this;
    }

    public RuleEvidenceBuilder spoofed(boolean spoofed) {
        this.spoofed = spoofed;
        return this;
    }

    public RuleEvidenceBuilder flood(Flood flood) {
        this.flood = flood;
        return this;
    }

    public RuleEvidenceBuilder claims(Claims claims) {
        this.claims = claims;
        return this;
    }

    public RuleEvidenceBuilder volume(Volume volume) {
        this.volume = volume;
        return this;
    }

    public RuleEvidenceBuilder limit(Limit limit) {
        this.limit = limit;
        return this;
    }

    public RuleEvidenceBuilder sensorTrouble(SensorTrouble sensorTrouble) {
        this.sensorTrouble = sensorTrouble;
        return this;
    }

    public RuleEvidenceBuilder channel(String channel) {
        this.channel = channel;
        return this;
    }

    public RuleEvidenceBuilder domain(String domain) {
        this.domain = domain;
        return this;
    }

    public RuleEvidenceBuilder tunnel(Tunnel tunnel) {
        this.tunnel = tunnel;
        return this;
    }

    public RuleEvidenceBuilder entropy(double entropy) {
        this.entropy = entropy;
        return this;
    }

    /** What was given. */
    public RuleEvidence build() {
        return new RuleEvidence(
                intel,
                tool,
                decoys,
                osProbes,
                login,
                spoofed,
                flood,
                claims,
                volume,
                limit,
                sensorTrouble,
                channel,
                domain,
                tunnel,
                entropy);
    }
}
