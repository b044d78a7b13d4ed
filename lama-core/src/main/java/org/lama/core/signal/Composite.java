package org.lama.core.signal;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a combiner makes of the members' signals for one symbol at one decision time.
 *
 * @param signal combined direction and strength in [-1, 1]
 * @param confidence combined trust in [0, 1]
 * @param sizeMultiplier product of regime factor and risk members' multipliers, in [0, 1]
 * @param regime the regime that held
 * @param contributions what each directional member added; the contributions of a linear method sum to the signal
 * @param method the method that decided (consensus in a crisis, whatever was configured)
 * @param vetoes why members were dropped or the result is flat, one sentence each; empty if nothing was
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Composite(
        double signal,
        double confidence,
        double sizeMultiplier,
        RegimeLabel regime,
        List<Contribution> contributions,
        String method,
        List<String> vetoes) {
    /**
     * Checks ranges and copies the lists.
     *
     * @param signal combined direction and strength in [-1, 1]
     * @param confidence combined trust in [0, 1]
     * @param sizeMultiplier product of regime factor and risk members' multipliers, in [0, 1]
     * @param regime the regime that held
     * @param contributions what each directional member added; the contributions of a linear method sum to the signal
     * @param method the method that decided (consensus in a crisis, whatever was configured)
     * @param vetoes why members were dropped or the result is flat, one sentence each; empty if nothing was
     */
    public Composite {
        Check.inRange(signal, -1, 1, "signal");
        Check.inRange(confidence, 0, 1, "confidence");
        Check.inRange(sizeMultiplier, 0, 1, "sizeMultiplier");
        Check.notNull(regime, "regime");
        Check.notBlank(method, "method");
        contributions = List.copyOf(contributions);
        vetoes = List.copyOf(vetoes);
    }

    /**
     * What one member added to the signal.
     *
     * @param member name of the member
     * @param weight its weight, normalised over the members used
     * @param amount its part of the combined signal
     */
    public record Contribution(String member, double weight, double amount) {}

    /**
     * Signal times confidence: the strength that sizing scales.
     *
     * @return in [-1, 1]
     */
    public double strength() {
        return signal * confidence;
    }
}
