package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lama.core.net.NetException.Reason;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeStream;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;

/** The WebSocket client of the JDK against a venue on loopback. */
class StreamLoopbackTest {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ManualClock clock = ManualClock.standing();
    private FakeVenue venue;

    @BeforeEach
    void start() throws IOException {
        venue = FakeVenue.start().whileStalling(() -> clock.advance(Duration.ofMillis(500)));
    }

    @AfterEach
    void stop() throws IOException {
        venue.close();
    }

    private MessageStream stream(String url) {
        StreamTransport transport = StreamTransports.overNetwork(BaseUrl.of(url), TransportSettings.defaults(), clock);
        RetryRule fast = new RetryRule(1, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofMinutes(10));
        StreamSettings settings =
                new StreamSettings(Duration.ofSeconds(10), fast, Duration.ofSeconds(60), Integer.MAX_VALUE, 2);
        return MessageStream.over(transport, HttpCall.get("/ws").build(), settings, clock, 1);
    }

    private List<String> take(MessageStream stream, int events) throws NetException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            StreamEvent event = stream.next(PATIENCE).orElseThrow();
            if (event instanceof StreamEvent.Text text) {
                taken.add(text.text());
            } else if (event instanceof StreamEvent.Lost lost) {
                taken.add("lost " + lost.reason().replaceAll(":.*| \\(.*", ""));
            } else {
                taken.add(event.getClass().getSimpleName());
            }
            assertThat(event.receivedNanos()).isLessThanOrEqualTo(clock.nowNanos());
        }
        return taken;
    }

    @Test
    void messagesComeWholeAndSubscriptionsAgain() throws NetException {
        String big = "x".repeat(200_000);
        venue.onStream(
                "/ws",
                FakeStream.script()
                        .expect()
                        .ping()
                        .send("a", "b", "c", "d", big)
                        .sendInFragments("whole")
                        .close(),
                FakeStream.script().expect().send("e").expect().drop(),
                FakeStream.script().expect().expect().send("f").hold());
        MessageStream stream = stream(venue.streamUrl());
        stream.subscribe("one");
        assertThat(take(stream, 7)).containsExactly("Opened", "a", "b", "c", "d", big, "whole");
        assertThat(take(stream, 3)).containsExactly("lost closed by the other side with code 1000", "Opened", "e");
        stream.subscribe("two");
        List<String> rest = take(stream, 3);
        assertThat(rest.get(0)).startsWith("lost ");
        assertThat(rest.subList(1, 3)).containsExactly("Opened", "f");
        assertThat(venue.streamMessages()).containsExactly("one", "one", "two", "one", "two");
        stream.close();
        assertThat(stream.next(PATIENCE)).isEmpty();
    }

    @Test
    void aSilentVenueIsLeft() throws NetException {
        venue.onStream(
                "/ws",
                FakeStream.script().send("a").silence(),
                FakeStream.script().send("b").hold());
        MessageStream stream = stream(venue.streamUrl());
        assertThat(take(stream, 2)).containsExactly("Opened", "a");
        assertThat(take(stream, 3)).containsExactly("lost silent for 10000 ms", "Opened", "b");
        assertThat(clock.steadyNanos())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(10).toNanos());
        stream.close();
    }

    @Test
    void binaryMessagesComeAndGiantsEndTheConnection() throws NetException {
        String giant = "x".repeat((1 << 24) + 1);
        venue.onStream(
                "/ws",
                FakeStream.script().sendBinary("bytes").send(giant).hold(),
                FakeStream.script().send("b").hold());
        MessageStream stream = stream(venue.streamUrl());
        assertThat(take(stream, 1)).containsExactly("Opened");
        StreamEvent binary = stream.next(PATIENCE).orElseThrow();
        assertThat(((StreamEvent.Binary) binary).bytes()).asString().isEqualTo("bytes");
        StreamEvent lost = stream.next(PATIENCE).orElseThrow();
        assertThat(((StreamEvent.Lost) lost).reason()).contains("more than 16777216 characters or bytes");
        assertThat(take(stream, 2)).containsExactly("Opened", "b");
        stream.close();
    }

    @Test
    void refusedHandshakesSayWhy() throws IOException {
        venue.on("/ws", FakeReply.html(503), FakeReply.tooManyRequests("7"), FakeReply.banned("60"));
        MessageStream stream = stream(venue.streamUrl());
        assertThat(take(stream, 1).get(0)).startsWith("lost GET ws");
        StreamEvent limited = stream.next(PATIENCE).orElseThrow();
        assertThat(((StreamEvent.Lost) limited).reason()).contains("/ws: the stream was refused with status 429");
        clock.advance(Duration.ofSeconds(7));
        NetException banned = catchThrowableOfType(NetException.class, () -> stream.next(PATIENCE));
        assertThat(banned.reason()).isEqualTo(Reason.BANNED);
        assertThat(banned.retryAtNanos()).hasValue(clock.nowNanos() + 60_000_000_000L);
        venue.on("/ws", FakeReply.jsonError(404, "{}"));
        assertThat(catchThrowableOfType(NetException.class, () -> stream.next(PATIENCE))
                        .reason())
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void nobodyThereIsALostConnection() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        MessageStream stream = stream("ws://127.0.0.1:" + port);
        StreamEvent event = stream.next(PATIENCE).orElseThrow();
        assertThat(((StreamEvent.Lost) event).reason()).contains("no connection");
    }

    @Test
    void anInterruptedConsumerStops() throws NetException {
        venue.onStream("/ws", FakeStream.script().hold());
        MessageStream stream = stream(venue.streamUrl());
        assertThat(take(stream, 1)).containsExactly("Opened");
        NetException failure;
        try {
            Thread.currentThread().interrupt();
            failure = catchThrowableOfType(NetException.class, () -> stream.next(PATIENCE));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
        stream.close();
    }
}
