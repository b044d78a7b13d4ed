package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An address that leads nowhere: an error with its cause at once, not after minutes of trying. */
@Timeout(30)
final class PostgresFirstContactTest {
    private final List<Long> pauses = new ArrayList<>();

    private ServerSettings settings(String host, String more) {
        return ServerSettings.of("postgresql://ann:hunter2@" + host + "/prices" + more)
                .withAttempts(4, Duration.ofMillis(100), pauses::add);
    }

    private void refused(ServerSettings settings, String... parts) {
        for (boolean open : new boolean[] {true, false}) {
            assertThatThrownBy(() -> {
                        if (open) {
                            ServerStores.open(settings).close();
                        } else {
                            ServerStores.initialise(settings);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(settings.toString())
                    .hasMessageContainingAll(parts)
                    .message()
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void aPortOnWhichNobodyListensIsRefused() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        // default settings: nothing waits for the pool's 30 s, four times
        refused(settings("localhost:" + free, ""), "refused");
        assertThat(pauses).containsExactly(100_000_000L, 200_000_000L, 400_000_000L);
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        // longer than the name of a host can be, so that no server of names is asked
        String host = "x".repeat(70) + ".example";
        refused(settings(host, ""), "cannot be reached: unknown host ", host);
    }

    @Test
    void aServerThatIsSilentIsWaitedForOnce() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            refused(
                    settings("localhost:" + silent.getLocalPort(), "?connectTimeout=1"),
                    "timed out, nobody answered",
                    "connectTimeout=SECONDS");
            assertThat(pauses).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsTheServersWord() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> answer(server, "password authentication failed for user \"ann\""));
            answers.setDaemon(true);
            answers.start();
            refused(
                    settings("localhost:" + server.getLocalPort(), "?sslmode=disable"),
                    "password authentication failed for user \"ann\"");
            assertThat(pauses).isEmpty();
        }
    }

    /** Says to each client what a server says whose password was wrong. */
    private static void answer(ServerSocket server, String message) {
        byte[] fields = ("SFATAL\0VFATAL\0C28P01\0M" + message + "\0\0").getBytes(StandardCharsets.UTF_8);
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    OutputStream out = client.getOutputStream()) {
                out.write('E');
                out.write(new byte[] {0, 0, 0, (byte) (4 + fields.length)});
                out.write(fields);
                out.flush();
                // until the client has gone
                client.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // the next client, if any
            }
        }
    }

    @Test
    void aServerWithoutTlsIsNotAskedAgain() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> refuseTls(server));
            answers.setDaemon(true);
            answers.start();
            refused(settings("localhost:" + server.getLocalPort(), "?sslmode=require"), "SSL");
            assertThat(pauses).isEmpty();
        }
    }

    private static void refuseTls(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    OutputStream out = client.getOutputStream()) {
                client.getInputStream().readNBytes(8);
                out.write('N');
                out.flush();
                client.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // the next client, if any
            }
        }
    }

    @Test
    void howLongIsWaitedStandsInTheAddress() {
        assertThat(ServerSettings.of("postgresql://h/d").access().connectTimeout())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(ServerSettings.of("postgresql://h/d?connectTimeout=300").access())
                .satisfies(access -> assertThat(access.connectTimeout()).isEqualTo(Duration.ofMinutes(5)))
                .satisfies(access -> assertThat(access.poolTimeout()).isEqualTo(Duration.ofMinutes(15)))
                .satisfies(access -> assertThat(access.properties()).isEmpty());
        for (String wrong : List.of("0", "301", "1.5", "x", "-1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerSettings.of("postgresql://h/d?connectTimeout=" + wrong))
                    .withMessageContaining("whole seconds from 1 to 300, got " + wrong);
        }
    }
}
