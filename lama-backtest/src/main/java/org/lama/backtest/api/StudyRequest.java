package org.lama.backtest.api;

import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A whole question: which data and which study. It maps one to one onto a configuration file.
 *
 * @param data which data
 * @param study which study
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudyRequest(DataRequest data, StudySettings study) {
    /**
     * Checks the parts.
     *
     * @param data which data
     * @param study which study
     */
    public StudyRequest {
        Check.notNull(data, "data");
        Check.notNull(study, "study");
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
