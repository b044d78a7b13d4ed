package org.lama.core.data;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Named;

/**
 * A bundled or generated data set, found through {@link java.util.ServiceLoader} and chosen by its explicit name.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface DatasetProvider extends Named {
    /**
     * Makes or loads the data; equal requests give equal bits.
     *
     * @param request what is wanted
     * @return the data, with their provenance
     */
    MarketData load(Request request);

    /**
     * What is wanted of a data set.
     *
     * @param seed seed of generated data
     * @param assets number of symbols, at least 1
     * @param days number of days, at least 1
     * @param barNanos bar length in nanoseconds, above 0
     */
    record Request(long seed, int assets, int days, long barNanos) {
        /**
         * Checks ranges.
         *
         * @param seed seed of generated data
         * @param assets number of symbols, at least 1
         * @param days number of days, at least 1
         * @param barNanos bar length in nanoseconds, above 0
         */
        public Request {
            Check.atLeast(assets, 1, "assets");
            Check.atLeast(days, 1, "days");
            Check.that(barNanos > 0, "barNanos must be > 0, got " + barNanos);
        }
    }
}
