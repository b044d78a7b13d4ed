package org.lama.core.base;

import java.util.List;

/**
 * A value together with everything that was wrong on the way to it.
 *
 * @param <T> type of the value
 * @param value the value
 * @param issues what was wrong, in order of appearance; empty when nothing was
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Result<T>(T value, List<Issue> issues) {
    /**
     * Copies the list.
     *
     * @param value the value
     * @param issues what was wrong, in order of appearance; empty when nothing was
     */
    public Result {
        Check.notNull(value, "value");
        issues = List.copyOf(issues);
    }
}
