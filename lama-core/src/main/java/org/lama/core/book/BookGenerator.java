package org.lama.core.book;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Named;

/**
 * Makes up the events of a book, for work without recorded data. Found through {@link java.util.ServiceLoader} and chosen by
 * its explicit name with {@link BookGenerators}. What it makes says nothing about any market.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface BookGenerator extends Named {
    /**
     * The feed of a plan. Rows are made as they are read, so that its length does not matter for memory; equal plans give
     * equal rows.
     *
     * @param plan what is wanted
     * @return the feed
     */
    BookFeed feed(Plan plan);

    /**
     * The anomalies that stand in the feed of a plan, without making the feed.
     *
     * @param plan what is wanted
     * @return by time
     */
    List<Planted> planted(Plan plan);

    /**
     * What is wanted.
     *
     * @param seed seed of everything random
     * @param startNanos when the feed begins, UTC epoch nanoseconds
     * @param length how long it is, above 0
     * @param rowsPerSecond rows in a second, roughly; in (0, 1,000,000]
     * @param anomaliesPerHour mean number of anomalies in an hour, in [0, 120]
     * @param adverseShare share of the anomalies that a move of the price follows, in [0, 1]; 0 is a market in which they say
     *     nothing
     */
    record Plan(
            long seed,
            long startNanos,
            Duration length,
            double rowsPerSecond,
            double anomaliesPerHour,
            double adverseShare) {
        private static final long FIRST_NANOS = 1_704_067_200_000_000_000L; // 2024-01-01

        /**
         * Checks ranges.
         *
         * @param seed seed of everything random
         * @param startNanos when the feed begins, UTC epoch nanoseconds
         * @param length how long it is, above 0
         * @param rowsPerSecond rows in a second, roughly; in (0, 1,000,000]
         * @param anomaliesPerHour mean number of anomalies in an hour, in [0, 120]
         * @param adverseShare share of the anomalies that a move of the price follows, in [0, 1]
         */
        public Plan {
            Check.that(!length.isNegative() && !length.isZero(), "length must be > 0, got " + length);
            Check.that(
                    length.compareTo(Duration.ofDays(3_650)) <= 0, "length must be at most 3650 days, got " + length);
            Check.positive(rowsPerSecond, "rowsPerSecond");
            Check.inRange(rowsPerSecond, 0, 1e6, "rowsPerSecond");
            Check.inRange(anomaliesPerHour, 0, 120, "anomaliesPerHour");
            Check.inRange(adverseShare, 0, 1, "adverseShare");
        }

        /**
         * 1,000 rows a second from 2024-01-01 on, twelve anomalies an hour, half of them followed by a move.
         *
         * @param seed seed of everything random
         * @param length how long it is, above 0
         * @return the plan
         */
        public static Plan of(long seed, Duration length) {
            return new Plan(seed, FIRST_NANOS, length, 1_000, 12, 0.5);
        }

        /**
         * The same with other anomalies.
         *
         * @param perHour mean number of anomalies in an hour, in [0, 120]
         * @param followed share of the anomalies that a move of the price follows, in [0, 1]
         * @return a copy
         */
        public Plan withAnomalies(double perHour, double followed) {
            return new Plan(seed, startNanos, length, rowsPerSecond, perHour, followed);
        }

        /**
         * The same with more or fewer rows.
         *
         * @param rows rows in a second, roughly
         * @return a copy
         */
        public Plan withRowsPerSecond(double rows) {
            return new Plan(seed, startNanos, length, rows, anomaliesPerHour, adverseShare);
        }
    }

    /**
     * An anomaly of a feed.
     *
     * @param from when it begins at the venue
     * @param to when it ends there, and a move begins if one follows
     * @param kind what it looks like, in capitals
     * @param move direction of the move that follows: 1 up, -1 down, 0 none
     */
    record Planted(Instant from, Instant to, String kind, int move) {}
}
