package org.lama.core.net;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** WebSocket over the client of the JDK. Thread-safe. */
final class JdkStreams implements StreamTransport {
    private static final int MOST_MESSAGE_BYTES = 1 << 24;

    private final BaseUrl base;
    private final TransportSettings settings;
    private final NetClock clock;
    private final AddressRules addresses;
    private final HttpClient client;

    JdkStreams(BaseUrl base, TransportSettings settings, NetClock clock, AddressRules addresses) {
        this.base = base;
        this.settings = settings;
        this.clock = clock;
        this.addresses = addresses;
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    @Override
    public BaseUrl base() {
        return base;
    }

    @Override
    public Connection connect(HttpCall call, Receiver receiver) throws NetException {
        String shown = call.shown(base);
        addresses.check(base, shown);
        WebSocket.Builder builder = client.newWebSocketBuilder();
        call.headers().forEach(builder::header);
        Ears ears = new Ears(receiver, call.redactor());
        CompletableFuture<WebSocket> future = builder.buildAsync(call.uri(base), ears);
        WebSocket socket = on(
                future, settings.connectTimeout().plus(settings.replyTimeout()).toNanos(), call, shown);
        return new Line(socket, call, shown);
    }

    private <T> T on(CompletableFuture<T> future, long patienceNanos, HttpCall call, String shown) throws NetException {
        return Waiting.on(future, clock, patienceNanos, shown, problem -> failure(problem, call.redactor(), shown));
    }

    private NetException failure(Throwable problem, Redactor redactor, String shown) {
        Throwable cause = redactor.cause(problem);
        if (problem instanceof WebSocketHandshakeException refused) {
            return refusal(refused, shown, cause);
        }
        NetException.Reason reason = problem instanceof SSLException
                ? NetException.Reason.TLS
                : problem instanceof ConnectException ? NetException.Reason.CONNECT : NetException.Reason.BROKEN;
        String name = problem.getClass().getSimpleName();
        return new NetException(reason, shown, "no connection (" + name + "); check host and network", 0, 0, cause);
    }

    private NetException refusal(WebSocketHandshakeException refused, String shown, Throwable cause) {
        int status = refused.getResponse().statusCode();
        HttpHeaders headers = refused.getResponse().headers();
        HttpReply reply = HttpReply.of(status, headers.map(), new byte[0]);
        NetException.Reason reason = status == 429
                ? NetException.Reason.RATE_LIMITED
                : status == 418 || status == 403
                        ? NetException.Reason.BANNED
                        : status >= 500 ? NetException.Reason.SERVER : NetException.Reason.REFUSED;
        long now = clock.nowNanos();
        long at = RetryAfter.waitNanos(reply, now).stream()
                .map(wait -> now + wait)
                .findFirst()
                .orElse(0);
        return new NetException(
                reason, shown, "the stream was refused with status " + status + "; try later", status, at, cause);
    }

    /** What the JDK tells about a connection, with messages put together. */
    private static final class Ears implements WebSocket.Listener {
        private final Receiver receiver;
        private final Redactor redactor;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Ears(Receiver receiver, Redactor redactor) {
            this.receiver = receiver;
            this.redactor = redactor;
        }

        @Override
        public void onOpen(WebSocket socket) {
            // nothing comes before it is asked for
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (tooLong(socket, text.length())) {
                return null;
            }
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                receiver.text(whole);
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
            if (tooLong(socket, bytes.size())) {
                return null;
            }
            if (last) {
                byte[] whole = bytes.toByteArray();
                bytes.reset();
                receiver.binary(whole);
            } else {
                socket.request(1);
            }
            return null;
        }

        private boolean tooLong(WebSocket socket, int length) {
            if (length <= MOST_MESSAGE_BYTES) {
                return false;
            }
            text.setLength(0);
            bytes.reset();
            socket.abort();
            receiver.ended("a message had more than " + MOST_MESSAGE_BYTES + " characters or bytes");
            return true;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            receiver.alive();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            receiver.alive();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            receiver.ended("closed by the other side with code " + code
                    + (reason.isEmpty() ? "" : " (" + redactor.redact(reason) + ")"));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable problem) {
            String name = problem.getClass().getSimpleName();
            receiver.ended("broken: " + name + ": " + redactor.redact(String.valueOf(problem.getMessage())));
        }
    }

    private final class Line implements Connection {
        private final WebSocket socket;
        private final HttpCall call;
        private final String shown;

        Line(WebSocket socket, HttpCall call, String shown) {
            this.socket = socket;
            this.call = call;
            this.shown = shown;
        }

        @Override
        public synchronized void send(String message) throws NetException {
            on(socket.sendText(message, true), settings.replyTimeout().toNanos(), call, shown);
        }

        @Override
        public synchronized void ping() throws NetException {
            on(socket.sendPing(ByteBuffer.allocate(0)), settings.replyTimeout().toNanos(), call, shown);
        }

        @Override
        public void request(int messages) {
            socket.request(messages);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a good-bye that nobody waits for
        public void close() {
            if (!socket.isOutputClosed()) {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").handle((sent, failed) -> {
                    socket.abort();
                    return true;
                });
            }
        }

        @Override
        public void abort() {
            socket.abort();
        }
    }
}
