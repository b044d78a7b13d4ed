package org.lama.core.sources;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.lama.core.base.Issue;
import org.lama.core.net.Secrets;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.Checksums;
import org.lama.core.store.RecordKind;

/** A venue on loopback that stands in for all hosts, settings that lead there, and what came out of a fetch. */
final class Desk implements AutoCloseable {
    static final long MILLI = 1_000_000L;
    static final long MINUTE = 60_000 * MILLI;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    final ManualClock clock = ManualClock.standing();
    final FakeVenue venue;
    final SourceSettings settings;
    final List<Source.Batch> batches = new ArrayList<>();

    Desk(Path folder) {
        try {
            venue = FakeVenue.start().whileStalling(() -> clock.advance(Duration.ofSeconds(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings = SourceSettings.in(folder)
                .asking(venue.url())
                .by(clock)
                .with(Secrets.of(Map.of(), folder.resolve("none")));
    }

    static long nanos(String instant) {
        Instant time = Instant.parse(instant);
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    /** What the venue takes for now; our clock agrees. */
    Desk time(String path, String instant) {
        clock.jumpWall(Duration.ofNanos(nanos(instant) - clock.nowNanos()));
        venue.on(path, FakeReply.json("{\"serverTime\":" + nanos(instant) / MILLI + "}"));
        return this;
    }

    List<Source.Batch> fetch(Source source, FetchRequest request) throws IOException {
        batches.clear();
        source.fetch(request, batches::add);
        return batches;
    }

    <T extends Throwable> T failure(Class<T> type, Source source, FetchRequest request) {
        return catchThrowableOfType(type, () -> fetch(source, request));
    }

    /** Times of all rows. */
    List<Long> times() {
        List<Long> times = new ArrayList<>();
        for (Source.Batch batch : batches) {
            for (long time : batch.rows().times(RecordKind.TIME)) {
                times.add(time);
            }
        }
        return times;
    }

    List<Double> column(String name) {
        List<Double> all = new ArrayList<>();
        for (Source.Batch batch : batches) {
            for (double value : batch.rows().doubles(name)) {
                all.add(value);
            }
        }
        return all;
    }

    List<Issue.Reason> reasons() {
        return batches.stream()
                .flatMap(batch -> batch.issues().stream())
                .map(Issue::reason)
                .toList();
    }

    static byte[] zip(String entry, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry head = new ZipEntry(entry);
            head.setTime(1_700_000_000_000L);
            zip.putNextEntry(head);
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A bulk file with its checksum. */
    Desk bulk(String path, String text) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] zip = zip(name.replace(".zip", ".csv"), text);
        venue.on("/data/" + path, FakeReply.file(zip, "\"1\""));
        venue.on("/data/" + path + ".CHECKSUM", FakeReply.text(Checksums.sha256(zip) + "  " + name + "\n"));
        return this;
    }

    @Override
    public void close() throws IOException {
        venue.close();
    }
}
