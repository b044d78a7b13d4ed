package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Issue;
import org.lama.core.base.Suggestion;
import org.lama.core.data.DataException;
import org.lama.core.data.MarketData;
import org.lama.core.data.PoolColumns;
import org.lama.core.data.StoreFunding;
import org.lama.core.data.StoreSeries;
import org.lama.core.data.Universe;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * What a store has beside the bars of a request: the funding of perpetuals, which they pay, and series that were asked for.
 * Stateless.
 */
final class StoreJoins {
    /** How a note of the provenance begins that says what was joined. */
    static final String JOINED = "joined ";

    private static final long DAY = 86_400_000_000_000L;

    private StoreJoins() {}

    /** The data with what the store has beside them. */
    static MarketData addTo(
            MarketData data, DataRequest request, String name, MarketStore store, List<MarketStore.Entry> catalogue)
            throws IOException {
        List<Frame> frames = new ArrayList<>();
        Universe universe = request.joins().isEmpty() ? Universe.empty() : Universe.of(store);
        List<QualityReport> quality = new ArrayList<>(data.quality());
        for (Frame frame : data.frames()) {
            InstrumentId id = instrument(frame);
            Frame joined = frame;
            Optional<MarketStore.Entry> funding = find(catalogue, new SeriesKey(id, RecordKind.FUNDING, 0));
            if (id.kind() == Instrument.Kind.PERP && funding.isPresent()) {
                joined = funded(frame, store, funding.get().key(), quality);
            }
            for (String join : request.joins()) {
                StoreJoin wanted = StoreJoin.of(join);
                SeriesKey key = new SeriesKey(wanted.id().orElse(id), wanted.kind(), 0);
                joined = joined(joined, store, universe, entry(catalogue, key, name), wanted.terms(), quality);
            }
            frames.add(joined);
        }
        return new MarketData(frames, quality, data.planted());
    }

    /** Of which instrument the bars of a store are. */
    static InstrumentId instrument(Frame frame) {
        String source = frame.provenance().source();
        return InstrumentId.parse(source.substring(0, source.indexOf(' ')));
    }

    private static Optional<MarketStore.Entry> find(List<MarketStore.Entry> catalogue, SeriesKey key) {
        return catalogue.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    private static MarketStore.Entry entry(List<MarketStore.Entry> catalogue, SeriesKey key, String name)
            throws DataException {
        Optional<MarketStore.Entry> entry = find(catalogue, key);
        if (entry.isPresent()) {
            return entry.get();
        }
        List<String> there = catalogue.stream()
                .filter(each -> each.key().kind() == key.kind())
                .map(each -> each.key().instrument().toString())
                .toList();
        throw DataException.ofRequest(
                name,
                "join",
                "there is no series " + key
                        + (there.isEmpty()
                                ? ", nor any other of that kind"
                                : "; nearest of " + there.size() + " of that kind is "
                                        + Suggestion.nearest(key.instrument().toString(), there)),
                "name one with KIND=ID; see what is there with 'lama data ls'");
    }

    private static Frame funded(Frame frame, MarketStore store, SeriesKey key, List<QualityReport> quality)
            throws IOException {
        StoreFunding funding = StoreFunding.of(frame, store, key);
        missing(frame, key, funding.uncovered(), funding.firstUncovered(), quality);
        if (funding.payments() == 0) {
            return frame;
        }
        String late = funding.late() == 0
                ? ""
                : ", of which " + funding.late() + " known late are booked at the close at which they were known";
        return noted(funding.bars(), "funding of " + key.instrument() + late);
    }

    private static Frame joined(
            Frame frame,
            MarketStore store,
            Universe universe,
            MarketStore.Entry entry,
            Optional<PoolColumns.Terms> terms,
            List<QualityReport> quality)
            throws IOException {
        SeriesKey key = entry.key();
        long spacing = entry.rows() < 2 ? 0 : (entry.toNanos() - entry.fromNanos()) / (entry.rows() - 1);
        long maxAge = Math.max(DAY, Math.max(2 * frame.barNanos(), 3 * spacing));
        String prefix = StoreJoin.prefix(key.kind());
        long first = frame.index().at(0);
        MarketStore.Query query = MarketStore.Query.all(key)
                .between(Math.max(first, Long.MIN_VALUE + maxAge) - maxAge, frame.availableAt(frame.size() - 1) + 1);
        Frame plain = StoreSeries.join(frame, store, query, prefix, maxAge, universe);
        Frame out = terms.isEmpty() ? plain : PoolColumns.join(plain, store, key, terms.get(), maxAge);
        List<String> added =
                out.columnNames().stream().filter(name -> !frame.has(name)).toList();
        int uncovered = 0;
        int at = -1;
        for (int row = 0; row < out.size(); row++) {
            int now = row;
            if (added.stream().allMatch(name -> Double.isNaN(out.column(name).get(now)))) {
                uncovered++;
                at = at < 0 ? row : at;
            }
        }
        missing(frame, key, uncovered, at, quality);
        return noted(
                out,
                key + " as " + String.join(", ", added) + ", as known at each close and not older than "
                        + maxAge / 3_600_000_000_000L + " h");
    }

    /** Says in the report of a frame how many bars a series does not reach. */
    private static void missing(Frame frame, SeriesKey key, int count, int first, List<QualityReport> quality) {
        for (int i = 0; count > 0 && i < quality.size(); i++) {
            if (quality.get(i).symbol().equals(frame.symbol())) {
                List<QualityReport.Finding> findings =
                        new ArrayList<>(quality.get(i).findings());
                String from = TimeIndex.instant(frame.index().at(first)).toString();
                findings.add(new QualityReport.Finding(
                        Issue.Reason.NOT_COVERED, count, from + " of " + key, from + " of " + key));
                quality.set(i, quality.get(i).withFindings(findings));
            }
        }
    }

    private static Frame noted(Frame frame, String what) {
        String note = frame.provenance().note();
        return frame.withProvenance(frame.provenance().withNote(note + (note.isEmpty() ? "" : "; ") + JOINED + what));
    }

    /** What was joined to a frame, for people. */
    static List<String> of(Frame frame) {
        List<String> said = new ArrayList<>();
        for (String part : frame.provenance().note().split("; ", -1)) {
            if (part.startsWith(JOINED)) {
                said.add(part);
            }
        }
        return said;
    }
}
