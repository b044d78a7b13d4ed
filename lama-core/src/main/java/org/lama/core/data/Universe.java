package org.lama.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;

/**
 * What happened to instruments, and when it could be known: listings, ends, new names, redenominations, tickers that were
 * given to another asset. Answers what could be traded at a time, and which asset a ticker meant then. An event of a
 * whole asset ({@code BINANCE.SPOT.CVP}) holds for every instrument with that base. Immutable and thread-safe; each
 * question costs O(events).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Universe {
    /** How the source of an end of trading begins that nobody announced: an import saw a flat tail without trade. */
    static final String DEAD_TAIL = "dead tail of ";

    private static final String DOCUMENT = "universe";

    private static final Universe EMPTY = new Universe(List.of());

    private final List<Event> events;

    private Universe(List<Event> events) {
        this.events = List.copyOf(events);
    }

    /** What can happen. */
    public enum What {
        /** Trading begins. */
        LISTED,
        /** Trading ends. */
        DELISTED,
        /** The same asset goes on under another ticker: the successor. */
        RENAMED,
        /** One old unit becomes {@code ratio} new units under the same ticker. */
        REDENOMINATED,
        /** The ticker means another asset from now on. */
        REUSED
    }

    /**
     * One event.
     *
     * @param what what happened
     * @param instrument to which instrument, or to which asset of a market if its name has no quote
     * @param timeNanos when, UTC epoch nanoseconds: the first moment of the new state
     * @param availableNanos when it could first be known
     * @param ratio new units for one old unit of a redenomination, above 0; else 1
     * @param successor the new ticker of a renamed instrument; else empty
     * @param source where it is said, empty if nowhere
     */
    public record Event(
            What what,
            InstrumentId instrument,
            long timeNanos,
            long availableNanos,
            double ratio,
            Optional<InstrumentId> successor,
            String source) {
        /**
         * Checks that the parts fit together.
         *
         * @param what what happened
         * @param instrument to which instrument or asset
         * @param timeNanos when
         * @param availableNanos when it could first be known
         * @param ratio new units for one old unit
         * @param successor the new ticker of a renamed instrument
         * @param source where it is said
         */
        public Event {
            Check.notNull(instrument, "instrument");
            Check.positive(ratio, "ratio");
            Check.that(
                    ratio == 1 || what == What.REDENOMINATED,
                    "only a redenomination has a ratio, got " + ratio + " for " + what);
            Check.that(
                    successor.isPresent() == (what == What.RENAMED),
                    "a renamed instrument, and no other, has a successor, got " + successor + " for " + what);
        }

        /**
         * An event that is known when it happens.
         *
         * @param what what happened, not RENAMED
         * @param instrument to which instrument or asset
         * @param timeNanos when
         * @return the event
         */
        public static Event of(What what, InstrumentId instrument, long timeNanos) {
            return new Event(what, instrument, timeNanos, timeNanos, 1, Optional.empty(), "");
        }

        /**
         * A redenomination.
         *
         * @param instrument to which instrument or asset
         * @param timeNanos first moment of the new unit
         * @param ratio new units for one old unit: 100 if one old coin became a hundred new ones
         * @return the event
         */
        public static Event redenominated(InstrumentId instrument, long timeNanos, double ratio) {
            return new Event(What.REDENOMINATED, instrument, timeNanos, timeNanos, ratio, Optional.empty(), "");
        }

        /**
         * A new ticker of the same asset.
         *
         * @param instrument the old one
         * @param timeNanos first moment of the new one
         * @param successor the new one
         * @return the event
         */
        public static Event renamed(InstrumentId instrument, long timeNanos, InstrumentId successor) {
            return new Event(What.RENAMED, instrument, timeNanos, timeNanos, 1, Optional.of(successor), "");
        }

        /**
         * A copy with another time of knowledge.
         *
         * @param nanos when it could first be known
         * @return the copy
         */
        public Event knownAt(long nanos) {
            return new Event(what, instrument, timeNanos, nanos, ratio, successor, source);
        }

        /**
         * A copy with a source.
         *
         * @param place where it is said
         * @return the copy
         */
        public Event from(String place) {
            return new Event(what, instrument, timeNanos, availableNanos, ratio, successor, place);
        }

        /** Whether the event concerns an instrument: itself, or its base asset. */
        boolean concerns(InstrumentId id) {
            return instrument.equals(id)
                    || (instrument.venue().equals(id.venue())
                            && instrument.kind() == id.kind()
                            && id.name().startsWith(instrument.name() + "-"));
        }
    }

    /**
     * Of one asset under one ticker: from when until when.
     *
     * @param instrument the ticker
     * @param number 1 for the first asset of the ticker, then one more at each reuse
     * @param fromNanos first moment, {@link Long#MIN_VALUE} if no listing is known
     * @param toNanos end, exclusive, {@link Long#MAX_VALUE} if no end is known
     */
    public record Life(InstrumentId instrument, int number, long fromNanos, long toNanos) {
        /**
         * A name that no other asset has: the ticker, from the second asset on with its number.
         *
         * @return for example {@code BINANCE.SPOT.LUNA-USDT} and {@code BINANCE.SPOT.LUNA-USDT%232}
         */
        public InstrumentId asset() {
            return number == 1
                    ? instrument
                    : new InstrumentId(
                            instrument.venue(),
                            instrument.kind(),
                            instrument.name() + InstrumentId.encode("#" + number));
        }
    }

    /**
     * No events.
     *
     * @return a universe in which everything is listed forever
     */
    public static Universe empty() {
        return EMPTY;
    }

    /**
     * Gathers events.
     *
     * @param events in any order; equal ones are taken once
     * @return the universe
     */
    public static Universe of(Collection<Event> events) {
        List<Event> sorted = new ArrayList<>(new LinkedHashSet<>(events));
        sorted.sort(Comparator.comparingLong(Event::timeNanos)
                .thenComparing(event -> event.instrument().toString())
                .thenComparing(Event::what));
        return new Universe(sorted);
    }

    /**
     * A copy with the events of another universe added.
     *
     * @param other the other one
     * @return the copy
     */
    public Universe with(Universe other) {
        List<Event> all = new ArrayList<>(events);
        all.addAll(other.events);
        return of(all);
    }

    /**
     * All events.
     *
     * @return in the order of time
     */
    public List<Event> events() {
        return events;
    }

    /**
     * The events that somebody told. Ends of trading that an import only concluded from a flat tail are left out: a later
     * import may have brought trade again, and the bars themselves show a tail that is still there.
     *
     * @return a universe without such ends
     */
    public Universe announced() {
        return new Universe(events.stream()
                .filter(event -> !event.source().startsWith(DEAD_TAIL))
                .toList());
    }

    /**
     * The events of one instrument or its base asset.
     *
     * @param instrument the instrument
     * @return in the order of time
     */
    public List<Event> events(InstrumentId instrument) {
        return events.stream().filter(event -> event.concerns(instrument)).toList();
    }

    /**
     * The assets that a ticker meant, one after the other. A ticker that is listed again after its end without REUSED is
     * the same asset in another life.
     *
     * @param instrument the ticker
     * @return at least one life, in the order of time
     */
    public List<Life> lives(InstrumentId instrument) {
        List<Life> lives = new ArrayList<>();
        long from = Long.MIN_VALUE;
        int number = 1;
        boolean open = true;
        for (Event event : events(instrument)) {
            long at = event.timeNanos();
            switch (event.what()) {
                case LISTED -> {
                    from = open && from != Long.MIN_VALUE ? from : at;
                    open = true;
                }
                case DELISTED, RENAMED -> {
                    if (from == at) {
                        // what ends when it begins was never told to end
                        continue;
                    }
                    if (open) {
                        lives.add(new Life(instrument, number, from, at));
                    }
                    open = false;
                }
                case REUSED -> {
                    if (open) {
                        lives.add(new Life(instrument, number, from, at));
                    }
                    number++;
                    from = at;
                    open = true;
                }
                case REDENOMINATED -> {
                    // the same asset in another unit
                }
            }
        }
        if (open) {
            lives.add(new Life(instrument, number, from, Long.MAX_VALUE));
        }
        return lives;
    }

    /**
     * The asset that a ticker meant at a time.
     *
     * @param instrument the ticker
     * @param nanos UTC epoch nanoseconds
     * @return its life then; empty if it was not listed
     */
    public Optional<Life> at(InstrumentId instrument, long nanos) {
        return lives(instrument).stream()
                .filter(life -> life.fromNanos() <= nanos && nanos < life.toNanos())
                .findFirst();
    }

    /**
     * The instruments that could be traded at a time, by what was known then. An announced end counts from its own time,
     * not from its announcement.
     *
     * @param candidates instruments in question
     * @param nanos UTC epoch nanoseconds
     * @return those that were listed, in the given order
     */
    public List<InstrumentId> listed(Collection<InstrumentId> candidates, long nanos) {
        Universe known = knownBy(nanos);
        return candidates.stream().filter(id -> known.at(id, nanos).isPresent()).toList();
    }

    /**
     * What was known at a time.
     *
     * @param nanos UTC epoch nanoseconds
     * @return a universe without the events that became known later
     */
    public Universe knownBy(long nanos) {
        return new Universe(
                events.stream().filter(event -> event.availableNanos() <= nanos).toList());
    }

    /**
     * Units of today for one unit of a time: the product of the ratios of all redenominations of an asset after it.
     *
     * @param life the asset
     * @param nanos UTC epoch nanoseconds, within its life
     * @return above 0; 1 without redenomination
     */
    public double unitsNow(Life life, long nanos) {
        double units = 1;
        for (Event event : events(life.instrument())) {
            boolean later = event.timeNanos() > nanos && event.timeNanos() < life.toNanos();
            if (event.what() == What.REDENOMINATED && later) {
                units *= event.ratio();
            }
        }
        return units;
    }

    /**
     * Whether an event explains a jump of a price.
     *
     * @param instrument the instrument
     * @param fromNanos time of the last price before the jump
     * @param toNanos time of the first price after it
     * @return the redenomination, reuse or listing that lies between
     */
    public Optional<Event> explains(InstrumentId instrument, long fromNanos, long toNanos) {
        return events(instrument).stream()
                .filter(event -> event.what() == What.REDENOMINATED
                        || event.what() == What.REUSED
                        || event.what() == What.LISTED)
                .filter(event -> event.timeNanos() > fromNanos && event.timeNanos() <= toNanos)
                .findFirst();
    }

    /**
     * The tickers under which one asset was traded.
     *
     * @param instrument any of them
     * @return from the oldest to the newest
     */
    public List<InstrumentId> tickers(InstrumentId instrument) {
        LinkedHashSet<InstrumentId> chain = new LinkedHashSet<>();
        InstrumentId oldest = instrument;
        for (Optional<InstrumentId> before = predecessor(oldest);
                before.isPresent() && chain.add(oldest);
                before = predecessor(oldest)) {
            oldest = before.get();
        }
        chain.clear();
        for (Optional<InstrumentId> next = Optional.of(oldest); next.isPresent() && chain.add(next.get()); ) {
            next = successor(next.get());
        }
        return List.copyOf(chain);
    }

    private Optional<InstrumentId> successor(InstrumentId id) {
        return events.stream()
                .filter(event ->
                        event.what() == What.RENAMED && event.instrument().equals(id))
                .flatMap(event -> event.successor().stream())
                .findFirst();
    }

    private Optional<InstrumentId> predecessor(InstrumentId id) {
        return events.stream()
                .filter(event -> event.successor().equals(Optional.of(id)))
                .map(Event::instrument)
                .findFirst();
    }

    /**
     * Reads a universe.
     *
     * @param file a file of {@link #write(Path)}
     * @return the universe
     * @throws IOException if the file cannot be read or holds something else
     */
    public static Universe read(Path file) throws IOException {
        return parse(Documents.read(file), file.toString());
    }

    /**
     * Reads the universe of a store.
     *
     * @param store where {@link #keep(MarketStore)} kept it
     * @return the universe; empty if the store has none
     * @throws IOException if the store cannot be read or holds something else
     */
    public static Universe of(MarketStore store) throws IOException {
        Optional<String> text = store.document(DOCUMENT);
        return text.isEmpty() ? EMPTY : parse(Documents.parseJson(text.get(), DOCUMENT), DOCUMENT);
    }

    private static What what(String word) {
        for (What what : What.values()) {
            if (what.name().equals(word)) {
                return what;
            }
        }
        throw new IllegalArgumentException("what must be one of " + List.of(What.values()) + ", got '" + word + "'");
    }

    /** The events of a document. */
    static Universe parse(Node root, String source) throws IOException {
        List<Event> events = new ArrayList<>();
        try {
            for (Node node : root.get("events").items()) {
                events.add(new Event(
                        what(node.get("what").asText()),
                        InstrumentId.parse(node.get("instrument").asText()),
                        TimeIndex.nanos(node.get("time").asInstant()),
                        TimeIndex.nanos(node.get("available").asInstant()),
                        node.find("ratio").map(Node::asDouble).orElse(1.0),
                        node.find("successor").map(Node::asText).map(InstrumentId::parse),
                        node.find("source").map(Node::asText).orElse("")));
            }
        } catch (IllegalArgumentException broken) {
            throw new DataException(
                    source, 0, "", "this is no list of events: " + broken.getMessage(), "repair the entry");
        }
        return of(events);
    }

    /**
     * Writes the universe as JSON, atomically.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, json().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Keeps the universe in a store, over what was there; in a folder it is the file {@code universe.json}.
     *
     * @param store where to
     * @throws IOException if it cannot be written
     */
    public void keep(MarketStore store) throws IOException {
        store.keepDocument(DOCUMENT, json());
    }

    private String json() {
        List<Node> nodes = new ArrayList<>();
        for (Event event : events) {
            Node.Fields fields = Node.object()
                    .put("what", event.what().name())
                    .put("instrument", event.instrument().toString())
                    .put("time", TimeIndex.instant(event.timeNanos()))
                    .put("available", TimeIndex.instant(event.availableNanos()));
            if (event.ratio() != 1) {
                fields.put("ratio", event.ratio());
            }
            event.successor().ifPresent(id -> fields.put("successor", id.toString()));
            if (!event.source().isEmpty()) {
                fields.put("source", event.source());
            }
            nodes.add(fields.build());
        }
        return Documents.json(Node.object().put("events", Node.array(nodes)).build());
    }
}
