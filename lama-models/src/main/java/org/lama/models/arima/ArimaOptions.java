package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Deadline;
import org.lama.core.signal.FitContext;

/**
 * How much work one ARIMA fit may do.
 *
 * @param maxEvaluations evaluations of the likelihood with its gradient per order, at least 1 (default 2,000)
 * @param deadline polled between iterations (default: none)
 * @param effort how many starts are tried (default: NORMAL)
 * @param method what is optimised (default: ML)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ArimaOptions(int maxEvaluations, Deadline deadline, Effort effort, Method method) {
    /**
     * Checks the parts.
     *
     * @param maxEvaluations evaluations of the likelihood with its gradient per order, at least 1 (default 2,000)
     * @param deadline polled between iterations (default: none)
     * @param effort how many starts are tried (default: NORMAL)
     * @param method what is optimised (default: ML)
     */
    public ArimaOptions {
        Check.atLeast(maxEvaluations, 1, "maxEvaluations");
        Check.notNull(deadline, "deadline");
        Check.notNull(effort, "effort");
        Check.notNull(method, "method");
    }

    /** What is optimised. */
    public enum Method {
        /** The exact likelihood, from several starts. */
        ML,
        /** Conditional least squares: the first d + D m + p + m P rows are taken as given; coefficients are not restricted. */
        CSS,
        /** The exact likelihood, with the end of conditional least squares as one more start. */
        CSS_ML
    }

    /** How many starts are tried. */
    public enum Effort {
        /** The regression start of Hannan and Rissanen only. */
        FAST,
        /** A race of regression, smaller neighbours, nearly cancelling factors and zeros. */
        NORMAL,
        /** Also four corners, narrow peaks, and every smaller model first, so that none of them can end higher. */
        THOROUGH
    }

    /**
     * 2,000 evaluations, no deadline, normal effort.
     *
     * @return the defaults
     */
    public static ArimaOptions defaults() {
        return new ArimaOptions(2_000, Deadline.none(), Effort.NORMAL, Method.ML);
    }

    /**
     * The budget of a study with normal effort.
     *
     * @param context the budget
     * @return options with its evaluations and deadline
     */
    public static ArimaOptions of(FitContext context) {
        return new ArimaOptions(context.maxEvaluations(), context.deadline(), Effort.NORMAL, Method.ML);
    }

    /**
     * A copy with another effort.
     *
     * @param newEffort the effort
     * @return the copy
     */
    public ArimaOptions withEffort(Effort newEffort) {
        return new ArimaOptions(maxEvaluations, deadline, newEffort, method);
    }

    /**
     * A copy with another deadline.
     *
     * @param newDeadline the deadline
     * @return the copy
     */
    public ArimaOptions withDeadline(Deadline newDeadline) {
        return new ArimaOptions(maxEvaluations, newDeadline, effort, method);
    }

    /**
     * A copy with another budget.
     *
     * @param newMaxEvaluations evaluations per order
     * @return the copy
     */
    public ArimaOptions withMaxEvaluations(int newMaxEvaluations) {
        return new ArimaOptions(newMaxEvaluations, deadline, effort, method);
    }

    /**
     * A copy with another method.
     *
     * @param newMethod the method
     * @return the copy
     */
    public ArimaOptions withMethod(Method newMethod) {
        return new ArimaOptions(maxEvaluations, deadline, effort, newMethod);
    }
}
