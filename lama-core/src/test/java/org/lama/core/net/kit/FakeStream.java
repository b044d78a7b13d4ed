package org.lama.core.net.kit;

import java.util.ArrayList;
import java.util.List;

/** What happens on one WebSocket connection, in order. Immutable: every method makes a new one. */
public final class FakeStream {
    /** Kinds of steps. */
    enum Kind {
        SEND,
        BINARY,
        FRAGMENTS,
        PING,
        EXPECT,
        SILENCE,
        HOLD,
        CLOSE,
        DROP
    }

    record Step(Kind kind, String text) {}

    final List<Step> steps;

    private FakeStream(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    public static FakeStream script() {
        return new FakeStream(List.of());
    }

    private FakeStream then(Kind kind, String text) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(kind, text));
        return new FakeStream(more);
    }

    public FakeStream send(String... texts) {
        FakeStream stream = this;
        for (String text : texts) {
            stream = stream.then(Kind.SEND, text);
        }
        return stream;
    }

    /** The UTF-8 bytes of a text as one binary message. */
    public FakeStream sendBinary(String text) {
        return then(Kind.BINARY, text);
    }

    /** One message in frames of one character. */
    public FakeStream sendInFragments(String text) {
        return then(Kind.FRAGMENTS, text);
    }

    public FakeStream ping() {
        return then(Kind.PING, "");
    }

    /** Waits for a text message. */
    public FakeStream expect() {
        return then(Kind.EXPECT, "");
    }

    /** Says nothing and does not even answer pings, while the clock ticks, until the other side goes. */
    public FakeStream silence() {
        return then(Kind.SILENCE, "");
    }

    /** Says nothing of itself but answers pings, until the other side goes. */
    public FakeStream hold() {
        return then(Kind.HOLD, "");
    }

    public FakeStream close() {
        return then(Kind.CLOSE, "");
    }

    /** Resets the connection. */
    public FakeStream drop() {
        return then(Kind.DROP, "");
    }
}
