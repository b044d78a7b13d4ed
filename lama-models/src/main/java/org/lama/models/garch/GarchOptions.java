package org.lama.models.garch;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Deadline;
import org.lama.core.signal.FitContext;

/**
 * How much work one fit may do.
 *
 * @param maxEvaluations evaluations of the likelihood with its gradient per start, at least 1 (default 2,000)
 * @param deadline polled between iterations (default: none)
 * @param effort how many starts are tried (default: NORMAL)
 * @param standardErrors whether the Hessian and the standard errors are computed (default: true; without them every
 *     standard error is NaN and the fit costs about half)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record GarchOptions(int maxEvaluations, Deadline deadline, Effort effort, boolean standardErrors) {
    /** How many starts are tried. */
    public enum Effort {
        /** The best point of a grid over persistence and reaction. */
        FAST,
        /** The two best points of the grid, and the optimum of the next smaller model beyond order (1,1). */
        NORMAL,
        /** The four best points of the grid, and the optima of all next smaller models, down to ARCH. */
        THOROUGH
    }

    /**
     * Checks the parts.
     *
     * @param maxEvaluations evaluations of the likelihood with its gradient per start, at least 1 (default 2,000)
     * @param deadline polled between iterations (default: none)
     * @param effort how many starts are tried (default: NORMAL)
     * @param standardErrors whether the Hessian and the standard errors are computed (default: true)
     */
    public GarchOptions {
        Check.atLeast(maxEvaluations, 1, "maxEvaluations");
        Check.notNull(deadline, "deadline");
        Check.notNull(effort, "effort");
    }

    /**
     * 2,000 evaluations per start, no deadline, normal effort, with standard errors.
     *
     * @return the defaults
     */
    public static GarchOptions defaults() {
        return new GarchOptions(2_000, Deadline.none(), Effort.NORMAL, true);
    }

    /**
     * The budget of a study with normal effort.
     *
     * @param context the budget
     * @return options with its evaluations and deadline
     */
    public static GarchOptions of(FitContext context) {
        return new GarchOptions(context.maxEvaluations(), context.deadline(), Effort.NORMAL, true);
    }

    /**
     * A copy with another effort.
     *
     * @param other the effort
     * @return the copy
     */
    public GarchOptions with(Effort other) {
        return new GarchOptions(maxEvaluations, deadline, other, standardErrors);
    }

    /**
     * A copy with another budget.
     *
     * @param other evaluations per start
     * @return the copy
     */
    public GarchOptions withMaxEvaluations(int other) {
        return new GarchOptions(other, deadline, effort, standardErrors);
    }

    /**
     * A copy with or without standard errors.
     *
     * @param wanted whether they are computed
     * @return the copy
     */
    public GarchOptions withStandardErrors(boolean wanted) {
        return new GarchOptions(maxEvaluations, deadline, effort, wanted);
    }
}
