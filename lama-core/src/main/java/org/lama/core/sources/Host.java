package org.lama.core.sources;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Suggestion;
import org.lama.core.net.BodyLimits;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.HttpFetcher;
import org.lama.core.net.NetException;
import org.lama.core.net.RateLimit;
import org.lama.core.store.Node;

/** One host of a source: its fetcher is made when the first question is asked. Thread-safe. */
final class Host {
    private static final int MOST_DECIMALS = 12;
    private static final int MOST_BUSY = 6;
    private static final long SECOND = 1_000_000_000L;

    private final String source;
    private final String url;
    private final RateLimit rate;
    private final SourceSettings settings;
    private final Reading reading;
    private @Nullable HttpFetcher fetcher;

    Host(String source, String url, RateLimit rate, SourceSettings settings) {
        this.source = source;
        this.url = url;
        this.rate = rate;
        this.settings = settings;
        reading = new Reading(source);
    }

    Reading reading() {
        return reading;
    }

    SourceSettings settings() {
        return settings;
    }

    /** A read of JSON. */
    static HttpCall.Builder get(String path) {
        return HttpCall.get(path).accept("application/json");
    }

    Fetched ask(HttpCall.Builder call) throws IOException {
        return ask(call.build());
    }

    Fetched ask(HttpCall call) throws IOException {
        return fetcher().fetch(call);
    }

    /** A read about a symbol; a refusal in one of these words means that the venue has none of that name. */
    Fetched ask(HttpCall.Builder call, String symbol, String... unknown) throws IOException {
        try {
            return ask(call);
        } catch (NetException e) {
            String said = String.valueOf(e.getMessage());
            if (e.reason() == NetException.Reason.REFUSED
                    && Arrays.stream(unknown).anyMatch(said::contains)) {
                throw unknown(symbol);
            }
            throw e;
        }
    }

    /** Tells from a reply that the venue was asked too often: its words, or nothing. */
    @FunctionalInterface
    interface Busy {
        Optional<String> words(Node reply) throws IOException;
    }

    /** For venues that say with 200 that they were asked too often: waits a little longer each time. */
    Fetched askPatiently(HttpCall.Builder call, String where, Busy busy) throws IOException {
        HttpCall built = call.build();
        for (int tries = 1; ; tries++) {
            Fetched fetched = ask(built);
            Optional<String> words = busy.words(fetched.json());
            if (words.isEmpty()) {
                return fetched;
            }
            if (tries == MOST_BUSY) {
                throw refused(where, words.get());
            }
            pause(2L * tries * SECOND);
        }
    }

    private synchronized HttpFetcher fetcher() throws IOException {
        HttpFetcher made = fetcher;
        if (made == null) {
            made = settings.fetcher(url, rate, BodyLimits.defaults());
            fetcher = made;
        }
        return made;
    }

    /** The venue's own time, against which ours is measured. */
    VenueTime time(long resolutionNanos, VenueTime.Question question) throws IOException {
        return VenueTime.measured(source, settings.clock(), resolutionNanos, question);
    }

    /** What host and path stand in the provenance. */
    String shown(String path) {
        return url.replace("https://", "") + path;
    }

    private void pause(long nanos) throws IOException {
        try {
            settings.clock().pause(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the thread was interrupted; run it again").initCause(e);
        }
    }

    /** Fails: the venue has no such symbol. */
    SourceException unknown(String symbol, List<String> known) {
        return new SourceException(
                SourceException.Reason.UNKNOWN_SYMBOL,
                source,
                symbol,
                "does not know '" + symbol + "'" + Suggestion.alike(symbol, known) + "; look at its listings");
    }

    SourceException unknown(String symbol) {
        return unknown(symbol, List.of());
    }

    /** Fails: the venue said no in words of its own. */
    SourceException refused(String where, String words) {
        return new SourceException(
                SourceException.Reason.REFUSED,
                source,
                where,
                "said no to " + where + ": " + (words.length() > 200 ? words.substring(0, 200) + "…" : words));
    }

    SourceException notOffered(String where, String sentence) {
        return new SourceException(SourceException.Reason.NOT_OFFERED, source, where, sentence);
    }

    /** The venue's word for a length of bars. */
    String word(Map<Long, String> words, long barNanos) throws SourceException {
        String word = words.get(barNanos);
        if (word == null) {
            throw notOffered(
                    "interval",
                    "bars must have a length of "
                            + words.keySet().stream()
                                    .sorted()
                                    .map(nanos -> nanos / 60_000_000_000L)
                                    .toList()
                            + " minutes, got " + barNanos / 1_000_000_000L + " s");
        }
        return word;
    }

    /** How many decimals a step of prices or sizes has; 8 without a step. */
    static int decimals(double step) {
        if (!(step > 0) || Double.isInfinite(step)) {
            return 8;
        }
        int scale = new BigDecimal(Double.toString(step)).stripTrailingZeros().scale();
        return Math.max(0, Math.min(MOST_DECIMALS, scale));
    }

    /** A step or bound: at least 0, and 0 where none is said. */
    double bound(Node object, String name) throws SourceException {
        double number = reading.decimalOrNothing(object, name);
        if (number < 0 || Double.isInfinite(number)) {
            throw reading.wrong(object, "numbers of at least 0");
        }
        return Double.isNaN(number) ? 0 : number;
    }
}
