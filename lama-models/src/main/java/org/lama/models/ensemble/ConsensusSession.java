package org.lama.models.ensemble;

import java.util.List;

/** Consensus in every regime. */
final class ConsensusSession extends FusionSession {
    private final ConsensusSettings settings;

    ConsensusSession(FusionSettings settings, List<String> members, double barsPerDay) {
        super("consensus", settings, members, barsPerDay);
        this.settings = settings.consensus();
    }

    @Override
    Decision decide(Panel used) {
        return ConsensusVote.decide(used, members(), settings);
    }
}
