package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Seeds;
import org.lama.core.net.NetException.Reason;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeRequest;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.Checksums;

class DownloadTest {
    private static final String PATH = "/data/BTCUSDT-1m-2024-01.zip";
    private static final byte[] CONTENT = content(600_000, 1);

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.standing();
    private FakeVenue venue;
    private Path target;

    @BeforeEach
    void start() throws IOException {
        venue = FakeVenue.start().whileStalling(() -> clock.advance(Duration.ofSeconds(1)));
        target = folder.resolve("file.zip");
    }

    @AfterEach
    void stop() throws IOException {
        venue.close();
    }

    private static byte[] content(int bytes, long seed) {
        byte[] content = new byte[bytes];
        var rng = Seeds.rng(seed, 0);
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) rng.nextLong();
        }
        return content;
    }

    private Download download() {
        HttpTransport transport =
                HttpTransports.overNetwork(BaseUrl.of(venue.url()), TransportSettings.defaults(), clock);
        HttpFetcher fetcher = HttpFetcher.over(transport, clock)
                .rate(RateLimit.perMinute(100_000))
                .retry(new RetryRule(3, Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofMinutes(10)))
                .build();
        return Download.of(fetcher, HttpCall.get(PATH).build(), target);
    }

    private static NetException failure(Download download) {
        return catchThrowableOfType(NetException.class, download::run);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.toList();
        }
    }

    /** Spoils the first answers of a good handler. */
    private static FakeReply.Handler spoiled(FakeReply.Handler good, int times, Spoiler spoiler) {
        int[] calls = {0};
        return request -> calls[0]++ < times ? spoiler.spoil(good.reply(request)) : good.reply(request);
    }

    private interface Spoiler {
        FakeReply spoil(FakeReply reply);
    }

    @Test
    void aFileComesWholeAndVerified() throws IOException {
        venue.on(PATH, FakeReply.file(CONTENT, "\"v1\""));
        venue.on(PATH + ".CHECKSUM", FakeReply.text(Checksums.sha256(CONTENT) + "  BTCUSDT-1m-2024-01.zip\n"));
        List<Progress> told = new ArrayList<>();
        HttpCall checksum = HttpCall.get(PATH + ".CHECKSUM").build();
        Download.Finished finished =
                download().checksumFrom(checksum).progress(told::add).run();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(finished)
                .isEqualTo(new Download.Finished(target, 600_000, 600_000, Checksums.sha256(CONTENT), true));
        assertThat(files()).containsExactly(target);
        Progress last = told.get(told.size() - 1);
        assertThat(last.name()).isEqualTo("file.zip");
        assertThat(last.bytes()).isEqualTo(600_000);
        assertThat(last.totalBytes()).isEqualTo(OptionalLong.of(600_000));
        Download.Finished again = download().checksumFrom(checksum).run();
        assertThat(again.fetchedBytes()).isZero();
        assertThat(again.verified()).isTrue();
        assertThat(venue.count(PATH)).as("no refetch").isEqualTo(1);
        Files.write(target, new byte[3]);
        assertThat(download().checksumFrom(checksum).run().fetchedBytes())
                .as("a wrong file is replaced")
                .isEqualTo(600_000);
    }

    @Test
    void whatBreaksOffGoesOnWhereItStopped() throws IOException {
        FakeReply.Handler good = FakeReply.file(CONTENT, "\"v1\"");
        int[] calls = {0};
        venue.on(PATH, request -> {
            FakeReply reply = good.reply(request);
            return switch (calls[0]++) {
                case 0 -> reply.cutAfter(100_000);
                case 1 -> reply.stallAfter(100_000);
                case 2 -> FakeReply.html(503);
                case 3 -> reply.cutAfter(1);
                case 4 -> FakeReply.tooManyRequests("5");
                default -> reply;
            };
        });
        Download.Finished finished = download().run();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(finished.fetchedBytes()).as("no byte twice").isEqualTo(600_000);
        assertThat(finished.verified()).isFalse();
        List<String> ranges = venue.requests().stream()
                .map(request -> request.header("range").orElse("-"))
                .toList();
        assertThat(ranges)
                .containsExactly(
                        "-", "bytes=100000-", "bytes=200000-", "bytes=200000-", "bytes=200001-", "bytes=200001-");
        assertThat(venue.requests().get(1).header("if-range")).contains("\"v1\"");
    }

    @Test
    void theNextRunGoesOnWhereTheLastOneGaveUp() throws IOException {
        FakeReply.Handler good = FakeReply.file(CONTENT, "\"v1\"");
        int[] calls = {0};
        venue.on(
                PATH,
                request -> calls[0]++ == 0
                        ? good.reply(request).cutAfter(400_000)
                        : calls[0] <= 4 ? FakeReply.html(503) : good.reply(request));
        NetException failure = failure(download());
        assertThat(failure.reason()).isEqualTo(Reason.SERVER);
        assertThat(target).doesNotExist();
        assertThat(files()).hasSize(2);
        Download.Finished finished = download().run();
        assertThat(finished.bytes()).isEqualTo(600_000);
        assertThat(finished.fetchedBytes()).as("only the rest").isEqualTo(200_000);
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(files()).containsExactly(target);
    }

    @Test
    void aFileThatChangedMeanwhileIsFetchedAnew() throws IOException {
        byte[] other = content(500_000, 2);
        FakeReply.Handler old = FakeReply.file(CONTENT, "\"v1\"");
        FakeReply.Handler changed = FakeReply.file(other, "\"v2\"");
        int[] calls = {0};
        venue.on(PATH, request -> calls[0]++ == 0 ? old.reply(request).cutAfter(100_000) : changed.reply(request));
        Download.Finished finished = download().run();
        assertThat(target).hasBinaryContent(other);
        assertThat(finished.bytes()).isEqualTo(500_000);
        assertThat(finished.fetchedBytes()).isEqualTo(600_000);
    }

    @Test
    void withoutATagNothingIsJoinedUnlessAChecksumWillTell() throws IOException {
        FakeReply.Handler tagless = FakeReply.file(CONTENT, "W/\"weak\"");
        venue.on(PATH, spoiled(tagless, 1, reply -> reply.cutAfter(100_000)));
        assertThat(download().run().fetchedBytes()).isEqualTo(700_000);
        assertThat(venue.requests())
                .noneMatch(request -> request.header("range").isPresent());
        Files.delete(target);
        venue.on(PATH, spoiled(tagless, 1, reply -> reply.cutAfter(100_000)));
        assertThat(download().sha256(Checksums.sha256(CONTENT)).run().fetchedBytes())
                .isEqualTo(600_000);
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void aWrongChecksumLeavesNothingBehind() throws IOException {
        venue.on(PATH, FakeReply.file(content(1000, 9), "\"v1\""));
        NetException failure = failure(download().sha256("ab".repeat(32)));
        assertThat(failure.reason()).isEqualTo(Reason.CHECKSUM);
        assertThat(failure).hasMessageContaining("SHA-256 must be abab").hasMessageContaining("what came was removed");
        assertThat(files()).isEmpty();
        venue.on("/sum", FakeReply.text("no checksum"), FakeReply.text("ab".repeat(32) + "  OTHER.zip"));
        for (int i = 0; i < 2; i++) {
            NetException sum =
                    failure(download().checksumFrom(HttpCall.get("/sum").build()));
            assertThat(sum.reason()).isEqualTo(Reason.CONTENT);
            assertThat(sum).hasMessageContaining("the checksum file must be one line");
        }
    }

    @Test
    void aSourceThatLiesAboutPartsIsAskedForTheWhole() throws IOException {
        int[] calls = {0};
        FakeReply.Handler good = FakeReply.file(CONTENT, "\"v1\"");
        venue.on(PATH, request -> switch (calls[0]++) {
            case 0 -> good.reply(request).cutAfter(1000);
            case 1 -> good.reply(request).header("Content-Range", "bytes 7-599999/600000");
            case 2 -> good.reply(without(request)).cutAfter(2000);
            case 3 -> FakeReply.of(416, "text/plain", new byte[0]).header("Content-Range", "bytes */500");
            default -> good.reply(request);
        });
        assertThat(download().run().bytes()).isEqualTo(600_000);
        assertThat(target).hasBinaryContent(CONTENT);
    }

    private static FakeRequest without(FakeRequest request) {
        return new FakeRequest(request.method(), request.path(), "", Map.of(), "");
    }

    @Test
    void everythingThereButTheRenameIsNotFetchedAgain() throws IOException {
        String identity = HttpCall.get(PATH).build().identity(BaseUrl.of(venue.url()));
        try (PartFile part = PartFile.open(target, identity)) {
            part.restart(identity, "\"v1\"", "", CONTENT.length);
            part.write(CONTENT, CONTENT.length);
            part.checkpoint();
        }
        Download.Finished finished = download().run();
        assertThat(finished.fetchedBytes()).isZero();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(venue.requests()).isEmpty();
    }

    @Test
    void bytesThatMayNotHaveReachedTheDiskAreFetchedAgain() throws IOException {
        venue.on(PATH, FakeReply.file(CONTENT, "\"v1\""));
        String identity = HttpCall.get(PATH).build().identity(BaseUrl.of(venue.url()));
        try (PartFile part = PartFile.open(target, identity)) {
            part.restart(identity, "\"v1\"", "", CONTENT.length);
            part.write(CONTENT, 1000);
            part.checkpoint();
            part.write(new byte[5000], 5000); // after the last checkpoint: a dead machine may leave anything here
        }
        assertThat(download().run().fetchedBytes()).isEqualTo(599_000);
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void aDamagedNoteBeginsAnew() throws IOException {
        venue.on(PATH, FakeReply.file(CONTENT, "\"v1\""));
        Files.write(folder.resolve(".file.zip.part"), new byte[5000]);
        Files.writeString(folder.resolve(".file.zip.part.json"), "{\"question\":1");
        assertThat(download().run().fetchedBytes()).isEqualTo(600_000);
        assertThat(target).hasBinaryContent(CONTENT);
        Files.delete(target);
        Files.write(folder.resolve(".file.zip.part"), new byte[5000]);
        Files.writeString(
                folder.resolve(".file.zip.part.json"),
                "{\"question\":\"another\",\"etag\":\"\",\"lastModified\":\"\",\"total\":1,\"durable\":5000}");
        assertThat(download().run().fetchedBytes()).isEqualTo(600_000);
    }

    @Test
    void giantsAndSecondDownloadersAreRefused() throws IOException {
        venue.on(PATH, FakeReply.file(CONTENT, "\"v1\""));
        NetException giant = failure(download().maximumBytes(1000));
        assertThat(giant.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(files()).isEmpty();
        try (PartFile first = PartFile.open(target, "x")) {
            assertThat(first.position()).isZero();
            assertThatIOException()
                    .isThrownBy(() -> download().run())
                    .withMessageContaining("something else downloads this file");
        }
        assertThat(failure(Download.of(fetcherOfNothing(), HttpCall.get("/none").build(), target))
                        .reason())
                .isEqualTo(Reason.REFUSED);
    }

    private HttpFetcher fetcherOfNothing() {
        return HttpFetcher.over(
                        HttpTransports.overNetwork(BaseUrl.of(venue.url()), TransportSettings.defaults(), clock), clock)
                .build();
    }

    @Test
    void aLinkInPlaceOfThePartIsNotFollowed() throws IOException {
        Path precious = folder.resolve("precious");
        Files.writeString(precious, "precious");
        Files.createSymbolicLink(folder.resolve(".file.zip.part"), precious);
        venue.on(PATH, FakeReply.file(CONTENT, "\"v1\""));
        assertThatIOException().isThrownBy(() -> download().run());
        assertThat(precious).hasContent("precious");
    }

    @Test
    void questionsAreChecked() {
        HttpCall post = HttpCall.post("/a", "", "text/plain").build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Download.of(fetcherOfNothing(), post, target))
                .withMessage("a download must be a GET, got POST");
        assertThatIllegalArgumentException().isThrownBy(() -> download().sha256("xyz"));
        assertThatIllegalArgumentException().isThrownBy(() -> download().maximumBytes(0));
    }

    @Test
    void theRestOfTheTimeFollowsFromTheSpeed() {
        assertThat(new Progress("a", 250, OptionalLong.of(1000), 50).secondsLeft())
                .hasValue(15);
        assertThat(new Progress("a", 250, OptionalLong.empty(), 50).secondsLeft())
                .isEmpty();
        assertThat(new Progress("a", 0, OptionalLong.of(1000), 0).secondsLeft()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Progress("a", -1, OptionalLong.empty(), 0));
    }
}
