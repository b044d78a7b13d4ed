package org.lama.core.signal;

import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Distributions;

/**
 * The law that a fitted model takes its standardised residuals for: normal, or Student's t scaled to unit variance
 * (Bollerslev 1987, Review of Economics and Statistics 69, 542-547), whose quantiles are those of t times {@code
 * sqrt((nu - 2) / nu)}. Mean 0 and variance 1 in both cases. Figures, tests and intervals of one model must all use it.
 * Immutable and thread-safe.
 *
 * @param degreesOfFreedom nu, above 2; infinite for the normal law
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ShockLaw(double degreesOfFreedom) {
    private static final double DEEP_TAIL = 1e-10;
    private static final double FARTHEST = 38;

    /**
     * Checks the degrees of freedom.
     *
     * @param degreesOfFreedom nu, above 2; infinite for the normal law
     */
    public ShockLaw {
        Check.that(degreesOfFreedom > 2, "degreesOfFreedom must be > 2, got " + degreesOfFreedom);
    }

    /**
     * The standard normal law.
     *
     * @return the law
     */
    public static ShockLaw normal() {
        return new ShockLaw(Double.POSITIVE_INFINITY);
    }

    /**
     * The law of a fitted model: Student's t for a model of conditional volatility (one with the vector {@code
     * conditionalVolatility}) whose coefficient {@code nu} is above 2, else normal. The vector is asked for because a
     * regressor may be called nu.
     *
     * @param model the fitted model
     * @return the law
     */
    public static ShockLaw of(ModelSummary model) {
        double nu = model.coefficients().stream()
                .filter(coefficient -> coefficient.name().equals("nu"))
                .mapToDouble(ModelSummary.Coefficient::estimate)
                .findFirst()
                .orElse(Double.NaN);
        return nu > 2 && model.vectors().containsKey("conditionalVolatility") ? new ShockLaw(nu) : normal();
    }

    /**
     * Whether it is the normal law.
     *
     * @return false for Student's t
     */
    public boolean isNormal() {
        return Double.isInfinite(degreesOfFreedom);
    }

    /** Standard deviation of t, by which it is divided. */
    private double scale() {
        return Math.sqrt(degreesOfFreedom / (degreesOfFreedom - 2));
    }

    /**
     * The quantile.
     *
     * @param p probability in [0, 1]
     * @return x with P(X &lt;= x) = p, in standard deviations; NaN for NaN
     */
    public double quantile(double p) {
        return isNormal()
                ? Distributions.normalQuantile(p)
                : Distributions.studentQuantile(p, degreesOfFreedom) / scale();
    }

    /**
     * The upper tail.
     *
     * @param x in standard deviations
     * @return P(X &gt; x)
     */
    public double tail(double x) {
        return isNormal() ? Distributions.normalTail(x) : Distributions.studentTail(x * scale(), degreesOfFreedom);
    }

    /**
     * The density.
     *
     * @param x in standard deviations
     * @return the density, at least 0
     */
    public double density(double x) {
        return isNormal()
                ? Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
                : Distributions.studentDensity(x * scale(), degreesOfFreedom) * scale();
    }

    /**
     * The standard normal number that has as much of the normal law below it as x has of this law: the normal score of
     * the probability integral transform. Standard normal if x follows this law.
     *
     * @param x in standard deviations
     * @return the score, at most 38 in size; NaN where x is not finite
     */
    public double normalScore(double x) {
        if (!Double.isFinite(x) || isNormal()) {
            return Double.isFinite(x) ? x : Double.NaN;
        }
        double above = tail(Math.abs(x));
        double size = above > DEEP_TAIL ? -Distributions.normalQuantile(above) : deepScore(above);
        return x < 0 ? -size : size;
    }

    /** Far out the normal quantile loses its digits, its tail does not. */
    private static double deepScore(double above) {
        double low = 0;
        double high = FARTHEST;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (Distributions.normalTail(middle) > above) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * Lower end of a forecast interval: as the model gives it for 80 and 95, else mean less quantile times standard
     * error. For Student's t exact one row ahead, an approximation beyond.
     *
     * @param step one step of the forecast
     * @param levelPercent share inside, in (0, 100) per cent
     * @return the end, in units of the forecast
     */
    public double lower(ModelSummary.ForecastStep step, double levelPercent) {
        if (levelPercent == 80) {
            return step.lower80();
        }
        return levelPercent == 95 ? step.lower95() : step.mean() - width(levelPercent) * step.standardError();
    }

    /**
     * Upper end of a forecast interval; see {@link #lower}.
     *
     * @param step one step of the forecast
     * @param levelPercent share inside, in (0, 100) per cent
     * @return the end, in units of the forecast
     */
    public double upper(ModelSummary.ForecastStep step, double levelPercent) {
        if (levelPercent == 80) {
            return step.upper80();
        }
        return levelPercent == 95 ? step.upper95() : step.mean() + width(levelPercent) * step.standardError();
    }

    private double width(double levelPercent) {
        Check.that(
                levelPercent > 0 && levelPercent < 100,
                "levelPercent must be in (0, 100) per cent, got " + levelPercent);
        return quantile(0.5 + levelPercent / 200);
    }

    /**
     * The law in two words: {@code normal law} or {@code t(4.53) law}.
     *
     * @return the words
     */
    @Override
    public String toString() {
        return isNormal() ? "normal law" : String.format(Locale.ROOT, "t(%.3g) law", degreesOfFreedom);
    }
}
