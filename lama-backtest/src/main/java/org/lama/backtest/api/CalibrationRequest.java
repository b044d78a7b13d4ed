package org.lama.backtest.api;

import java.util.List;
import java.util.OptionalInt;
import org.lama.backtest.honesty.Calibration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Which pipeline to calibrate, on markets like which data, and how many of them.
 *
 * @param study the study whose verdict is calibrated; its data are what the markets look like
 * @param nullMarkets markets without an edge, at least 2 (default 200)
 * @param plantedMarkets markets per planted strength, at least 2 (default 60)
 * @param strengths standard deviations of the planted drift in volatilities of a bar, ascending, each in (0, 2] (default
 *     0.3, 0.35, 0.4, 0.45, 0.5)
 * @param persistence how much of the drift is left one bar later, in [0, 1) (default 0.8)
 * @param testYears tested years of each market, at least 1; empty for as many as the data have
 * @param beside markets without an edge beside the usual ones: without costs, and rising ones (default 60 of each, which
 *     rise by a Sharpe ratio of 1 a year)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record CalibrationRequest(
        StudyRequest study,
        int nullMarkets,
        int plantedMarkets,
        List<Double> strengths,
        double persistence,
        OptionalInt testYears,
        Calibration.Beside beside) {
    private static final Calibration.Beside BESIDE = new Calibration.Beside(60, 60, 1);
    private static final List<Double> STRENGTHS = List.of(0.3, 0.35, 0.4, 0.45, 0.5);

    /**
     * Checks the ranges.
     *
     * @param study the study whose verdict is calibrated; its data are what the markets look like
     * @param nullMarkets markets without an edge, at least 2 (default 200)
     * @param plantedMarkets markets per planted strength, at least 2 (default 60)
     * @param strengths standard deviations of the planted drift in volatilities of a bar, ascending, each in (0, 2] (default
     *     0.3, 0.35, 0.4, 0.45, 0.5)
     * @param persistence how much of the drift is left one bar later, in [0, 1) (default 0.8)
     * @param testYears tested years of each market, at least 1; empty for as many as the data have
     * @param beside markets without an edge beside the usual ones: without costs, and rising ones (default 60 of each, which
     *     rise by a Sharpe ratio of 1 a year)
     */
    public CalibrationRequest {
        Check.notNull(beside, "beside");
        Check.notNull(study, "study");
        Check.atLeast(nullMarkets, 2, "markets");
        Check.atLeast(plantedMarkets, 2, "planted markets");
        strengths = List.copyOf(strengths);
        testYears.ifPresent(years -> Check.inRange(years, 1, 50, "years"));
    }

    /**
     * The default calibration of a study: 200 markets without an edge, 60 of each of five strengths, 60 where trading is
     * free and 60 that rise.
     *
     * @param study the study
     * @return the request
     */
    public static CalibrationRequest of(StudyRequest study) {
        return new CalibrationRequest(study, 200, 60, STRENGTHS, 0.8, OptionalInt.empty(), BESIDE);
    }

    /**
     * The same with other numbers of markets.
     *
     * @param nulls markets without an edge, at least 2
     * @param planted markets per planted strength, at least 2
     * @return a copy
     */
    public CalibrationRequest withMarkets(int nulls, int planted) {
        return new CalibrationRequest(study, nulls, planted, strengths, persistence, testYears, beside);
    }

    /**
     * The same with other planted strengths.
     *
     * @param others ascending, each in (0, 2]; empty for null markets only
     * @return a copy
     */
    public CalibrationRequest withStrengths(List<Double> others) {
        return new CalibrationRequest(study, nullMarkets, plantedMarkets, others, persistence, testYears, beside);
    }

    /**
     * The same with another length.
     *
     * @param years tested years of each market, at least 1
     * @return a copy
     */
    public CalibrationRequest withTestYears(int years) {
        return new CalibrationRequest(
                study, nullMarkets, plantedMarkets, strengths, persistence, OptionalInt.of(years), beside);
    }

    /**
     * The same with other markets beside the usual ones.
     *
     * @param others without costs, and rising ones
     * @return a copy
     */
    public CalibrationRequest withBeside(Calibration.Beside others) {
        return new CalibrationRequest(study, nullMarkets, plantedMarkets, strengths, persistence, testYears, others);
    }
}
