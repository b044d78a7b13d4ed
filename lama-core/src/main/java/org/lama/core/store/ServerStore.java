package org.lama.core.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Suggestion;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.internal.Buckets;
import org.lama.core.store.internal.RawColumn;
import org.lama.core.store.internal.ReadRequest;
import org.lama.core.store.internal.RowBatch;
import org.lama.core.store.internal.RowBlock;
import org.lama.core.store.internal.ServerDriver;
import org.lama.core.store.internal.ServerLink;
import org.lama.core.store.internal.ServerReading;
import org.lama.core.store.internal.ServerRegister;
import org.lama.core.store.internal.ServerSeries;
import org.lama.core.store.internal.ServerTable;
import org.lama.core.store.internal.ServerVersions;
import org.lama.core.store.internal.ServerWriting;

/**
 * A store on a server; {@link ServerStores} opens it. One transaction holds whole buckets (days, months or years, as the
 * kind says), so a reader sees each bucket before or after a write. A part that meets a broken connection is written
 * again after a pause; it is never stored twice, but if the connection broke while the server confirmed it, its rows
 * count as duplicates. If the server stays away and there is a spool, the rows wait there: the report then counts no
 * added rows and has an issue {@link Issue.Reason#DEFERRED}, and the next write, {@link #replay()} or process brings
 * them, in order. Minus zero equals zero when rows are compared. Thread-safe; writers of one series wait for each other,
 * also in other processes.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ServerStore implements MarketStore {
    /** A transaction takes no further bucket when it has so many rows. */
    private static final int ENOUGH_ROWS = 100_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ServerSettings settings;
    private final ServerLink link;
    private final Optional<ServerSpool> spool;

    private ServerStore(ServerSettings settings, ServerLink link, Optional<ServerSpool> spool) {
        this.settings = settings;
        this.link = link;
        this.spool = spool;
    }

    static ServerStore open(ServerSettings settings, ServerDriver driver) throws IOException {
        ServerStore store = null;
        try {
            Optional<ServerSpool> spool = settings.spool().isPresent()
                    ? Optional.of(ServerSpool.open(settings.spool().get(), settings.spoolBytes()))
                    : Optional.empty();
            store = new ServerStore(settings, new ServerLink(settings.terms(), driver), spool);
            ServerStore opened = store;
            try {
                opened.link.check();
            } catch (ServerLink.Away e) {
                if (spool.isEmpty()) {
                    throw e;
                }
            }
            ServerStore kept = store;
            store = null;
            return kept;
        } catch (IOException e) {
            if (store == null) {
                driver.close();
            }
            throw e;
        } finally {
            if (store != null) {
                store.close();
            }
        }
    }

    @Override
    public synchronized Written write(SeriesKey key, ParquetTable rows, Provenance provenance, boolean strict)
            throws IOException {
        Check.notNull(provenance, "provenance");
        Incoming incoming = Incoming.of(key, rows);
        RowBlock block = block(incoming.rows());
        List<Issue> issues = new ArrayList<>(incoming.issues());
        Tally tally = new Tally();
        SpoolPart part = new SpoolPart(key, provenance, strict, block);
        int stored = 0;
        try {
            bringWaiting();
            stored = store(part, tally);
        } catch (ServerLink.Away e) {
            if (spool.isEmpty()) {
                throw e;
            }
            stored = tally.rows;
            spool.get().keep(new SpoolPart(key, provenance, strict, block.slice(stored, block.rows())));
            issues.add(new Issue(
                    Issue.Reason.DEFERRED,
                    key.toString(),
                    (block.rows() - stored) + " rows wait on disk until the server is back: " + e.getMessage()));
        }
        ServerWriting.Outcome outcome = tally.outcome;
        if (outcome.revisions() > 0) {
            issues.add(new Issue(
                    Issue.Reason.REVISED,
                    TimeIndex.instant(outcome.firstRevision()) + change(key, outcome.firstRevision()),
                    outcome.revisions() + " rows have other values than those in the store; both are kept, each from"
                            + " when it was known"));
        }
        return new Written(outcome.added(), outcome.duplicates(), outcome.revisions(), incoming.refused(), issues);
    }

    /** What the first revision says; the write is done, so that a server that is gone by now does not undo it. */
    private String change(SeriesKey key, long timeNanos) {
        try {
            return ": " + link.change(series(key), timeNanos);
        } catch (IOException gone) {
            return "";
        }
    }

    /** What of a write is stored so far. */
    private static final class Tally {
        private int rows;
        private ServerWriting.Outcome outcome = ServerWriting.Outcome.NONE;
    }

    private int store(SpoolPart part, Tally tally) throws IOException {
        ServerSeries series = series(part.key());
        Provenance from = part.provenance();
        ServerRegister.Origin origin =
                new ServerRegister.Origin(from.kind().name(), from.source(), from.sha256(), from.note());
        RowBlock block = part.block();
        while (tally.rows < block.rows()) {
            int end = Buckets.group(series.table(), block, tally.rows, ENOUGH_ROWS);
            RowBlock group = block.slice(tally.rows, end);
            tally.outcome = tally.outcome.plus(link.write(series, group, origin, part.strict()));
            tally.rows = end;
        }
        return tally.rows;
    }

    private static ServerSeries series(SeriesKey key) {
        return new ServerSeries(new ServerTable(key.kind()), key.instrument().toString(), key.barNanos());
    }

    private static RowBlock block(Rows rows) {
        int size = rows.size();
        long[] sequences = new long[size];
        long[] available = new long[size];
        int[] levels = new int[size];
        for (int i = 0; i < size; i++) {
            sequences[i] = rows.sequence(i);
            long known = rows.available(i);
            available[i] = known == rows.time()[i] + rows.lagNanos() ? RecordKind.MISSING : known;
            boolean same = i > 0 && rows.compareKeys(i, rows, i - 1) == 0;
            levels[i] = same ? levels[i - 1] + 1 : 0;
        }
        return new RowBlock(size, rows.time(), sequences, available, levels, rows.values());
    }

    /**
     * Rows that wait on disk for the server.
     *
     * @return how many; 0 without a spool
     * @throws IOException if the spool cannot be read
     */
    public synchronized long waitingRows() throws IOException {
        return spool.isPresent() ? spool.get().rows() : 0;
    }

    /**
     * Brings the waiting rows to the server, in the order in which they were written. Files whose rows can never be
     * stored (a revision in a strict write, a column of another type) are put aside under a name that ends in
     * {@code .refused}.
     *
     * @return how many rows were brought
     * @throws IOException if the server is away (what is left waits on), a file is broken, or one was put aside
     */
    public synchronized long replay() throws IOException {
        return bringWaiting();
    }

    private long bringWaiting() throws IOException {
        if (spool.isEmpty()) {
            return 0;
        }
        long rows = 0;
        List<String> refused = new ArrayList<>();
        for (ServerSpool.Waiting file : spool.get().list().values()) {
            SpoolPart part = ServerSpool.read(file.file());
            try {
                rows += store(part, new Tally());
                spool.get().done(file);
            } catch (ServerWriting.RevisionRefused | IllegalArgumentException e) {
                refused.add(spool.get().refuse(file) + ": " + e.getMessage());
            }
        }
        if (!refused.isEmpty()) {
            throw new IOException("rows that waited on disk were refused and put aside: " + refused);
        }
        return rows;
    }

    @Override
    public Batches scan(Query query) throws IOException {
        return batches(reading(query, false));
    }

    @Override
    public Batches scanVersions(Query query) throws IOException {
        return batches(reading(query, true));
    }

    private Batches batches(ServerReading reading) {
        return new Batches() {
            @Override
            public @Nullable ParquetTable next() throws IOException {
                RowBatch batch = link.next(reading);
                return batch == null ? null : ParquetTable.owning(batch.columns(), batch.rows());
            }

            @Override
            public void close() throws IOException {
                reading.close();
            }
        };
    }

    @Override
    public ParquetTable read(Query query) throws IOException {
        List<RowBatch> batches = new ArrayList<>();
        int rows = 0;
        try (ServerReading reading = reading(query, false)) {
            RowBatch first = reading.none();
            for (RowBatch batch = link.next(reading); batch != null; batch = link.next(reading)) {
                batches.add(batch);
                rows = Math.addExact(rows, batch.rows());
            }
            return joined(batches.size() == 1 ? batches.get(0) : first, batches, rows);
        }
    }

    @Override
    public ParquetTable revisions(Query query) throws IOException {
        List<ServerVersions.Later> later = link.later(new ReadRequest(
                series(query.key()), query.fromNanos(), query.toNanos(), List.of(), query.availableBy(), true));
        return ParquetTable.builder(later.size())
                .times(
                        RecordKind.TIME,
                        later.stream()
                                .mapToLong(ServerVersions.Later::timeNanos)
                                .toArray())
                .times(
                        RecordKind.AVAILABLE,
                        later.stream()
                                .mapToLong(ServerVersions.Later::availableNanos)
                                .toArray())
                .build();
    }

    private static ParquetTable joined(RowBatch pattern, List<RowBatch> batches, int rows) {
        if (pattern.rows() == rows) {
            return ParquetTable.owning(pattern.columns(), rows);
        }
        List<RawColumn> columns = new ArrayList<>();
        for (int i = 0; i < pattern.columns().size(); i++) {
            RawColumn like = pattern.columns().get(i);
            Object values = Missing.array(like.kind(), rows);
            int at = 0;
            for (RowBatch batch : batches) {
                System.arraycopy(batch.columns().get(i).values(), 0, values, at, batch.rows());
                at += batch.rows();
            }
            columns.add(new RawColumn(like.name(), like.kind(), values));
        }
        return ParquetTable.owning(columns, rows);
    }

    private ServerReading reading(Query query, boolean everyVersion) throws IOException {
        ReadRequest request = new ReadRequest(
                series(query.key()),
                query.fromNanos(),
                query.toNanos(),
                query.columns(),
                query.availableBy(),
                everyVersion);
        Optional<ServerReading> reading = link.open(request);
        if (reading.isEmpty()) {
            List<String> names = new ArrayList<>();
            catalogue().forEach(entry -> names.add(entry.key().toString()));
            throw new IOException(settings + " has no series " + query.key()
                    + (names.isEmpty()
                            ? "; it is empty"
                            : "; the nearest is "
                                    + Suggestion.nearest(query.key().toString(), names)));
        }
        return reading.get();
    }

    @Override
    public List<Entry> catalogue() throws IOException {
        List<ServerRegister.Listed> listed = link.list();
        List<Entry> entries = new ArrayList<>();
        for (ServerRegister.Listed one : listed) {
            RecordKind kind = ServerRegister.kindOf(one.table())
                    .orElseThrow(() -> new IOException(settings + ": unknown table " + one.table()));
            List<Provenance> origins = new ArrayList<>();
            for (ServerRegister.Origin origin : one.origins()) {
                origins.add(new Provenance(
                        Provenance.Kind.valueOf(origin.kind()), origin.source(), origin.sha256(), origin.note()));
            }
            SeriesKey key = new SeriesKey(InstrumentId.parse(one.symbol()), kind, one.barSeconds() * NANOS_PER_SECOND);
            entries.add(new Entry(key, one.rows(), one.fromNanos(), one.toNanos(), 0, origins));
        }
        return entries;
    }

    @Override
    public Optional<String> document(String name) throws IOException {
        return link.document(StoreLayout.documentName(name));
    }

    @Override
    public void keepDocument(String name, String text) throws IOException {
        link.keepDocument(StoreLayout.documentName(name), text);
    }

    @Override
    public synchronized void close() throws IOException {
        link.close();
        if (spool.isPresent()) {
            spool.get().close();
        }
    }
}
