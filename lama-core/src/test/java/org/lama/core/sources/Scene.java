package org.lama.core.sources;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.lama.core.base.Issue;
import org.lama.core.net.Secrets;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeRequest;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.ParquetTable;

/** An adapter, what is asked of it, and what its venue answers, path by path. Immutable. */
record Scene(
        String name,
        Function<SourceSettings, Source> source,
        FetchRequest request,
        Map<String, Function<FakeRequest, String>> answers,
        String main,
        String required,
        int rows) {
    static final String KEY = "planted-key-0123456789-abcdefghij";

    /** A time as nanoseconds. */
    static long at(String time) {
        return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    }

    /** A scene whose answers do not depend on the question; the first path is the one that is spoiled. */
    static Scene of(
            String name,
            Function<SourceSettings, Source> source,
            FetchRequest request,
            String required,
            int rows,
            String... pathsAndFiles) {
        Map<String, Function<FakeRequest, String>> answers = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndFiles.length; i += 2) {
            String body = text(pathsAndFiles[i + 1]);
            answers.put(pathsAndFiles[i], asked -> body);
        }
        return new Scene(name, source, request, answers, pathsAndFiles[0], required, rows);
    }

    Scene answering(String path, Function<FakeRequest, String> answer) {
        Map<String, Function<FakeRequest, String>> more = new LinkedHashMap<>(answers);
        more.put(path, answer);
        return new Scene(name, source, request, more, main, required, rows);
    }

    Scene asking(FetchRequest other) {
        return new Scene(name, source, other, answers, main, required, rows);
    }

    /** A reply that we wrote. */
    static String text(String file) {
        try (InputStream in = Scene.class.getResourceAsStream("unrecorded-" + file)) {
            if (in == null) {
                throw new IllegalStateException("no file unrecorded-" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came out of a fetch. */
    record Outcome(List<Source.Batch> batches, List<String> rows, ManualClock clock) {
        List<Issue.Reason> reasons() {
            return batches.stream()
                    .flatMap(batch -> batch.issues().stream())
                    .map(Issue::reason)
                    .toList();
        }

        ParquetTable table() {
            return batches.get(0).rows();
        }

        double[] column(String column) {
            return table().doubles(column);
        }
    }

    /** Plays the scene; how answers of the main path are sent can be changed: number of the call, good answer. */
    Outcome play(Path folder, BiFunction<Integer, String, FakeReply> sent) throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            return play(folder, venue, sent);
        }
    }

    Outcome play(Path folder, FakeVenue venue, BiFunction<Integer, String, FakeReply> sent) throws IOException {
        Script script = script(folder, venue, sent);
        script.source().fetch(request, script.batches()::add);
        return script.outcome();
    }

    Outcome play(Path folder) throws IOException {
        return play(folder, (call, good) -> FakeReply.json(good));
    }

    /** Where many questions go to one path, words of the body after a # tell the main one. */
    private boolean isMain(FakeRequest asked) {
        String[] parts = main.split("#", 2);
        return asked.path().equals(parts[0])
                && (parts.length == 1 || asked.body().contains(parts[1]));
    }

    record Script(Source source, List<Source.Batch> batches, ManualClock clock) {
        Outcome outcome() {
            List<String> rows = new ArrayList<>();
            batches.forEach(batch -> rows.addAll(shown(batch)));
            return new Outcome(List.copyOf(batches), rows, clock);
        }
    }

    Script script(Path folder, FakeVenue venue, BiFunction<Integer, String, FakeReply> sent) {
        ManualClock clock = ManualClock.standing().jumpWall(java.time.Duration.ofSeconds(30)); // as the venues say
        venue.whileStalling(() -> clock.advance(java.time.Duration.ofSeconds(1)));
        int[] calls = new int[1];
        answers.forEach((path, answer) -> venue.on(path, asked -> {
            String good = answer.apply(asked);
            if (!isMain(asked)) {
                return FakeReply.json(good);
            }
            synchronized (calls) {
                calls[0]++;
                return sent.apply(calls[0], good);
            }
        }));
        Map<String, String> keys = Map.of("ALCHEMY_API_KEY", KEY, "THEGRAPH_API_KEY", KEY, "COINGECKO_API_KEY", KEY);
        SourceSettings settings = SourceSettings.in(folder)
                .by(clock)
                .with(Secrets.of(keys, folder.resolve("no-secrets")))
                .asking(venue.url());
        return new Script(source.apply(settings), new ArrayList<>(), clock);
    }

    /** Rows as text: which series, when, what. */
    static List<String> shown(Source.Batch batch) {
        ParquetTable table = batch.rows();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            StringBuilder row = new StringBuilder(batch.key().toString());
            for (String column : table.names()) {
                row.append(' ').append(column).append('=');
                switch (table.type(column)) {
                    case TIME -> row.append(table.times(column)[i]);
                    case LONG -> row.append(table.longs(column)[i]);
                    default -> row.append(table.doubles(column)[i]);
                }
            }
            rows.add(row.toString());
        }
        return rows;
    }

    @Override
    public String toString() {
        return name;
    }
}
