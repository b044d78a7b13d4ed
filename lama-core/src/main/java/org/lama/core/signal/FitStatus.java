package org.lama.core.signal;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How a fit ended: every fitted model carries one.
 *
 * @param outcome what happened
 * @param iterations optimiser iterations or likelihood evaluations spent, at least 0
 * @param gradientNorm largest absolute component of the gradient at the end, NaN where there is none
 * @param reason one sentence on why the outcome is not OK, empty if it is
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record FitStatus(Outcome outcome, int iterations, double gradientNorm, String reason) {
    /**
     * Checks the parts.
     *
     * @param outcome what happened
     * @param iterations optimiser iterations or likelihood evaluations spent, at least 0
     * @param gradientNorm largest absolute component of the gradient at the end, NaN where there is none
     * @param reason one sentence on why the outcome is not OK, empty if it is
     */
    public FitStatus {
        Check.notNull(outcome, "outcome");
        Check.atLeast(iterations, 0, "iterations");
        Check.notNull(reason, "reason");
    }

    /** The six ways in which a fit can end. */
    public enum Outcome {
        /** Converged. */
        OK,
        /** The evaluation budget ran out; the best parameters so far are used. */
        BUDGET,
        /** The deadline came; the best parameters so far are used. */
        TIMEOUT,
        /** The search failed and ARIMA(1,1,1) was fitted instead. */
        FALLBACK_111,
        /** That failed too: random walk, signal 0 and confidence 0. */
        FALLBACK_RW,
        /** The information matrix is singular: parameters are used, standard errors are not. */
        SINGULAR
    }

    /**
     * A converged fit.
     *
     * @param iterations iterations spent
     * @param gradientNorm gradient at the end
     * @return the status
     */
    public static FitStatus ok(int iterations, double gradientNorm) {
        return new FitStatus(Outcome.OK, iterations, gradientNorm, "");
    }

    /**
     * Whether the fit converged.
     *
     * @return true for {@link Outcome#OK}
     */
    public boolean converged() {
        return outcome == Outcome.OK;
    }
}
