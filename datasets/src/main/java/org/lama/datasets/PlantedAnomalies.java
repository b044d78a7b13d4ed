package org.lama.datasets;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Which anomalies stand in the books of the synthetic market, and what follows them. Each asset has its own, at times that
 * do not depend on prices; kinds and sides are equally likely.
 *
 * @param perYear mean number for each asset in a year, above 0 and at most 60, at least two bars apart
 * @param adverseShare share of them that a move in the next bar follows, in [0, 1]; 0 is a market whose anomalies say nothing
 * @param adverseMove size of such a move in volatilities of its bar, in (0, 10]: down after an empty or a torn book, towards
 *     the empty side after a one-sided one, away from the great orders after pretended ones
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record PlantedAnomalies(double perYear, double adverseShare, double adverseMove) {
    /**
     * Checks ranges.
     *
     * @param perYear mean number for each asset in a year, above 0 and at most 60, at least two bars apart
     * @param adverseShare share of them that a move in the next bar follows, in [0, 1]; 0 is a market whose anomalies say
     *     nothing
     * @param adverseMove size of such a move in volatilities of its bar, in (0, 10]
     */
    public PlantedAnomalies {
        Check.positive(perYear, "perYear");
        Check.inRange(perYear, 0, 60, "perYear");
        Check.inRange(adverseShare, 0, 1, "adverseShare");
        Check.positive(adverseMove, "adverseMove");
        Check.inRange(adverseMove, 0, 10, "adverseMove");
    }

    /**
     * Eight a year, of which six in ten are followed by a move of three volatilities.
     *
     * @return anomalies that foretell risk
     */
    public static PlantedAnomalies informative() {
        return new PlantedAnomalies(8, 0.6, 3);
    }

    /**
     * Eight a year that nothing follows: who heeds them gains nothing.
     *
     * @return anomalies that foretell nothing
     */
    public static PlantedAnomalies empty() {
        return new PlantedAnomalies(8, 0, 3);
    }

    /**
     * Whether nothing follows any of them.
     *
     * @return true if so
     */
    public boolean isNull() {
        return adverseShare == 0;
    }
}
