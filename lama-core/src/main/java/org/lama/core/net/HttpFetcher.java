package org.lama.core.net;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/**
 * Asks one source politely and trusts no answer: a budget of weight, retries with back-off for reads, {@code
 * Retry-After}, a stop when the source bans us, a cache with ETags, limits on size and expansion, checks of content. One
 * fetcher per source, shared by all threads, so that they share its budget. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class HttpFetcher {
    private static final Duration BAN_WITHOUT_TIME = Duration.ofMinutes(10);

    private final HttpTransport transport;
    private final NetClock clock;
    private final RetryRule retry;
    private final BodyLimits limits;
    private final Optional<HttpCache> cache;
    private final TokenBucket bucket;
    private final Rng jitter;
    private long bannedUntilNanos;
    private boolean banned;
    private Counts counts = new Counts(0, 0, 0, 0, 0);

    private HttpFetcher(Builder builder) {
        transport = builder.transport;
        clock = builder.clock;
        retry = builder.retry;
        limits = builder.limits;
        cache = Optional.ofNullable(builder.cache);
        bucket = new TokenBucket(builder.rate, clock);
        jitter = Seeds.rng(builder.seed, 0);
    }

    /**
     * What a fetcher did so far. Immutable.
     *
     * @param requests calls that went out
     * @param retries how many of them were repetitions
     * @param fromCache answers from the disk without a call
     * @param revalidated answers from the disk after the source said that they hold
     * @param waitedNanos time waited for budget and back-off, nanoseconds
     */
    public record Counts(long requests, long retries, long fromCache, long revalidated, long waitedNanos) {
        /**
         * Keeps the counts.
         *
         * @param requests at least 0
         * @param retries at least 0
         * @param fromCache at least 0
         * @param revalidated at least 0
         * @param waitedNanos at least 0
         */
        public Counts {
            Check.that(requests >= 0 && retries >= 0, "counts must be >= 0, got " + requests + " and " + retries);
        }
    }

    /**
     * Starts a fetcher with the defaults: 60 units of weight per minute, {@link RetryRule#defaults()}, {@link
     * BodyLimits#defaults()}, no cache.
     *
     * @param transport sends the calls
     * @param clock time and waiting
     * @return a builder
     */
    public static Builder over(HttpTransport transport, NetClock clock) {
        return new Builder(transport, clock);
    }

    /** Collects the settings of a fetcher. Not thread-safe. */
    public static final class Builder {
        private final HttpTransport transport;
        private final NetClock clock;
        private RateLimit rate = RateLimit.perMinute(60);
        private RetryRule retry = RetryRule.defaults();
        private BodyLimits limits = BodyLimits.defaults();
        private @Nullable HttpCache cache;
        private long seed;

        private Builder(HttpTransport transport, NetClock clock) {
            this.transport = transport;
            this.clock = clock;
        }

        /**
         * The venue's budget.
         *
         * @param limit the budget
         * @return this builder
         */
        public Builder rate(RateLimit limit) {
            rate = Check.notNull(limit, "limit");
            return this;
        }

        /**
         * How often reads are repeated.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder retry(RetryRule rule) {
            retry = Check.notNull(rule, "rule");
            return this;
        }

        /**
         * Caps on bodies.
         *
         * @param caps the caps
         * @return this builder
         */
        public Builder limits(BodyLimits caps) {
            limits = Check.notNull(caps, "caps");
            return this;
        }

        /**
         * Where answers are kept.
         *
         * @param kept the cache
         * @return this builder
         */
        public Builder cache(HttpCache kept) {
            cache = Check.notNull(kept, "kept");
            return this;
        }

        /**
         * Where jitter comes from.
         *
         * @param jitterSeed any number; 0 if not set
         * @return this builder
         */
        public Builder seed(long jitterSeed) {
            seed = jitterSeed;
            return this;
        }

        /**
         * Makes the fetcher.
         *
         * @return the fetcher
         */
        public HttpFetcher build() {
            return new HttpFetcher(this);
        }
    }

    /** One try of a call. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws NetException;
    }

    /**
     * Where calls go.
     *
     * @return the base of all addresses
     */
    public BaseUrl base() {
        return transport.base();
    }

    /**
     * What was done so far.
     *
     * @return the counts
     */
    public synchronized Counts counts() {
        return new Counts(
                counts.requests(),
                counts.retries(),
                counts.fromCache(),
                counts.revalidated(),
                counts.waitedNanos() + bucket.waitedNanos());
    }

    NetClock clock() {
        return clock;
    }

    BodyLimits limits() {
        return limits;
    }

    /**
     * Asks and waits for a good answer. Blocks through waits for budget and back-off.
     *
     * @param call what to ask
     * @return the answer, checked
     * @throws NetException if there is none after all tries, with endpoint (redacted), rule and what to do
     * @throws IllegalArgumentException if the call weighs more than the burst of the venue's limit
     */
    public Fetched fetch(HttpCall call) throws NetException {
        String identity = call.identity(base());
        Optional<HttpCache.Entry> kept = call.timeToLive().isZero() ? Optional.empty() : find(identity, call);
        if (kept.isPresent() && isFresh(kept.get(), call)) {
            add(0, 0, 1, 0, 0);
            return answer(call, kept.get(), Fetched.Origin.CACHE, Optional.empty());
        }
        return attempts(call, () -> once(call, identity, kept));
    }

    private boolean isFresh(HttpCache.Entry entry, HttpCall call) {
        long age = clock.nowNanos() - entry.storedNanos();
        // an answer from the future was kept by a wrong clock
        return age >= 0 && age < call.timeToLive().toNanos();
    }

    private Optional<HttpCache.Entry> find(String identity, HttpCall call) throws NetException {
        try {
            return cache.isPresent() ? cache.get().find(identity, clock.nowNanos()) : Optional.empty();
        } catch (IOException e) {
            throw unusable(call, e);
        }
    }

    private NetException unusable(HttpCall call, IOException e) {
        return new NetException(
                NetException.Reason.CONTENT,
                call.shown(base()),
                "the folder of kept replies cannot be used (" + e.getMessage() + "); free it or fetch without one",
                0,
                0,
                call.redactor().cause(e));
    }

    private Fetched once(HttpCall call, String identity, Optional<HttpCache.Entry> kept) throws NetException {
        HttpCall asked = call.with("Accept-Encoding", "gzip");
        if (!call.accepted().isEmpty()) {
            asked = asked.with("Accept", String.join(", ", call.accepted()));
        }
        if (kept.isPresent() && !kept.get().etag().isEmpty()) {
            asked = asked.with("If-None-Match", kept.get().etag());
        } else if (kept.isPresent() && !kept.get().lastModified().isEmpty()) {
            asked = asked.with("If-Modified-Since", kept.get().lastModified());
        }
        try (HttpReply reply = send(asked)) {
            if (reply.status() == 304 && kept.isPresent()) {
                HttpCache.Entry old = kept.get();
                HttpCache.Entry renewed = new HttpCache.Entry(
                        old.etag(), old.lastModified(), old.contentType(), clock.nowNanos(), old.content());
                keep(call, identity, renewed);
                add(0, 0, 0, 1, 0);
                return answer(call, renewed, Fetched.Origin.REVALIDATED, Optional.of(reply));
            }
            requireGood(reply, call);
            return read(reply, call, identity);
        } catch (NetException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("closing a reply cannot fail", e);
        }
    }

    private Fetched read(HttpReply reply, HttpCall call, String identity) throws NetException {
        String type = reply.header("Content-Type").orElse("");
        String plainType = type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!call.accepted().isEmpty() && !call.accepted().contains(plainType)) {
            throw content(
                    call,
                    "content type must be one of " + call.accepted() + ", got '" + plainType + "' with "
                            + BodyReader.excerpt(reply, call.redactor()));
        }
        byte[] bytes = BodyReader.read(reply, limits, call.shown(base()));
        Optional<String> complaint = call.complaint(bytes);
        if (complaint.isPresent()) {
            throw content(call, complaint.get());
        }
        HttpCache.Entry entry = new HttpCache.Entry(
                reply.header("ETag").orElse(""),
                reply.header("Last-Modified").orElse(""),
                plainType,
                clock.nowNanos(),
                new HttpCache.Content(bytes));
        if (!call.timeToLive().isZero()) {
            keep(call, identity, entry);
        }
        return answer(call, entry, Fetched.Origin.NETWORK, Optional.of(reply));
    }

    private NetException content(HttpCall call, String rule) {
        return new NetException(
                NetException.Reason.CONTENT,
                call.shown(base()),
                call.redactor().redact(rule),
                "compare the reply with the source's documentation; it may have changed");
    }

    private void keep(HttpCall call, String identity, HttpCache.Entry entry) throws NetException {
        try {
            if (cache.isPresent()) {
                cache.get().put(identity, call.shown(base()), entry);
            }
        } catch (IOException e) {
            throw unusable(call, e);
        }
    }

    private Fetched answer(HttpCall call, HttpCache.Entry entry, Fetched.Origin origin, Optional<HttpReply> reply) {
        return new Fetched(
                entry.content().bytes(), entry.contentType(), origin, entry.storedNanos(), call.shown(base()), reply);
    }

    /** One call over the network; the caller looks at its status. */
    HttpReply send(HttpCall call) throws NetException {
        add(1, 0, 0, 0, 0);
        HttpReply reply = transport.send(call);
        bucket.observe(reply);
        return reply;
    }

    /** Throws for every status that is no success; a ban stops the fetcher. */
    void requireGood(HttpReply reply, HttpCall call) throws NetException {
        int status = reply.status();
        if (status >= 200 && status < 300 && status != 204) {
            return;
        }
        OptionalLong wait = RetryAfter.waitNanos(reply, clock.nowNanos());
        String said = status + ", " + BodyReader.excerpt(reply, call.redactor());
        if (status == 418 || status == 403) {
            throw ban(call, status, said, wait.orElse(BAN_WITHOUT_TIME.toNanos()));
        }
        boolean later = status == 429 || status == 408 || status >= 500;
        NetException.Reason reason = status == 429
                ? NetException.Reason.RATE_LIMITED
                : later ? NetException.Reason.SERVER : NetException.Reason.REFUSED;
        long at = later && wait.isPresent() ? clock.nowNanos() + wait.getAsLong() : 0;
        String remedy = later ? "try again later" : remedy(status);
        throw new NetException(reason, call.shown(base()), "status " + said + "; " + remedy, status, at, null);
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 -> "check the key";
            case 451 -> "the source does not serve this region or address; ask another source";
            default -> "correct the question; see the source's documentation";
        };
    }

    private NetException ban(HttpCall call, int status, String said, long waitNanos) {
        long until = clock.nowNanos() + waitNanos;
        synchronized (this) {
            banned = true;
            bannedUntilNanos = clock.steadyNanos() + waitNanos;
        }
        return new NetException(
                NetException.Reason.BANNED,
                call.shown(base()),
                "status " + said + ": the source does not want to hear from us; nothing more is sent before "
                        + instant(until) + "; check key, region and rate before that",
                status,
                until,
                null);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    private void refuseIfBanned(HttpCall call) throws NetException {
        long left;
        synchronized (this) {
            left = banned ? bannedUntilNanos - clock.steadyNanos() : 0;
            banned = left > 0;
        }
        if (left > 0) {
            long until = clock.nowNanos() + left;
            throw new NetException(
                    NetException.Reason.BANNED,
                    call.shown(base()),
                    "the source banned us; nothing was sent; wait until " + instant(until),
                    0,
                    until,
                    null);
        }
    }

    /** Runs a call until it succeeds, fails for good or has used up its tries. */
    private <T> T attempts(HttpCall call, Attempt<T> attempt) throws NetException {
        for (int n = 1; ; n++) {
            try {
                return guarded(call, attempt);
            } catch (NetException e) {
                if (!e.reason().isPassing() || !call.isReadOnly()) {
                    throw e;
                }
                delay(call, e, n);
            }
        }
    }

    /** One try within the budget, unless the source banned us. */
    <T> T guarded(HttpCall call, Attempt<T> attempt) throws NetException {
        refuseIfBanned(call);
        try {
            bucket.acquire(call.weight());
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
        return attempt.run();
    }

    private static NetException again(NetException last, int attempts) {
        String text =
                String.valueOf(last.getMessage()).substring(last.endpoint().length() + 2);
        return new NetException(
                last.reason(),
                last.endpoint(),
                text + " (given up after " + attempts + " tries)",
                last.status().orElse(0),
                last.retryAtNanos().orElse(0),
                last);
    }

    /**
     * Gives up after too many failures in a row, else waits: as the source asked, for all threads of this fetcher, or by
     * the rule, for this call.
     */
    void delay(HttpCall call, NetException failure, int failures) throws NetException {
        if (failures >= retry.attempts()) {
            throw again(failure, failures);
        }
        long wait;
        if (failure.retryAtNanos().isPresent()) {
            wait = Math.min(
                    Math.max(0, failure.retryAtNanos().getAsLong() - clock.nowNanos()),
                    retry.longestRetryAfter().toNanos());
            bucket.shutUntil(clock.steadyNanos() + wait);
        } else {
            synchronized (this) {
                wait = retry.delayNanos(failures, jitter);
            }
        }
        add(0, 1, 0, 0, wait);
        try {
            clock.pause(wait);
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
    }

    private NetException interrupted(HttpCall call, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new NetException(
                NetException.Reason.INTERRUPTED,
                call.shown(base()),
                "the thread was interrupted; run it again",
                0,
                0,
                e);
    }

    private synchronized void add(long requests, long retries, long cached, long revalidated, long waited) {
        counts = new Counts(
                counts.requests() + requests,
                counts.retries() + retries,
                counts.fromCache() + cached,
                counts.revalidated() + revalidated,
                counts.waitedNanos() + waited);
    }
}
