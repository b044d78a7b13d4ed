package org.lama.backtest.api;

import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A whole question: which data, which study, and what it claims. It maps one to one onto a configuration file.
 *
 * @param data which data
 * @param study which study
 * @param claim hypothesis, metric and rates of the rule
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudyRequest(DataRequest data, StudySettings study, StudyClaim claim) {
    /**
     * Checks the parts.
     *
     * @param data which data
     * @param study which study
     * @param claim hypothesis, metric and rates of the rule
     */
    public StudyRequest {
        Check.notNull(data, "data");
        Check.notNull(study, "study");
        Check.notNull(claim, "claim");
    }

    /**
     * A study judged by the standard rule on a claim that follows from its settings.
     *
     * @param data which data
     * @param study which study
     */
    public StudyRequest(DataRequest data, StudySettings study) {
        this(data, study, StudyClaim.STANDARD);
    }

    /**
     * The default study of the synthetic market.
     *
     * @return the request
     */
    public static StudyRequest defaults() {
        return new StudyRequest(DataRequest.synthetic(), StudySettings.defaults());
    }

    /**
     * The default study of a file or folder.
     *
     * @param path where the bars are
     * @return the request
     */
    public static StudyRequest of(java.nio.file.Path path) {
        return new StudyRequest(DataRequest.of(path), StudySettings.defaults());
    }
}
