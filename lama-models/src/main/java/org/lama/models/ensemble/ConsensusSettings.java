package org.lama.models.ensemble;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * When members agree.
 *
 * @param minimumSignal a member votes if |signal| lies above this (default 0.1), in [0, 1]
 * @param minimumConfidence and its confidence above this (default 0.3), in [0, 1]
 * @param minimumVotes the side needs at least this many votes (default 2) and half of the members, at least 1
 * @param strongOpposition one opposite member with |signal| times confidence above this (default 0.5) blocks the vote,
 *     in [0, 1]; 1 never blocks
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ConsensusSettings(
        double minimumSignal, double minimumConfidence, int minimumVotes, double strongOpposition) {
    /**
     * Checks ranges.
     *
     * @param minimumSignal a member votes if |signal| lies above this (default 0.1), in [0, 1]
     * @param minimumConfidence and its confidence above this (default 0.3), in [0, 1]
     * @param minimumVotes the side needs at least this many votes (default 2) and half of the members, at least 1
     * @param strongOpposition one opposite member with |signal| times confidence above this (default 0.5) blocks the vote,
     *     in [0, 1]; 1 never blocks
     */
    public ConsensusSettings {
        Check.inRange(minimumSignal, 0, 1, "minimumSignal");
        Check.inRange(minimumConfidence, 0, 1, "minimumConfidence");
        Check.atLeast(minimumVotes, 1, "minimumVotes");
        Check.inRange(strongOpposition, 0, 1, "strongOpposition");
    }

    /**
     * 0.1, 0.3, 2 and 0.5.
     *
     * @return the settings
     */
    public static ConsensusSettings defaults() {
        return new ConsensusSettings(0.1, 0.3, 2, 0.5);
    }
}
