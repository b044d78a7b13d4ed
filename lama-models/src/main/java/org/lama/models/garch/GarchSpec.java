package org.lama.models.garch;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The form of a volatility model for returns r_t = mu + e_t, e_t = sigma_t z_t, z_t independent with unit variance.
 *
 * <p>ARCH (Engle 1982), GARCH (Bollerslev 1986) and GJR (Glosten, Jagannathan and Runkle 1993): sigma_t^2 = omega + sum
 * alpha_i e_{t-i}^2 + sum gamma_i e_{t-i}^2 [e_{t-i} &lt; 0] + sum beta_j sigma_{t-j}^2. EGARCH (Nelson 1991): ln
 * sigma_t^2 = omega + sum alpha_i (|z_{t-i}| - sqrt(2/pi)) + sum gamma_i z_{t-i} + sum beta_j ln sigma_{t-j}^2.
 *
 * @param kind the recursion
 * @param p lags of the size of a shock (alpha), 1 to 10
 * @param o lags of its sign (gamma): 0 for ARCH and GARCH, 1 to 10 for GJR, 0 to 10 for EGARCH
 * @param q lags of the variance (beta): 0 for ARCH, else 0 to 10
 * @param distribution of z_t
 * @param mean of the returns
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record GarchSpec(Kind kind, int p, int o, int q, Distribution distribution, Mean mean) {
    private static final int MAX_ORDER = 10;
    private static final int ROWS_PER_PARAMETER = 5;

    /** The recursion of the variance. */
    public enum Kind {
        /** Squared shocks only. */
        ARCH,
        /** Squared shocks and past variances. */
        GARCH,
        /** As GARCH, with an extra weight on negative shocks. */
        GJR,
        /** The logarithm of the variance, driven by standardised shocks. */
        EGARCH
    }

    /** The distribution of the standardised shocks. */
    public enum Distribution {
        /** Standard normal; with robust errors the quasi maximum likelihood of Bollerslev and Wooldridge (1992). */
        NORMAL,
        /** Student's t scaled to unit variance, nu degrees of freedom in [2.05, 500] (Bollerslev 1987). */
        STUDENT_T
    }

    /** The mean of the returns. */
    public enum Mean {
        /** mu is estimated. */
        CONSTANT,
        /** mu = 0. */
        ZERO
    }

    /**
     * Checks the ranges.
     *
     * @param kind the recursion
     * @param p lags of the size of a shock (alpha), 1 to 10
     * @param o lags of its sign (gamma): 0 for ARCH and GARCH, 1 to 10 for GJR, 0 to 10 for EGARCH
     * @param q lags of the variance (beta): 0 for ARCH, else 0 to 10
     * @param distribution of z_t
     * @param mean of the returns
     */
    public GarchSpec {
        Check.notNull(kind, "kind");
        Check.notNull(distribution, "distribution");
        Check.notNull(mean, "mean");
        Check.inRange(p, 1, MAX_ORDER, "p");
        boolean symmetric = kind == Kind.ARCH || kind == Kind.GARCH;
        Check.that(!symmetric || o == 0, "o must be 0 for " + kind + " (GJR and EGARCH have gamma), got " + o);
        Check.inRange(o, kind == Kind.GJR ? 1 : 0, MAX_ORDER, "o");
        Check.that(kind != Kind.ARCH || q == 0, "q must be 0 for ARCH (GARCH has beta), got " + q);
        Check.inRange(q, 0, MAX_ORDER, "q");
    }

    /**
     * ARCH(p), normal, constant mean.
     *
     * @param p lags of squared shocks
     * @return the form
     */
    public static GarchSpec arch(int p) {
        return new GarchSpec(Kind.ARCH, p, 0, 0, Distribution.NORMAL, Mean.CONSTANT);
    }

    /**
     * GARCH(p,q), normal, constant mean.
     *
     * @param p lags of squared shocks
     * @param q lags of the variance
     * @return the form
     */
    public static GarchSpec garch(int p, int q) {
        return new GarchSpec(Kind.GARCH, p, 0, q, Distribution.NORMAL, Mean.CONSTANT);
    }

    /**
     * GJR-GARCH(p,o,q), normal, constant mean.
     *
     * @param p lags of squared shocks
     * @param o lags of squared negative shocks
     * @param q lags of the variance
     * @return the form
     */
    public static GarchSpec gjr(int p, int o, int q) {
        return new GarchSpec(Kind.GJR, p, o, q, Distribution.NORMAL, Mean.CONSTANT);
    }

    /**
     * EGARCH(p,o,q), normal, constant mean.
     *
     * @param p lags of the size of a shock
     * @param o lags of its sign
     * @param q lags of the logarithm of the variance
     * @return the form
     */
    public static GarchSpec egarch(int p, int o, int q) {
        return new GarchSpec(Kind.EGARCH, p, o, q, Distribution.NORMAL, Mean.CONSTANT);
    }

    /**
     * A copy with another distribution.
     *
     * @param other the distribution
     * @return the copy
     */
    public GarchSpec with(Distribution other) {
        return new GarchSpec(kind, p, o, q, other, mean);
    }

    /**
     * A copy with another mean.
     *
     * @param other the mean
     * @return the copy
     */
    public GarchSpec with(Mean other) {
        return new GarchSpec(kind, p, o, q, distribution, other);
    }

    /**
     * Number of estimated parameters.
     *
     * @return at least 2
     */
    public int parameters() {
        return (constantMean() ? 1 : 0) + 1 + p + o + q + (student() ? 1 : 0);
    }

    /**
     * Fewest returns that a fit takes: five for each parameter and the longest lag. With fewer there is no telling a
     * moving variance from a constant one, and robust errors are a sum of fewer terms than they have entries. (The
     * reference package arch has no limit and returns the border of its search.)
     *
     * @return at least 11
     */
    public int minimumRows() {
        return ROWS_PER_PARAMETER * parameters() + maxLag();
    }

    /**
     * Names of the parameters in their order: mu, omega, alpha[1].., gamma[1].., beta[1].., nu, as the reference package
     * arch names them.
     *
     * @return as many names as there are {@link #parameters()}
     */
    public List<String> parameterNames() {
        List<String> names = new ArrayList<>();
        if (constantMean()) {
            names.add("mu");
        }
        names.add("omega");
        number(names, "alpha", p);
        number(names, "gamma", o);
        number(names, "beta", q);
        if (student()) {
            names.add("nu");
        }
        return List.copyOf(names);
    }

    private static void number(List<String> names, String name, int count) {
        for (int i = 1; i <= count; i++) {
            names.add(name + "[" + i + "]");
        }
    }

    boolean constantMean() {
        return mean == Mean.CONSTANT;
    }

    boolean student() {
        return distribution == Distribution.STUDENT_T;
    }

    boolean logarithmic() {
        return kind == Kind.EGARCH;
    }

    int maxLag() {
        return Math.max(p, Math.max(o, q));
    }

    /** Where the parameters stand in an array; -1 for those that the model has not. */
    int muAt() {
        return constantMean() ? 0 : -1;
    }

    int omegaAt() {
        return constantMean() ? 1 : 0;
    }

    int alphaAt() {
        return omegaAt() + 1;
    }

    int gammaAt() {
        return alphaAt() + p;
    }

    int betaAt() {
        return gammaAt() + o;
    }

    int nuAt() {
        return student() ? betaAt() + q : -1;
    }

    @Override
    public String toString() {
        String order = switch (kind) {
            case ARCH -> "ARCH(" + p + ")";
            case GARCH -> "GARCH(" + p + "," + q + ")";
            case GJR -> "GJR-GARCH(" + p + "," + o + "," + q + ")";
            case EGARCH -> "EGARCH(" + p + "," + o + "," + q + ")";
        };
        return order + (student() ? " with Student t" : "") + (constantMean() ? "" : " with zero mean");
    }
}
