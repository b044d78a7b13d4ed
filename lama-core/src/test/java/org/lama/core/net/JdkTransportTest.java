package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.net.NetException.Reason;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;

class JdkTransportTest {
    private final ManualClock clock = ManualClock.standing();
    private FakeVenue venue;

    @BeforeEach
    void start() throws IOException {
        venue = FakeVenue.start().whileStalling(() -> clock.advance(Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() throws IOException {
        venue.close();
    }

    private HttpTransport transport(String url) {
        return HttpTransports.overNetwork(BaseUrl.of(url), TransportSettings.defaults(), clock);
    }

    private static NetException failure(HttpTransport transport, HttpCall call) {
        return catchThrowableOfType(NetException.class, () -> {
            try (HttpReply reply = transport.send(call)) {
                reply.body().readAllBytes();
            }
        });
    }

    @Test
    void repliesOfAnyStatusComeBackAsTheyAre() throws IOException {
        venue.on("/teapot", FakeReply.jsonError(418, "{}").header("X-A", "b"));
        try (HttpReply reply =
                transport(venue.url()).send(HttpCall.get("/teapot").build())) {
            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.header("x-a")).contains("b");
            assertThat(reply.headers()).containsKey("content-type");
            assertThat(reply.body().read()).isEqualTo('{');
            assertThat(reply.body().read(new byte[0])).isZero();
            assertThat(reply.body().readAllBytes()).isEqualTo(new byte[] {'}'});
        }
        assertThat(venue.requests().get(0).header("user-agent")).contains("lama/0.1");
    }

    @Test
    void redirectsToTheSamePlaceAreFollowed() throws IOException {
        venue.on("/old", FakeReply.redirect(301, "/new?a=1"));
        venue.on("/new", FakeReply.text("here"));
        try (HttpReply reply = transport(venue.url()).send(HttpCall.get("/old").build())) {
            assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("here");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/x",
                "https://127.0.0.1/x",
                "http://169.254.169.254/latest/meta-data",
                "http://evil.example.com/?apikey=canary",
                "//evil.example.com/x",
                "file:///etc/passwd",
                "ht tp://x"
            })
    void redirectsToAnotherPlaceAreRefusedWithoutACall(String location) {
        venue.on("/old", FakeReply.redirect(302, location));
        NetException failure =
                failure(transport(venue.url()), HttpCall.get("/old").build());
        assertThat(failure.reason()).isEqualTo(Reason.REDIRECT);
        assertThat(failure).hasMessageContaining("GET " + venue.url() + "/old: redirect to");
        assertThat(failure).hasMessageNotContaining("canary");
        assertThat(venue.requests()).hasSize(1);
    }

    @Test
    void endlessRedirectsAndThoseOfPostsAreRefused() {
        venue.on("/round", FakeReply.redirect(307, "/round"));
        NetException round =
                failure(transport(venue.url()), HttpCall.get("/round").build());
        assertThat(round).hasMessageContaining("more than 3 redirects");
        assertThat(venue.count("/round")).isEqualTo(4);
        HttpCall post = HttpCall.post("/round", "{}", "application/json").build();
        assertThat(failure(transport(venue.url()), post)).hasMessageContaining("a call that is not a read");
    }

    @Test
    void silenceEndsAfterTheTimeOut() {
        venue.on("/stall", FakeReply.text("abcdef").stallAfter(3));
        NetException failure =
                failure(transport(venue.url()), HttpCall.get("/stall").build());
        assertThat(failure.reason()).isEqualTo(Reason.STALLED);
        assertThat(clock.steadyNanos())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void aTrickleEndsThoughItIsNeverSilent() {
        venue.on("/loris", FakeReply.text("x".repeat(2000)).dripping(10));
        NetException failure =
                failure(transport(venue.url()), HttpCall.get("/loris").build());
        assertThat(failure.reason()).isEqualTo(Reason.STALLED);
        assertThat(failure).hasMessageContaining("fewer than 256 per second");
        assertThat(clock.steadyNanos())
                .isBetween(
                        Duration.ofSeconds(30).toNanos(),
                        Duration.ofSeconds(199).toNanos());
    }

    @Test
    void aSlowReaderIsNotTakenForASlowSource() throws IOException {
        venue.on("/big", FakeReply.text("x".repeat(400_000)));
        try (HttpReply reply = transport(venue.url()).send(HttpCall.get("/big").build())) {
            InputStream body = reply.body();
            int bytes = 0;
            byte[] block = new byte[50_000];
            for (int read = body.read(block); read >= 0; read = body.read(block)) {
                bytes += read;
                clock.advance(Duration.ofMinutes(5));
            }
            assertThat(bytes).isEqualTo(400_000);
        }
    }

    @Test
    void aClosedBodyDoesNotPretendToEnd() throws IOException {
        venue.on("/big", FakeReply.text("x".repeat(400_000)));
        HttpReply reply = transport(venue.url()).send(HttpCall.get("/big").build());
        reply.close();
        assertThat(catchThrowableOfType(NetException.class, () -> reply.body().read()))
                .hasMessageContaining("the body was closed");
    }

    @Test
    void nobodyThereIsNamed() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        NetException failure = failure(
                transport("http://127.0.0.1:" + port), HttpCall.get("/x").build());
        assertThat(failure.reason()).isEqualTo(Reason.CONNECT);
        assertThat(failure).hasMessageContaining("nobody answers");
    }

    @Test
    void aHostThatCannotProveItselfIsRefused() throws IOException, GeneralSecurityException {
        // net/self-signed.p12: keytool -genkeypair -alias x -keyalg EC -dname CN=localhost -validity 36500
        //   -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass changeit -keystore self-signed.p12
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        try (InputStream in = JdkTransportTest.class.getResourceAsStream("/net/self-signed.p12")) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        try (SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    socket.startHandshake();
                } catch (IOException e) {
                    return; // the client leaves: that is the test
                }
            });
            thread.setDaemon(true);
            thread.start();
            HttpTransport transport = transport("https://localhost:" + server.getLocalPort());
            NetException failure = failure(transport, HttpCall.get("/x").build());
            assertThat(failure.reason()).isEqualTo(Reason.TLS);
            assertThat(failure.reason().isPassing()).isFalse();
            assertThat(failure).hasMessageContaining("the host did not prove who it is");
        }
    }

    @Test
    void settingsAreChecked() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransportSettings(Duration.ZERO, second, second, second, 1))
                .withMessage("connectTimeout must be > 0, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransportSettings(second, second, second, second, -1))
                .withMessageContaining("fewestBytesPerSecond must be >= 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyLimits(0, 1, 1))
                .withMessageContaining("maximumBytes must be >= 1");
    }

    @Test
    void theClocksOfTheMachineRun() throws InterruptedException {
        NetClock system = NetClock.system();
        long steady = system.steadyNanos();
        system.pause(-1);
        assertThat(system.steadyNanos()).isGreaterThanOrEqualTo(steady);
        assertThat(system.nowNanos()).isGreaterThan(1_700_000_000_000_000_000L);
    }
}
