package org.lama.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.Checksums;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Tables as a store holds them, such as its exports: {@code time}, {@code available}, {@code seq} where rows of a kind have it,
 * and the columns of the kind under their own names. Their rows are taken over as they stand; bars are judged as all bars
 * are. Stateless.
 */
final class ExportFiles {
    private static final int PIECE = 200_000;
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z");
    private static final Set<RecordKind> OF_PERPETUALS = Set.of(RecordKind.FUNDING, RecordKind.OPEN_INTEREST);
    /** Kinds that their columns tell, those with more of them first. */
    private static final List<RecordKind> TOLD = List.of(
            RecordKind.BOOK_SNAPSHOTS,
            RecordKind.BOOK_UPDATES,
            RecordKind.QUOTES,
            RecordKind.TRADES,
            RecordKind.OPEN_INTEREST);
    /** Without one of these a change of a level has the columns of a trade. */
    private static final Set<String> UPDATES = Set.of("first_update", "last_update", "previous_update");

    private ExportFiles() {}

    /** The kind of a table as a store holds it, by its name, else by its columns; empty if it is none, or of bars. */
    static Optional<RecordKind> kind(String file, Collection<String> columns) {
        Optional<RecordKind> named = ExportName.of(file).map(ExportName::kind);
        return named.isPresent()
                ? named.filter(kind -> kind != RecordKind.BARS && hasForm(kind, columns))
                : TOLD.stream()
                        .filter(kind -> hasForm(kind, columns))
                        .filter(kind -> kind != RecordKind.BOOK_UPDATES
                                || columns.stream().anyMatch(UPDATES::contains))
                        .findFirst();
    }

    private static boolean hasForm(RecordKind kind, Collection<String> columns) {
        return columns.contains(RecordKind.TIME)
                && columns.contains(RecordKind.AVAILABLE)
                && columns.contains(RecordKind.SEQUENCE) == kind.sequenced()
                && kind.fields().stream().allMatch(field -> !field.required() || columns.contains(field.name()));
    }

    static void read(SeriesSink sink) throws IOException {
        if (FileNames.isParquet(sink.file().name())) {
            parquet(sink);
            return;
        }
        Predicate<String> whole = name -> name.equals(RecordKind.SEQUENCE)
                || Arrays.stream(RecordKind.values())
                        .flatMap(kind -> kind.fields().stream())
                        .anyMatch(field -> field.whole() && field.name().equals(name));
        TableFile table = TableFile.open(
                sink,
                name -> name.equals(RecordKind.TIME)
                        ? TableFile.Role.TIME
                        : whole.test(name) ? TableFile.Role.WHOLE : TableFile.Role.TEXT,
                Optional.empty(),
                sink.tally());
        sink.sha256(table.sha256());
        SeriesKey key = key(sink, table.names());
        // the versions of one row are judged together
        int piece = table.has(Layout.REVISION_NAME) ? Integer.MAX_VALUE : PIECE;
        while (table.next(piece)) {
            long[] times = table.wholes(RecordKind.TIME);
            long[] known = table.known(times, times.clone());
            ParquetTable.Builder rows = ParquetTable.builder(times.length)
                    .times(RecordKind.TIME, times)
                    .times(RecordKind.AVAILABLE, known);
            for (String name : table.names()) {
                String own = TableFile.canonical(name);
                if (whole.test(own)) {
                    rows.longs(own, table.wholes(name));
                } else if (isNumber(key.kind(), own)) {
                    column(rows, own, table.texts(name), true);
                } else if (isValue(own)) {
                    column(rows, name, table.texts(name), false);
                }
            }
            write(sink, key, rows.build());
        }
    }

    private static boolean isValue(String name) {
        return !name.equals(RecordKind.TIME)
                && !name.equals(RecordKind.AVAILABLE)
                && !name.equals(Layout.REVISION_NAME);
    }

    private static boolean isNumber(RecordKind kind, String name) {
        return kind.fields().stream().anyMatch(field -> field.name().equals(name));
    }

    /** Adds a column by the form of its texts: integers, numbers, which have a point or an exponent, times, or texts. */
    private static void column(ParquetTable.Builder rows, String name, List<String> texts, boolean number) {
        List<String> told = texts.stream().filter(text -> !text.isEmpty()).toList();
        double[] numbers = texts.stream().mapToDouble(ExportFiles::number).toArray();
        if (!number
                && !told.isEmpty()
                && told.stream().allMatch(text -> INTEGER.matcher(text).matches())) {
            rows.longs(
                    name,
                    texts.stream()
                            .mapToLong(text -> text.isEmpty() ? RecordKind.MISSING : Long.parseLong(text))
                            .toArray());
        } else if (number || Arrays.stream(numbers).noneMatch(Decimals::isBroken)) {
            rows.doubles(name, numbers);
        } else if (told.stream().allMatch(text -> MOMENT.matcher(text).matches())) {
            rows.times(name, texts.stream().mapToLong(ExportFiles::time).toArray());
        } else {
            rows.texts(name, texts);
        }
    }

    private static double number(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
        return Decimals.parse(ascii, 0, ascii.length);
    }

    private static long time(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return TimeText.nanos(ascii, 0, ascii.length);
    }

    private static void parquet(SeriesSink sink) throws IOException {
        String source = sink.file().name();
        sink.sha256(Checksums.sha256(sink.file().path()));
        ParquetTable table = ParquetFrames.read(sink.file().path());
        for (String name : List.of(RecordKind.TIME, RecordKind.AVAILABLE)) {
            if (table.type(name) != ParquetTable.Type.TIME) {
                throw new DataException(
                        source, 0, name, "the column holds no timestamps", "write it as timestamps, as an export does");
            }
        }
        ParquetTable.Builder rows = ParquetTable.builder(table.rows());
        for (String name : table.names()) {
            if (!name.equals(Layout.REVISION_NAME)) {
                switch (table.type(name)) {
                    case TIME -> rows.times(name, table.times(name));
                    case LONG -> rows.longs(name, table.longs(name));
                    case DOUBLE -> rows.doubles(name, table.doubles(name));
                    case TEXT -> rows.texts(name, table.texts(name));
                }
            }
        }
        write(sink, key(sink, table.names()), rows.build());
    }

    private static SeriesKey key(SeriesSink sink, Collection<String> columns) {
        RecordKind kind = kind(sink.file().name(), columns).orElseThrow();
        Instrument.Kind market = OF_PERPETUALS.contains(kind) ? Instrument.Kind.PERP : Instrument.Kind.SPOT;
        InstrumentId instrument = sink.file()
                .exported(sink.options())
                .orElseGet(() -> sink.instrument(
                        FileNames.symbol(sink.file().name()), new Identity.Market(Identity.UNKNOWN, market)));
        return new SeriesKey(instrument, kind, 0);
    }

    private static void write(SeriesSink sink, SeriesKey key, ParquetTable rows) throws IOException {
        long[] times = rows.times(RecordKind.TIME);
        int[] kept = IntStream.range(0, times.length)
                .filter(row -> times[row] != TimeText.NONE)
                .toArray();
        sink.found(Issue.Reason.NON_FINITE, times.length - kept.length, () -> "rows without a time, left out");
        sink.writeAsItStands(key, kept.length == times.length ? rows : SeriesSink.picked(rows, kept));
    }
}
