package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.net.NetException;
import org.lama.core.series.Provenance;

/**
 * Sources that stand in for each other: exchange, then vendor, then synthetic. Never silent: what a later link gives
 * carries an issue {@code FALLBACK} with the reason, the note of its provenance says so, it stands under the key of its
 * own instrument (a vendor's BTC-USD is not the exchange's BTC/USDT), and it claims no cover, so that the next fetch asks
 * the first link again. A link that fails in the middle keeps what it gave; the next one is asked for the whole range,
 * since its series is another one. Thread-safe as its links are.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FallbackChain implements Source {
    private final List<Link> links;

    private FallbackChain(List<Link> links) {
        this.links = links;
    }

    /**
     * A link of a chain.
     *
     * @param source the source
     * @param spelling symbols of the chain to symbols of this source; those that are not named are spelt alike
     */
    public record Link(Source source, Map<String, String> spelling) {
        /**
         * Copies the map.
         *
         * @param source the source
         * @param spelling symbols of the chain to symbols of this source
         */
        public Link {
            Check.notNull(source, "source");
            spelling = Map.copyOf(spelling);
        }
    }

    /**
     * A chain.
     *
     * @param links at least one, in the order in which they are tried
     * @return the chain
     */
    public static FallbackChain of(List<Link> links) {
        Check.that(!links.isEmpty(), "a chain must have at least one link");
        return new FallbackChain(List.copyOf(links));
    }

    /**
     * The same chain without the links that ask an exchange.
     *
     * @return the rest
     * @throws IllegalArgumentException if nothing is left
     */
    public FallbackChain withoutExchange() {
        return of(links.stream()
                .filter(link -> link.source().origin() != Provenance.Kind.EXCHANGE)
                .toList());
    }

    /**
     * Who is asked, one after the other.
     *
     * @return the sources
     */
    public List<Source> sources() {
        return links.stream().map(Link::source).toList();
    }

    private Source first() {
        return links.get(0).source();
    }

    @Override
    public String name() {
        return String.join(
                "-then-", links.stream().map(link -> link.source().name()).toList());
    }

    @Override
    public String journal() {
        return first().journal();
    }

    @Override
    public String venue() {
        return first().venue();
    }

    /**
     * The least trusted kind of its links.
     *
     * @return the kind
     */
    @Override
    public Provenance.Kind origin() {
        return links.stream()
                .map(link -> link.source().origin())
                .max(Enum::compareTo)
                .orElseThrow();
    }

    /**
     * The least proven standing of its links.
     *
     * @return the standing
     */
    @Override
    public Standing standing() {
        return links.stream()
                .map(link -> link.source().standing())
                .max(Enum::compareTo)
                .orElseThrow();
    }

    @Override
    public List<Offer> offers() {
        return first().offers();
    }

    @Override
    public List<Listing> listings() throws IOException {
        return first().listings();
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        for (String symbol : request.symbols()) {
            one(request.only(symbol), receiver);
        }
    }

    private void one(FetchRequest request, Receiver receiver) throws IOException {
        List<String> failures = new ArrayList<>();
        IOException last = new IOException("no link was tried");
        for (Link link : links) {
            String symbol = request.symbols().get(0);
            FetchRequest asked = request.only(link.spelling().getOrDefault(symbol, symbol));
            Marker marker = new Marker(receiver, symbol, List.copyOf(failures), link.source());
            try {
                link.source().fetch(asked, marker);
                marker.tell(asked);
                return;
            } catch (SourceException | NetException e) {
                if (e instanceof NetException net && net.reason() == NetException.Reason.INTERRUPTED) {
                    throw e;
                }
                failures.add(link.source().name() + " failed (" + e.getMessage() + ")");
                last = e;
            }
        }
        last.addSuppressed(new IOException("all of " + name() + " failed: " + String.join("; ", failures)));
        throw last;
    }

    /** Puts the mark of a fallback on every batch of a link that is not the first one tried. */
    private static final class Marker implements Receiver {
        private final Receiver receiver;
        private final String symbol;
        private final List<String> failures;
        private final Source source;
        private boolean gave;

        Marker(Receiver receiver, String symbol, List<String> failures, Source source) {
            this.receiver = receiver;
            this.symbol = symbol;
            this.failures = failures;
            this.source = source;
        }

        @Override
        public void batch(Batch batch) throws IOException {
            gave |= batch.rows().rows() > 0;
            receiver.batch(failures.isEmpty() ? batch : marked(batch));
        }

        private Batch marked(Batch batch) {
            String story = source.name() + " stands in for " + symbol + ": " + String.join("; ", failures);
            List<Issue> issues = new ArrayList<>(batch.issues());
            issues.add(new Issue(Issue.Reason.FALLBACK, batch.key().toString(), story));
            String note = batch.provenance().note();
            Provenance said =
                    batch.provenance().withNote(note.isEmpty() ? "fallback: " + story : note + "; fallback: " + story);
            return new Batch(
                    batch.key(),
                    batch.rows(),
                    said,
                    issues,
                    batch.coveredFromNanos(),
                    batch.coveredFromNanos(),
                    batch.refused());
        }

        /** A stand-in that has nothing is no stand-in. */
        void tell(FetchRequest asked) throws SourceException {
            if (!failures.isEmpty() && !gave) {
                throw new SourceException(
                        SourceException.Reason.NOT_OFFERED,
                        source.name(),
                        asked.symbols().get(0),
                        "has nothing of " + asked.symbols().get(0) + " in the range");
            }
        }
    }
}
