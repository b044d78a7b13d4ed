package org.lama.datasets;

import org.lama.core.base.Check;

/**
 * A small persistent drift: log return over conditional volatility is y = x + e with Var e = 1 and an autoregressive
 * x' = φ x + η of standard deviation κ. A trader who knows φ, κ and past prices only forecasts x with the Kalman filter.
 *
 * @param phiPerDay φ over one day, in (0, 1)
 * @param kappaPerDay κ for daily bars, in volatilities of one day, above 0
 */
record PlantedEdge(double phiPerDay, double kappaPerDay) {
    /** The edge of the bundled market. */
    static final PlantedEdge DEFAULT = new PlantedEdge(0.7, 0.75);

    PlantedEdge {
        Check.that(phiPerDay > 0 && phiPerDay < 1, "phiPerDay must be in (0, 1), got " + phiPerDay);
        Check.positive(kappaPerDay, "kappaPerDay");
    }

    /** φ over one bar. */
    double phi(double dayFraction) {
        return StrictMath.pow(phiPerDay, dayFraction);
    }

    /** κ in volatilities of one bar: drift grows with time, volatility with its root. */
    double kappa(double dayFraction) {
        return kappaPerDay * StrictMath.sqrt(dayFraction);
    }

    /** Variance of the filter's error in x one step ahead: the fixed point of the Riccati equation, in closed form. */
    double errorVariance(double dayFraction) {
        double phi2 = phi(dayFraction) * phi(dayFraction);
        double k2 = kappa(dayFraction) * kappa(dayFraction);
        // P = φ² P / (P + 1) + (1 - φ²) κ²  <=>  P² + P (1 - φ²)(1 - κ²) - (1 - φ²) κ² = 0
        double b = (1 - phi2) * (1 - k2);
        double c = (1 - phi2) * k2;
        return (-b + StrictMath.sqrt(b * b + 4 * c)) / 2;
    }

    /** Variance of the forecast of y. */
    double forecastVariance(double dayFraction) {
        double k = kappa(dayFraction);
        return k * k - errorVariance(dayFraction);
    }

    /**
     * The Sharpe ratio a year, before costs, of holding max(0, forecast) volatility units until the next close: with
     * forecast m ~ N(0, v) and error variance s², the mean gain of a bar is v / 2 and its second moment (3v² + v s²) / 2.
     */
    double annualSharpe(double dayFraction) {
        double v = forecastVariance(dayFraction);
        double s2 = 1 + errorVariance(dayFraction);
        double variance = (3 * v * v + v * s2) / 2 - v * v / 4;
        return v / 2 / StrictMath.sqrt(variance) * StrictMath.sqrt(365 / dayFraction);
    }
}
