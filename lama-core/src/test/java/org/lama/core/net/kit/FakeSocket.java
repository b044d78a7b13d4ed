package org.lama.core.net.kit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Consumer;

/** The server's end of a WebSocket (RFC 6455), as far as a script needs it. */
final class FakeSocket {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Consumer<String> messages;
    private final Stall stall;

    /** Waits until the other side goes. */
    interface Stall {
        void run(Socket socket, InputStream in) throws IOException;
    }

    FakeSocket(Socket socket, InputStream in, Consumer<String> messages, Stall stall) throws IOException {
        this.socket = socket;
        this.in = in;
        out = socket.getOutputStream();
        this.messages = messages;
        this.stall = stall;
    }

    void play(FakeRequest request, FakeStream script) throws IOException {
        String accept = accept(request.header("sec-websocket-key").orElse(""));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        for (FakeStream.Step step : script.steps) {
            play(step);
        }
    }

    private void play(FakeStream.Step step) throws IOException {
        byte[] text = step.text().getBytes(StandardCharsets.UTF_8);
        switch (step.kind()) {
            case SEND -> frame(FINAL | TEXT, text);
            case BINARY -> frame(FINAL | BINARY, text);
            case FRAGMENTS -> {
                for (int i = 0; i < text.length; i++) {
                    int last = i == text.length - 1 ? FINAL : 0;
                    frame(last | (i == 0 ? TEXT : CONTINUATION), new byte[] {text[i]});
                }
            }
            case PING -> frame(FINAL | PING, new byte[0]);
            case EXPECT -> listen(true);
            case SILENCE -> stall.run(socket, in);
            case HOLD -> listen(false);
            case CLOSE -> {
                frame(FINAL | CLOSE, new byte[] {0x03, (byte) 0xe8});
                listen(false);
            }
            case DROP -> socket.setSoLinger(true, 0);
        }
    }

    private void frame(int head, byte[] content) throws IOException {
        out.write(head);
        if (content.length < 126) {
            out.write(content.length);
        } else if (content.length < 1 << 16) {
            out.write(new byte[] {126, (byte) (content.length >> 8), (byte) content.length});
        } else {
            out.write(new byte[] {
                127,
                0,
                0,
                0,
                0,
                (byte) (content.length >> 24),
                (byte) (content.length >> 16),
                (byte) (content.length >> 8),
                (byte) content.length
            });
        }
        out.write(content);
        out.flush();
    }

    /** Reads frames, answers pings, until a text comes or, if none is waited for, until the other side goes. */
    private void listen(boolean forText) throws IOException {
        while (true) {
            int head = need();
            int length = need() & 0x7f;
            if (length == 126) {
                length = need() << 8 | need();
            }
            byte[] mask = in.readNBytes(4);
            byte[] content = in.readNBytes(length);
            for (int i = 0; i < content.length; i++) {
                content[i] ^= mask[i & 3];
            }
            int kind = head & 0x0f;
            if (kind == PING) {
                frame(FINAL | PONG, content);
            } else if (kind == CLOSE) {
                return;
            } else if (kind == TEXT) {
                messages.accept(new String(content, StandardCharsets.UTF_8));
                if (forText) {
                    return;
                }
            }
        }
    }

    private int need() throws IOException {
        int one = in.read();
        if (one < 0) {
            throw new EOFException("the other side went");
        }
        return one;
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
