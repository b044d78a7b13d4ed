package org.lama.core.store.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.store.RecordKind;

/**
 * The table of a kind of records on a server: every identifier in every statement comes from here, and none from a
 * caller.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ServerTable {
    /** Version of the newest migration that this library knows. */
    static final int VERSION = 2;
    /** Where the migrations lie on the class path. */
    public static final String MIGRATIONS = "org/lama/core/store/server";

    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private final String name;
    private final RecordKind.Partition bucket;
    private final boolean bars;
    private final boolean sequenced;
    private final List<Column> columns;

    /**
     * The table of a kind.
     *
     * @param kind which records
     */
    public ServerTable(RecordKind kind) {
        name = nameOf(kind);
        bars = kind == RecordKind.BARS;
        sequenced = kind.sequenced();
        // short bars share their table with long ones, so one length must do for both
        bucket = kind.partition(bars ? 1 : 0);
        List<Column> all = new ArrayList<>();
        kind.fields().forEach(field -> all.add(new Column(field.name(), type(field))));
        columns = List.copyOf(all);
    }

    /** How a column is sent: the widths of PostgreSQL's types. */
    enum Type {
        INT2,
        INT4,
        INT8,
        FLOAT8
    }

    /**
     * A column of the kind.
     *
     * @param name its name, a plain lower-case word
     * @param type how it is sent
     */
    record Column(String name, Type type) {}

    /**
     * Name of the table of a kind; trades stand in {@code ticks}.
     *
     * @param kind which records
     * @return without schema
     */
    public static String nameOf(RecordKind kind) {
        return kind == RecordKind.TRADES ? "ticks" : kind.folder();
    }

    private static Type type(RecordKind.Field field) {
        if (!field.whole()) {
            return Type.FLOAT8;
        }
        return switch (field.name()) {
            case "side" -> Type.INT2;
            case "level" -> Type.INT4;
            default -> Type.INT8;
        };
    }

    String name() {
        return name;
    }

    String qualified() {
        return "lama." + name;
    }

    boolean bars() {
        return bars;
    }

    boolean sequenced() {
        return sequenced;
    }

    List<Column> columns() {
        return columns;
    }

    Optional<Column> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }

    RecordKind.Partition bucket() {
        return bucket;
    }

    /** First day of the bucket that a time falls into. */
    LocalDate bucketOf(long nanos) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(nanos, DAY_NANOS));
        return switch (bucket) {
            case DAY -> day;
            case MONTH -> day.withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** First day after a bucket. */
    LocalDate after(LocalDate first) {
        return switch (bucket) {
            case DAY -> first.plusDays(1);
            case MONTH -> first.plusMonths(1);
            case YEAR -> first.plusYears(1);
        };
    }

    static long micros(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_MICRO);
    }

    /** A time, rounded down to a microsecond, as a literal: digits and marks of our own making. */
    static String literal(long nanos) {
        long micros = micros(nanos);
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
        return "'" + instant + "'::timestamptz";
    }
}
