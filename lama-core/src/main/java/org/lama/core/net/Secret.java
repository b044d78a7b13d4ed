package org.lama.core.net;

import java.util.Arrays;
import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A key or password that does not show itself: {@link #toString()} is {@code ***}, there is no getter, and equality is
 * identity. Its characters are lent for the length of one call and the lent copy is wiped. Immutable until
 * {@link #close()}; thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Secret implements AutoCloseable {
    /** What is written in the place of a secret. */
    public static final String MASK = "***";

    /** Shorter values would be found, and masked, in innocent text. */
    private static final int FEWEST_CHARACTERS = 8;

    private final char[] value;

    private Secret(char[] value) {
        this.value = value;
    }

    /**
     * Keeps a copy of a secret.
     *
     * @param value at least 8 printable ASCII characters without blanks; the caller wipes its own array
     * @return the secret
     * @throws IllegalArgumentException if it is shorter or holds other characters; the message does not show it
     */
    public static Secret of(char[] value) {
        Check.that(
                value.length >= FEWEST_CHARACTERS,
                "a secret must have at least " + FEWEST_CHARACTERS + " characters, got " + value.length);
        for (char c : value) {
            Check.that(c > ' ' && c < 0x7f, "a secret must be printable ASCII without blanks, got something else");
        }
        return new Secret(value.clone());
    }

    /**
     * Lends the characters.
     *
     * @param <T> what is made of them
     * @param use gets a copy that is wiped when it returns; must not keep it
     * @return what {@code use} returns
     */
    public <T> T use(Function<char[], T> use) {
        char[] lent = value.clone();
        try {
            return use.apply(lent);
        } finally {
            Arrays.fill(lent, '\0');
        }
    }

    /** Wipes the characters; the secret cannot be used any more. */
    @Override
    public void close() {
        Arrays.fill(value, '\0');
    }

    /**
     * A mask.
     *
     * @return {@code ***}, whatever the secret
     */
    @Override
    public String toString() {
        return MASK;
    }
}
