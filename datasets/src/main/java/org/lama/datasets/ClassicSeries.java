package org.lama.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Provenance;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/**
 * Small real series that every textbook knows, for examples that must run without a download. They come from R's package
 * datasets (R 4.2.2). Old and small: for learning a method, not for judging a market. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum ClassicSeries {
    /** International airline passengers a month in thousands, 1949 to 1960, 144 rows: trend and a season of 12. */
    AIR_PASSENGERS("AirPassengers", "air-passengers.csv", 1, "Box, Jenkins and Reinsel (1976), series G"),
    /** Closes of the German share index DAX on 1,860 trading days, 1991 to 1998. */
    DAX("DAX", "eu-stock-markets.csv", 1, "EuStockMarkets, Erste Bank AG, Vienna"),
    /** Closes of the Swiss share index SMI on the same days as {@link #DAX}. */
    SMI("SMI", "eu-stock-markets.csv", 2, "EuStockMarkets, Erste Bank AG, Vienna");

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long FIRST_TRADING_DAY = nanos(LocalDate.of(1991, 7, 1));
    /** R dates EuStockMarkets as 260 rows a year and knows no calendar days. */
    private static final long TRADING_STEP = Math.round(365.25 / 260 * 86_400) * NANOS_PER_SECOND;

    private final String title;
    private final String file;
    private final int column;
    private final String origin;

    ClassicSeries(String title, String file, int column, String origin) {
        this.title = title;
        this.file = file;
        this.column = column;
        this.origin = origin;
    }

    /**
     * The values with their times: the first of each month for {@link #AIR_PASSENGERS}; for the share indices evenly
     * spaced rows, 260 a year from July 1991 on, because the source has no calendar days. Reads the file on each call.
     *
     * @return a new series without gaps
     */
    public Series series() {
        List<String> lines = lines();
        long[] times = new long[lines.size()];
        double[] values = new double[lines.size()];
        for (int row = 0; row < values.length; row++) {
            String[] cells = lines.get(row).split(",", -1);
            times[row] = cells[0].length() == 7
                    ? nanos(LocalDate.parse(cells[0] + "-01"))
                    : FIRST_TRADING_DAY + row * TRADING_STEP;
            values[row] = Double.parseDouble(cells[column]);
        }
        return Series.of(title, TimeIndex.of(times), values);
    }

    /**
     * The natural logarithms of the values, all positive, on the same times.
     *
     * @return a new series named {@code log} and the name
     */
    public Series logarithms() {
        Series plain = series();
        double[] logarithms = Arrays.stream(plain.toArray()).map(Math::log).toArray();
        return Series.of("log " + title, plain.index(), logarithms);
    }

    /**
     * Where the values come from.
     *
     * @return historical values of R's package datasets
     */
    public Provenance provenance() {
        return new Provenance(Provenance.Kind.HISTORICAL, file, "", "R 4.2.2, package datasets; " + origin);
    }

    private static long nanos(LocalDate day) {
        return TimeIndex.nanos(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private List<String> lines() {
        try (InputStream in = ClassicSeries.class.getResourceAsStream(file)) {
            Check.that(in != null, file + " must stand beside the class, got nothing: is the jar complete?");
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(Check.notNull(in, "in"), StandardCharsets.UTF_8));
            List<String> lines = new ArrayList<>(reader.lines().toList());
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read from the jar", e);
        }
    }
}
