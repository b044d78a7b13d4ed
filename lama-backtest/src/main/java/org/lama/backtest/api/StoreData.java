package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.data.DataException;
import org.lama.core.data.LoadOptions;
import org.lama.core.data.MarketData;
import org.lama.core.data.StoreBars;
import org.lama.core.data.Universe;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.search.Seal;
import org.lama.core.series.Frame;
import org.lama.core.store.Checksums;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;
import org.lama.core.store.ServerSettings;
import org.lama.core.store.ServerStores;

/** The bars of a request that names a store. */
final class StoreData {
    private static final String ANY_VENUE = "UNKNOWN";
    private static final String PASSWORD_PROPERTY = "lama.db.password";
    private static final String PASSWORD_VARIABLE = "LAMA_DB_PASSWORD";
    private static final Pattern USER = Pattern.compile("://([^/@:]+)@");

    private StoreData() {}

    /** Whether a request names a store. */
    static boolean isStore(DataRequest request) {
        return request.database().isPresent()
                || request.path().filter(ParquetStore::isStore).isPresent();
    }

    /** The name of the data without the way to them; empty for the synthetic market. */
    static Optional<String> nameOf(DataRequest request) {
        return request.path()
                .map(path -> String.valueOf(path.toAbsolutePath().normalize().getFileName()))
                .or(() -> request.database().map(url -> url.substring(url.lastIndexOf('/') + 1)));
    }

    /** Opens the store of a request that names one. */
    static MarketStore open(DataRequest request) throws IOException {
        Optional<Path> folder = request.path();
        if (folder.isPresent()) {
            return ParquetStore.open(folder.get());
        }
        return ServerStores.open(server(
                request.database().orElseThrow(() -> new IllegalArgumentException("the request names no store"))));
    }

    /** How a server is reached; the password comes from the environment, so that no result and no list of processes has it. */
    static ServerSettings server(String url) {
        ServerSettings settings = ServerSettings.of(url);
        String password = Objects.requireNonNullElse(
                System.getProperty(PASSWORD_PROPERTY),
                Objects.requireNonNullElse(System.getenv(PASSWORD_VARIABLE), ""));
        if (password.isEmpty()) {
            return settings;
        }
        Matcher user = USER.matcher(url);
        return settings.withUser(user.find() ? user.group(1) : "postgres", password::toCharArray);
    }

    static MarketData load(DataRequest request, LoadOptions options) throws IOException {
        try (MarketStore store = open(request)) {
            LoadOptions chosen = options.withSymbols(symbols(request, store));
            MarketData data = StoreBars.load(store, name(request), chosen, Universe.of(store), OptionalLong.empty());
            Map<String, SeriesKey> keys = keys(store);
            List<Frame> frames = new ArrayList<>();
            for (Frame frame : data.frames()) {
                String note = frame.provenance().note();
                frames.add(frame.withProvenance(frame.provenance().withNote(note + parts(store, keys, frame))));
            }
            MarketData noted = new MarketData(frames, data.quality(), data.planted());
            return StoreJoins.addTo(noted, request, name(request), store, store.catalogue());
        }
    }

    /**
     * The bars of a request in every length that the store has of them: what one length tells, another one tells as well.
     * Without symbols those of all markets.
     */
    static List<Frame> everyLength(DataRequest request) throws IOException {
        try (MarketStore store = open(request)) {
            List<InstrumentId> wanted = StoreBars.instruments(store, name(request), request.symbols());
            Universe universe = Universe.of(store);
            List<Frame> frames = new ArrayList<>();
            for (SeriesKey key : store.keys()) {
                if (key.kind() == RecordKind.BARS && wanted.contains(key.instrument())) {
                    LoadOptions options = LoadOptions.defaults()
                            .withSymbols(List.of(key.instrument().toString()))
                            .withBarNanos(key.barNanos());
                    frames.addAll(StoreBars.load(store, name(request), options, universe, OptionalLong.empty())
                            .frames());
                }
            }
            return frames;
        }
    }

    /** The last time of all that a request without symbols names beside bars, by the name under which it is sealed. */
    static Map<String, Long> lastTimes(DataRequest request) throws IOException {
        Map<String, Long> last = new TreeMap<>();
        if (request.symbols().isEmpty()) {
            try (MarketStore store = open(request)) {
                for (MarketStore.Entry entry : store.catalogue()) {
                    if (entry.key().kind() != RecordKind.BARS) {
                        last.merge(Seal.instrument(entry.key().instrument().toString()), entry.toNanos(), Math::max);
                    }
                }
            }
        }
        return last;
    }

    private static String name(DataRequest request) {
        return nameOf(request).orElse("store");
    }

    private static Map<String, SeriesKey> keys(MarketStore store) throws IOException {
        Map<String, SeriesKey> keys = new HashMap<>();
        for (SeriesKey key : store instanceof ParquetStore ? store.keys() : List.<SeriesKey>of()) {
            keys.put(key.toString(), key);
        }
        return keys;
    }

    /** Which files of the store hold the range of a series, by their checksums. */
    private static String parts(MarketStore store, Map<String, SeriesKey> keys, Frame frame) throws IOException {
        SeriesKey key = keys.get(frame.provenance().source());
        if (!(store instanceof ParquetStore folder) || key == null) {
            return "";
        }
        long from = frame.index().at(0);
        long to = frame.index().at(frame.size() - 1);
        List<String> digests = new ArrayList<>();
        folder.parts(key).stream()
                .filter(part -> part.firstNanos() <= to && part.lastNanos() >= from)
                .forEach(part -> digests.add(part.sha256()));
        String all = digests.size() == 1
                ? digests.get(0)
                : Checksums.sha256(String.join("\n", digests).getBytes(StandardCharsets.UTF_8)) + " over theirs";
        return "; " + digests.size() + (digests.size() == 1 ? " file" : " files") + " of the store, SHA-256 " + all;
    }

    /**
     * The symbols of the request; without any, all of its market: those of the venue if one is named, and of its kind if
     * there are several.
     */
    private static List<String> symbols(DataRequest request, MarketStore store) throws IOException {
        if (!request.symbols().isEmpty()) {
            return request.symbols();
        }
        List<InstrumentId> all = StoreBars.instruments(store, name(request), List.of());
        List<InstrumentId> venue = all.stream()
                .filter(id -> !request.venue().equals(ANY_VENUE) && id.venue().equals(request.venue()))
                .toList();
        List<InstrumentId> near = venue.isEmpty() ? all : venue;
        List<InstrumentId> kind =
                near.stream().filter(id -> id.kind() == request.kind()).toList();
        return (kind.isEmpty() ? near : kind)
                .stream().map(InstrumentId::toString).toList();
    }

    /** All instruments, spot first, as who trades both names them; none if some are named or all are of one kind. */
    static List<String> mixed(DataRequest request) throws IOException {
        if (!request.symbols().isEmpty()) {
            return List.of();
        }
        try (MarketStore store = open(request)) {
            List<InstrumentId> all = StoreBars.instruments(store, name(request), List.of());
            boolean both = all.stream().map(InstrumentId::kind).distinct().count() > 1;
            return both
                    ? all.stream()
                            .sorted(Comparator.comparing((InstrumentId id) -> id.kind() != Instrument.Kind.SPOT))
                            .map(InstrumentId::toString)
                            .toList()
                    : List.of();
        }
    }

    /** The same request for a market, {@code VENUE.KIND}. */
    static DataRequest withMarket(DataRequest request, String market) {
        return StudyConfig.data(request, Node.object().put("instrument", market).build());
    }

    /**
     * The market that all wanted instruments share, {@code VENUE.KIND}; the venue is UNKNOWN if there are several. Spot and
     * perpetuals together are those of a spot market if they may be mixed.
     */
    static String market(DataRequest request, boolean mixed) throws IOException {
        try (MarketStore store = open(request)) {
            Set<String> venues = new TreeSet<>();
            Set<Instrument.Kind> kinds = new TreeSet<>();
            for (InstrumentId id : StoreBars.instruments(store, name(request), request.symbols())) {
                venues.add(id.venue());
                kinds.add(id.kind());
            }
            if (mixed && kinds.equals(Set.of(Instrument.Kind.SPOT, Instrument.Kind.PERP))) {
                kinds.remove(Instrument.Kind.PERP);
            }
            if (kinds.size() != 1) {
                throw DataException.ofRequest(
                        name(request),
                        "",
                        "there are bars of " + kinds,
                        "say which with --symbols, or how they are traded with --instrument");
            }
            Instrument.Kind kind = kinds.iterator().next();
            boolean tradable = kind == Instrument.Kind.SPOT || kind == Instrument.Kind.PERP;
            return (venues.size() == 1 ? venues.iterator().next() : ANY_VENUE) + "."
                    + (tradable ? kind : Instrument.Kind.PERP);
        }
    }
}
