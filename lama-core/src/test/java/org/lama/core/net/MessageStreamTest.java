package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.core.net.NetException.Reason;
import org.lama.core.net.kit.ManualClock;

/** A stream over a transport in memory: hours of reconnecting in no time. */
class MessageStreamTest {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final HttpCall CALL = HttpCall.get("/ws").build();

    private final ManualClock clock = ManualClock.leaping();

    /** What a connection does. */
    private static final class Plan {
        private @Nullable NetException refusal;
        private final List<String> messages = new ArrayList<>();
        private boolean ends;
        private boolean pongs;
        private boolean deaf;

        static Plan of(String... messages) {
            Plan plan = new Plan();
            plan.messages.addAll(List.of(messages));
            return plan;
        }

        static Plan refused(NetException refusal) {
            Plan plan = new Plan();
            plan.refusal = refusal;
            return plan;
        }

        Plan thenEnds() {
            ends = true;
            return this;
        }

        Plan answeringPings() {
            pongs = true;
            return this;
        }

        Plan deaf() {
            deaf = true;
            return this;
        }
    }

    /** Connections by plan, the last plan for ever. */
    private final class Wire implements StreamTransport {
        private final ArrayDeque<Plan> plans = new ArrayDeque<>();
        private final List<Long> attemptsNanos = new ArrayList<>();
        private final List<String> sent = new ArrayList<>();
        private final List<Long> sentNanos = new ArrayList<>();
        private int pings;
        private int aborted;
        private int closed;
        private int delivered;
        private long abortedNanos;

        /** From the last abort to the last attempt. */
        long reconnectNanos() {
            return attemptsNanos.get(attemptsNanos.size() - 1) - abortedNanos;
        }

        Wire(Plan... plans) {
            this.plans.addAll(List.of(plans));
        }

        @Override
        public BaseUrl base() {
            return BaseUrl.of("wss://stream.example.com");
        }

        @Override
        public Connection connect(HttpCall call, Receiver receiver) throws NetException {
            attemptsNanos.add(clock.steadyNanos());
            Plan plan = plans.size() > 1 ? plans.remove() : plans.element();
            if (plan.refusal != null) {
                throw plan.refusal;
            }
            ArrayDeque<String> left = new ArrayDeque<>(plan.messages);
            return new Connection() {
                @Override
                public void send(String text) throws NetException {
                    if (plan.deaf) {
                        throw new NetException(Reason.BROKEN, "GET wss://x", "the line is dead", "wait");
                    }
                    sent.add(text);
                    sentNanos.add(clock.steadyNanos());
                }

                @Override
                public void ping() {
                    pings++;
                    if (plan.pongs) {
                        receiver.alive();
                    }
                }

                @Override
                public void request(int messages) {
                    for (int i = 0; i < messages && !left.isEmpty(); i++) {
                        delivered++;
                        String message = left.remove();
                        if (message.startsWith("binary ")) {
                            receiver.binary(message.getBytes(StandardCharsets.UTF_8));
                        } else {
                            receiver.text(message);
                        }
                    }
                    if (left.isEmpty() && plan.ends) {
                        receiver.ended("closed by the other side");
                        receiver.ended("for good");
                    }
                }

                @Override
                public void close() {
                    closed++;
                }

                @Override
                public void abort() {
                    aborted++;
                    abortedNanos = clock.steadyNanos();
                }
            };
        }
    }

    private MessageStream stream(Wire wire) {
        return MessageStream.over(wire, CALL, StreamSettings.defaults(), clock, 11);
    }

    private static String shown(StreamEvent event) {
        List<String> words = new ArrayList<>();
        event.accept(new StreamEvent.Visitor() {
            @Override
            public void opened(StreamEvent.Opened opened) {
                words.add("opened " + opened.connection());
            }

            @Override
            public void text(StreamEvent.Text text) {
                words.add(text.text());
            }

            @Override
            public void binary(StreamEvent.Binary binary) {
                words.add(binary.bytes().length + " bytes");
            }

            @Override
            public void lost(StreamEvent.Lost lost) {
                words.add("lost: " + lost.reason());
            }
        });
        return words.get(0);
    }

    private static List<String> take(MessageStream stream, int events) throws NetException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            taken.add(stream.next(PATIENCE).map(MessageStreamTest::shown).orElse("nothing"));
        }
        return taken;
    }

    @Test
    void aSilentConnectionIsGivenUpAfterTheHeartbeat() throws NetException {
        Wire wire = new Wire(Plan.of("a", "binary b"), Plan.of("c"));
        MessageStream stream = stream(wire);
        stream.subscribe("{\"method\":\"SUBSCRIBE\"}");
        assertThat(take(stream, 6))
                .containsExactly("opened 1", "a", "8 bytes", "lost: silent for 10000 ms", "opened 2", "c");
        assertThat(wire.attemptsNanos.get(1) - wire.attemptsNanos.get(0))
                .isBetween(
                        Duration.ofSeconds(10).toNanos(),
                        Duration.ofMillis(10_500).toNanos());
        assertThat(wire.pings).as("asked once before it is given up").isEqualTo(1);
        assertThat(wire.aborted).isEqualTo(1);
        assertThat(stream.next(Duration.ofSeconds(1))).isEmpty();
        assertThat(wire.sent).as("subscribed again").hasSize(2);
        assertThat(stream.connections()).isEqualTo(2);
    }

    @Test
    void aQuietMarketThatAnswersPingsIsAlive() throws NetException {
        Wire wire = new Wire(Plan.of("a").answeringPings());
        MessageStream stream = stream(wire);
        assertThat(take(stream, 3)).containsExactly("opened 1", "a", "nothing");
        assertThat(wire.pings).isBetween(300, 361);
        assertThat(clock.steadyNanos()).isGreaterThanOrEqualTo(PATIENCE.toNanos());
    }

    @Test
    void whatCameBeforeTheEndIsDelivered() throws NetException {
        Wire wire = new Wire(Plan.of("a", "b").thenEnds(), Plan.of("c"));
        assertThat(take(stream(wire), 6))
                .containsExactly("opened 1", "a", "b", "lost: closed by the other side", "opened 2", "c");
    }

    @Test
    void aReconnectStormIsDamped() throws NetException {
        NetException down = new NetException(Reason.CONNECT, "GET wss://x", "nobody answers", "wait");
        for (Plan plan :
                List.of(Plan.refused(down), Plan.of().thenEnds(), Plan.of("x").deaf())) {
            Wire wire = new Wire(plan);
            MessageStream stream = stream(wire);
            stream.subscribe("s");
            long begin = clock.steadyNanos();
            while (clock.steadyNanos() - begin < Duration.ofHours(2).toNanos()) {
                stream.next(Duration.ofMinutes(1));
            }
            assertThat(wire.attemptsNanos.size()).isBetween(180, 330);
            long longest = 0;
            for (int i = 1; i < wire.attemptsNanos.size(); i++) {
                longest = Math.max(longest, wire.attemptsNanos.get(i) - wire.attemptsNanos.get(i - 1));
            }
            assertThat(longest)
                    .isBetween(
                            Duration.ofSeconds(55).toNanos(),
                            Duration.ofSeconds(71).toNanos());
        }
    }

    @Test
    void twoStreamsWithOtherSeedsDoNotComeBackTogether() throws NetException {
        List<List<Long>> attempts = new ArrayList<>();
        for (long seed : new long[] {1, 2, 1}) {
            Wire wire = new Wire(Plan.of().thenEnds());
            long begin = clock.steadyNanos();
            MessageStream stream = MessageStream.over(wire, CALL, StreamSettings.defaults(), clock, seed);
            take(stream, 40);
            attempts.add(wire.attemptsNanos.stream().map(at -> at - begin).toList());
        }
        assertThat(attempts.get(0)).isEqualTo(attempts.get(2)).isNotEqualTo(attempts.get(1));
    }

    @Test
    void aConnectionThatLivedLongBeginsWithShortDelays() throws NetException {
        Plan[] plans = new Plan[22];
        for (int i = 0; i < plans.length; i++) {
            plans[i] = Plan.of().thenEnds();
        }
        plans[20] = Plan.of("a").answeringPings();
        Wire wire = new Wire(plans);
        MessageStream stream = stream(wire);
        take(stream, 42);
        assertThat(stream.connections()).isEqualTo(21);
        assertThat(stream.next(Duration.ofMinutes(5))).isEmpty();
        plans[20].pongs = false;
        assertThat(take(stream, 2)).containsExactly("lost: silent for 10000 ms", "opened 22");
        long lostNanos = clock.steadyNanos();
        assertThat(wire.attemptsNanos.get(21)).isEqualTo(lostNanos);
        assertThat(wire.reconnectNanos()).isLessThan(500_000_000L);
    }

    @Test
    void subscriptionsAreNotSentFasterThanAllowed() throws NetException {
        Wire wire = new Wire(Plan.of().answeringPings());
        MessageStream stream = stream(wire);
        for (int i = 0; i < 20; i++) {
            stream.subscribe("s" + i);
            stream.subscribe("s" + i);
        }
        stream.unsubscribe("s3", "never sent");
        assertThat(take(stream, 2)).containsExactly("opened 1", "nothing");
        stream.unsubscribe("s4", "end s4");
        stream.unsubscribe("s99", "never sent");
        assertThat(take(stream, 1)).containsExactly("nothing");
        assertThat(wire.sent).hasSize(20).doesNotContain("s3", "never sent").contains("end s4");
        for (int i = 1; i < wire.sentNanos.size(); i++) {
            assertThat(wire.sentNanos.get(i) - wire.sentNanos.get(i - 1)).isGreaterThanOrEqualTo(250_000_000L);
        }
        assertThat(wire.sentNanos.get(18) - wire.sentNanos.get(0)).isEqualTo(18 * 250_000_000L);
    }

    @Test
    void aSlowConsumerMakesTheSourceWait() throws NetException {
        String[] many = new String[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "m" + i;
        }
        Wire wire = new Wire(Plan.of(many).answeringPings());
        StreamSettings narrow =
                new StreamSettings(Duration.ofSeconds(10), RetryRule.defaults(), Duration.ofSeconds(60), 4, 3);
        MessageStream stream = MessageStream.over(wire, CALL, narrow, clock, 1);
        assertThat(take(stream, 1)).containsExactly("opened 1");
        for (int i = 0; i < many.length; i++) {
            assertThat(wire.delivered - i).as("messages in memory").isLessThanOrEqualTo(3);
            clock.advance(Duration.ofMinutes(1));
            assertThat(take(stream, 1)).containsExactly("m" + i);
        }
        assertThat(stream.connections()).as("a slow consumer is no dead source").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"BANNED", "TLS", "ADDRESS", "REFUSED"})
    void whatWillNotPassIsThrown(Reason reason) {
        Wire wire = new Wire(Plan.refused(new NetException(reason, "GET wss://x", "no", "stop")));
        NetException thrown =
                catchThrowableOfType(NetException.class, () -> stream(wire).next(PATIENCE));
        assertThat(thrown.reason()).isEqualTo(reason);
        assertThat(wire.attemptsNanos).hasSize(1);
    }

    @Test
    void aTimeGivenByTheSourceIsKept() throws NetException {
        NetException limited = new NetException(
                Reason.RATE_LIMITED, "GET wss://x", "429", 429, clock.nowNanos() + 90_000_000_000L, null);
        Wire wire = new Wire(Plan.refused(limited), Plan.of("a"));
        assertThat(take(stream(wire), 3)).containsExactly("lost: GET wss://x: 429", "opened 1", "a");
        assertThat(wire.attemptsNanos.get(1) - wire.attemptsNanos.get(0)).isEqualTo(90_000_000_000L);
    }

    @Test
    void aLineThatCannotBeSentOnIsLost() throws NetException {
        Wire wire = new Wire(Plan.of().deaf(), Plan.of("a"));
        MessageStream stream = stream(wire);
        stream.subscribe("s");
        assertThat(take(stream, 4))
                .containsExactly("opened 1", "lost: GET wss://x: the line is dead; wait", "opened 2", "a");
    }

    @Test
    void afterTheEndNothingComes() throws NetException {
        Wire wire = new Wire(Plan.of("a", "b"));
        MessageStream stream = stream(wire);
        assertThat(take(stream, 2)).containsExactly("opened 1", "a");
        stream.close();
        stream.close();
        assertThat(stream.next(PATIENCE)).isEqualTo(Optional.empty());
        assertThat(wire.closed).isEqualTo(1);
        assertThat(stream.next(PATIENCE)).isEqualTo(Optional.empty());
        MessageStream unused = stream(wire);
        unused.close();
        assertThat(unused.next(PATIENCE)).isEmpty();
        assertThat(wire.attemptsNanos).hasSize(1);
    }

    @Test
    void settingsAreChecked() {
        RetryRule rule = RetryRule.defaults();
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamSettings(Duration.ZERO, rule, second, 1, 1))
                .withMessage("heartbeat must be > 0, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamSettings(second, rule, second, 0, 1))
                .withMessageContaining("sendsPerSecond");
        HttpCall post = HttpCall.post("/a", "", "text/plain").build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageStream.over(new Wire(), post, StreamSettings.defaults(), clock, 0))
                .withMessage("a stream must begin with a GET, got POST");
    }
}
