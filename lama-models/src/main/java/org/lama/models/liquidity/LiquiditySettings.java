package org.lama.models.liquidity;

import java.time.Duration;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.features.RollingRank;
import org.lama.core.features.RollingWindow;

/**
 * Settings of the liquidity score and its model.
 *
 * @param profile the configured components; empty to let the columns of each frame decide
 * @param rankWindow window of the rolling ranks (default 365 days)
 * @param rankMinimum least span of present values of a component (default 90 days)
 * @param minimumCoverage coverage below which the confidence is 0, in [0, 1] (default 0.5)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // absence is a setting here
public record LiquiditySettings(
        Optional<LiquidityProfile> profile, Duration rankWindow, Duration rankMinimum, double minimumCoverage) {
    /**
     * Checks ranges.
     *
     * @param profile the configured components; empty to let the columns of each frame decide
     * @param rankWindow window of the rolling ranks (default 365 days)
     * @param rankMinimum least span of present values of a component (default 90 days)
     * @param minimumCoverage coverage below which the confidence is 0, in [0, 1] (default 0.5)
     */
    public LiquiditySettings {
        Check.notNull(profile, "profile");
        Check.that(rankMinimum.toNanos() > 0, "rankMinimum must be > 0, got " + rankMinimum);
        Check.that(
                rankWindow.compareTo(rankMinimum) >= 0,
                "rankWindow must be >= rankMinimum " + rankMinimum + ", got " + rankWindow);
        Check.inRange(minimumCoverage, 0, 1, "minimumCoverage");
    }

    /**
     * Profile by columns, ranks over 365 days with at least 90 days, coverage of at least a half.
     *
     * @return the default settings
     */
    public static LiquiditySettings defaults() {
        return new LiquiditySettings(Optional.empty(), RollingRank.DEFAULT_WINDOW, RollingRank.DEFAULT_MINIMUM, 0.5);
    }

    /**
     * The same settings with a fixed profile.
     *
     * @param fixed the profile
     * @return a copy
     */
    public LiquiditySettings withProfile(LiquidityProfile fixed) {
        return new LiquiditySettings(Optional.of(fixed), rankWindow, rankMinimum, minimumCoverage);
    }

    /** The window of the ranks in bars. */
    RollingWindow window(long barNanos) {
        return RollingWindow.ofSpan(rankWindow, rankMinimum, barNanos);
    }
}
