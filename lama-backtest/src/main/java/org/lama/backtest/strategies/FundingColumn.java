package org.lama.backtest.strategies;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * Finds the column of bars that holds the funding rate settled at the close of a row: {@value #NAME}, or what exports of
 * venues call it, such as {@code funding_rate}, {@code fundingRate}, {@code lastFundingRate} or {@code funding}. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FundingColumn {
    /** How the column is called first of all. */
    public static final String NAME = Columns.FUNDING_RATE;

    private static final List<String> LETTERS = List.of("fundingrate", "lastfundingrate", "funding");

    private FundingColumn() {}

    /**
     * The name of the column in a frame.
     *
     * @param frame bars
     * @return {@value #NAME} if it is there, else the first of the other names; empty if there is none
     */
    public static Optional<String> of(Frame frame) {
        if (frame.has(NAME)) {
            return Optional.of(NAME);
        }
        for (String letters : LETTERS) {
            for (String name : frame.columnNames()) {
                if (name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").equals(letters)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }
}
