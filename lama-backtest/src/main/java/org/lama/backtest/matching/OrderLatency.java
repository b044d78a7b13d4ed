package org.lama.backtest.matching;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;

/**
 * How long an order takes to the venue and its answer back. A negative time says that the request fails on its way, and
 * that we hear so after its absolute value. Immutable and thread-safe; allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface OrderLatency {
    /**
     * Time from us to the venue.
     *
     * @param tsNanos when the request leaves, UTC epoch nanoseconds
     * @return nanoseconds; negative if the request fails
     */
    long requestNanos(long tsNanos);

    /**
     * Time from the venue to us.
     *
     * @param tsNanos when the venue answers, UTC epoch nanoseconds
     * @return nanoseconds, at least 0
     */
    long answerNanos(long tsNanos);

    /**
     * The same times always.
     *
     * @param request nanoseconds to the venue, at least 0
     * @param answer nanoseconds back, at least 0
     */
    record Constant(long request, long answer) implements OrderLatency {
        /**
         * Checks ranges.
         *
         * @param request nanoseconds to the venue, at least 0
         * @param answer nanoseconds back, at least 0
         */
        public Constant {
            Check.that(request >= 0, "request must be >= 0 ns, got " + request);
            Check.that(answer >= 0, "answer must be >= 0 ns, got " + answer);
        }

        @Override
        public long requestNanos(long tsNanos) {
            return request;
        }

        @Override
        public long answerNanos(long tsNanos) {
            return answer;
        }
    }

    /**
     * Times measured with real orders, linear between two of them and flat before the first and after the last. Where one
     * of the two neighbours failed (its time at the venue is 0) a request fails, after the interpolated time of the whole
     * way. O(log n).
     */
    final class Measured implements OrderLatency {
        private final long[] sent;
        private final long[] matched;
        private final long[] heard;

        private Measured(LatencySamples samples) {
            int size = samples.size();
            sent = new long[size];
            matched = new long[size];
            heard = new long[size];
            for (int i = 0; i < size; i++) {
                sent[i] = samples.sentNanos(i);
                matched[i] = samples.matchedNanos(i);
                heard[i] = samples.heardNanos(i);
            }
        }

        /**
         * Takes the times of orders.
         *
         * @param sent when each request left us, UTC epoch nanoseconds, rising
         * @param matched when the venue handled it, rising and at or after the request; 0 if it failed
         * @param heard when its answer came, at or after both
         * @return the model
         */
        public static Measured of(long[] sent, long[] matched, long[] heard) {
            return of(LatencySamples.of(sent, matched, heard));
        }

        /**
         * Takes the times of orders.
         *
         * @param samples in the order in which they were sent, with clocks that agree
         * @return the model
         */
        public static Measured of(LatencySamples samples) {
            checkOrder(samples);
            long last = Long.MIN_VALUE;
            for (int i = 0; i < samples.size(); i++) {
                long at = samples.matchedNanos(i);
                boolean rises = (at == 0 || at > last) && (i == 0 || samples.sentNanos(i) > samples.sentNanos(i - 1));
                Check.that(
                        rises,
                        "sample " + i + " must be later than the one before, in being sent and in being handled");
                last = at == 0 ? last : at;
            }
            return new Measured(samples);
        }

        @Override
        public long requestNanos(long tsNanos) {
            int at = at(sent, tsNanos);
            int next = Math.min(at + 1, sent.length - 1);
            int first = Math.max(at, 0);
            int second = at < 0 ? 0 : next;
            if (matched[first] == 0 || matched[second] == 0) {
                long whole = between(
                        tsNanos, sent[first], heard[first] - sent[first], sent[second], heard[second] - sent[second]);
                return Math.min(-1, -whole);
            }
            return between(
                    tsNanos, sent[first], matched[first] - sent[first], sent[second], matched[second] - sent[second]);
        }

        @Override
        public long answerNanos(long tsNanos) {
            int first = -1;
            int second = -1;
            for (int i = Math.max(at(sent, tsNanos), 0); i >= 0 && first < 0; i--) {
                first = matched[i] != 0 && matched[i] <= tsNanos ? i : -1;
            }
            for (int i = first + 1; i < sent.length && second < 0; i++) {
                second = matched[i] != 0 ? i : -1;
            }
            int a = first < 0 ? second : first;
            int b = second < 0 ? first : second;
            if (a < 0) {
                return 0; // every request failed: there is no answer from the venue to time
            }
            return first < 0
                    ? heard[a] - matched[a]
                    : between(tsNanos, matched[a], heard[a] - matched[a], matched[b], heard[b] - matched[b]);
        }

        /** The last sample at or before a time, -1 if there is none. */
        private static int at(long[] times, long tsNanos) {
            int found = Arrays.binarySearch(times, tsNanos);
            return found >= 0 ? found : -found - 2;
        }

        private static long between(long x, long x1, long y1, long x2, long y2) {
            return x2 == x1 ? y1 : (long) ((double) (y2 - y1) / (x2 - x1) * (x - x1)) + y1;
        }
    }

    /**
     * Times drawn at random from those measured with real orders, each order's by itself: for chance that has nothing to do
     * with the time of day. The draw is a function of seed and time alone, so that runs are equal. A failed sample makes a
     * request fail after the whole way. O(1).
     */
    final class Drawn implements OrderLatency {
        private final long seed;
        private final long[] requests;
        private final long[] answers;

        private Drawn(LatencySamples samples, long seed) {
            this.seed = seed;
            requests = new long[samples.size()];
            answers = new long[samples.size() - samples.failed()];
            int arrived = 0;
            for (int i = 0; i < requests.length; i++) {
                long matched = samples.matchedNanos(i);
                long sent = samples.sentNanos(i);
                requests[i] = matched == 0 ? Math.min(-1, sent - samples.heardNanos(i)) : matched - sent;
                if (matched != 0) {
                    answers[arrived++] = samples.heardNanos(i) - matched;
                }
            }
        }

        /**
         * Takes the times of orders.
         *
         * @param samples with clocks that agree
         * @param seed of the draws
         * @return the model
         */
        public static Drawn of(LatencySamples samples, long seed) {
            checkOrder(samples);
            return new Drawn(samples, seed);
        }

        @Override
        public long requestNanos(long tsNanos) {
            return requests[draw(seed, tsNanos, requests.length)];
        }

        @Override
        public long answerNanos(long tsNanos) {
            return answers.length == 0 ? 0 : answers[draw(~seed, tsNanos, answers.length)];
        }

        private static int draw(long seed, long tsNanos, int count) {
            return (int) (((Seeds.derive(seed, tsNanos) >>> 32) * count) >>> 32);
        }
    }

    private static void checkOrder(LatencySamples samples) {
        for (int i = 0; i < samples.size(); i++) {
            long sent = samples.sentNanos(i);
            long matched = samples.matchedNanos(i);
            long heard = samples.heardNanos(i);
            Check.that(
                    matched == 0 ? heard >= sent : matched >= sent && heard >= matched,
                    "sample " + i + " must have sent <= matched <= heard; got " + sent + ", " + matched + ", " + heard
                            + ": shift the venue's clock first");
        }
    }
}
