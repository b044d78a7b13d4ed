package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeRequest;
import org.lama.core.net.kit.FakeStream;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;

/** A key goes out to the venue in its path, its query and a header, and is then looked for everywhere else. */
class SecretCanaryTest {
    private static final String CANARY = "canaryX7f3+/9Qcanary";

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.standing();
    private final List<String> seen = new ArrayList<>();
    private FakeVenue venue;

    private final Handler ears = new Handler() {
        @Override
        public void publish(LogRecord line) {
            synchronized (seen) {
                seen.add(line.getMessage() + " "
                        + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void start() throws IOException {
        venue = FakeVenue.start().whileStalling(() -> clock.advance(Duration.ofSeconds(9)));
        Logger.getLogger("").addHandler(ears);
    }

    @AfterEach
    void stop() throws IOException {
        Logger.getLogger("").removeHandler(ears);
        venue.close();
    }

    private static HttpCall.Builder call(String path) {
        Secret key = Secret.of(CANARY.toCharArray());
        return HttpCall.get(path + "/{key}")
                .part("key", key)
                .query("signature", key)
                .header("X-MBX-APIKEY", key)
                .keepFor(Duration.ofDays(1));
    }

    private void see(Throwable problem) {
        StringWriter out = new StringWriter();
        problem.printStackTrace(new PrintWriter(out));
        seen.add(out.toString());
    }

    private void failAt(HttpFetcher fetcher, HttpCall call) {
        try {
            seen.add(fetcher.fetch(call).endpoint());
        } catch (NetException e) {
            see(e);
            seen.add(e.endpoint());
        }
    }

    /** Replies that say the key back, as careless venues do. */
    private static List<FakeReply> echoes() {
        String echo = "{\"msg\":\"unknown key " + CANARY + "\"}";
        FakeReply good = FakeReply.json("{}");
        return List.of(
                FakeReply.jsonError(400, echo),
                FakeReply.jsonError(401, echo),
                FakeReply.jsonError(403, echo),
                FakeReply.jsonError(429, echo),
                FakeReply.jsonError(500, echo),
                FakeReply.of(200, CANARY.replace("/", ""), new byte[1]),
                FakeReply.of(404, CANARY, new byte[1]),
                FakeReply.redirect(302, "https://evil.example.com/?signature=canaryX7f3%2B%2F9Qcanary"),
                FakeReply.redirect(302, "https://evil.example.com/" + CANARY),
                good.header("Content-Encoding", CANARY),
                good.header("Content-Encoding", "gzip"),
                good.cutAfter(1),
                good.resetAfter(0),
                good.stallAfter(0),
                good);
    }

    @Test
    void aPlantedKeyIsSeenNowhere() throws IOException {
        BaseUrl base = BaseUrl.of(venue.url());
        RetryRule twice = new RetryRule(2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        String asked = "/p/canaryX7f3%2B%2F9Qcanary";
        for (FakeReply reply : echoes()) {
            venue.on(asked, reply);
            HttpTransport transport = HttpTransports.overNetwork(base, TransportSettings.defaults(), clock);
            HttpFetcher fetcher = HttpFetcher.over(transport, clock)
                    .retry(twice)
                    .cache(HttpCache.in(folder, 1 << 20))
                    .build();
            failAt(fetcher, call("/p").accept("application/json").build());
            failAt(fetcher, call("/p").check(BodyCheck.jsonObject("none")).build());
            failAt(fetcher, call("/p").build());
            try {
                Download.of(fetcher, call("/p").build(), folder.resolve("file"))
                        .progress(progress -> seen.add(progress.toString()))
                        .run();
                Files.delete(folder.resolve("file"));
            } catch (IOException e) {
                see(e);
            }
        }
        streamOnce();
        HttpCall call = call("/p").build();
        seen.add(call + " " + call.shown(base) + " " + call.identity(base) + " " + Secret.of(CANARY.toCharArray()));
        seen.add(Secrets.of(Map.of("A_KEY", CANARY), folder).find("A_KEY").toString());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(file + " " + new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        assertThat(venue.requests(asked))
                .as("the key went out")
                .isNotEmpty()
                .allMatch(request -> request.header("x-mbx-apikey").orElse("").equals(CANARY))
                .allMatch(request -> request.parameter("signature").orElse("").equals(CANARY));
        assertThat(seen).hasSizeGreaterThan(60);
        assertThat(seen).noneMatch(text -> text.contains("X7f3"));
    }

    private void streamOnce() throws IOException {
        venue.on("/s/canaryX7f3%2B%2F9Qcanary", FakeReply.jsonError(401, CANARY));
        StreamTransport streams =
                StreamTransports.overNetwork(BaseUrl.of(venue.streamUrl()), TransportSettings.defaults(), clock);
        MessageStream stream = MessageStream.over(streams, call("/s").build(), StreamSettings.defaults(), clock, 1);
        try {
            seen.add(stream.next(Duration.ofSeconds(1)).toString());
        } catch (NetException e) {
            see(e);
        }
        venue.onStream("/s/canaryX7f3%2B%2F9Qcanary", FakeStream.script().drop());
        for (int i = 0; i < 2; i++) {
            seen.add(stream.next(Duration.ofMinutes(1)).toString());
        }
        FakeRequest last = venue.requests().get(venue.requests().size() - 1);
        assertThat(last.header("x-mbx-apikey")).contains(CANARY);
        stream.close();
    }
}
