package org.lama.core.net;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How far a transfer is. Immutable.
 *
 * @param name what is transferred, without secrets
 * @param bytes bytes that are there, at least 0
 * @param totalBytes bytes in all; empty if the source did not say
 * @param bytesPerSecond speed since the transfer began; 0 at its beginning
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Progress(String name, long bytes, OptionalLong totalBytes, double bytesPerSecond) {
    /**
     * Checks the figures.
     *
     * @param name not blank
     * @param bytes at least 0
     * @param totalBytes may be empty
     * @param bytesPerSecond finite and not negative
     */
    public Progress {
        Check.notBlank(name, "name");
        Check.that(bytes >= 0, "bytes must be >= 0, got " + bytes);
        Check.notNull(totalBytes, "totalBytes");
        Check.notNegative(bytesPerSecond, "bytesPerSecond");
    }

    /** Is told how far a transfer is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called about five times a second, and at the end, by the thread that transfers.
         *
         * @param progress how far it is
         */
        void progress(Progress progress);
    }

    /**
     * The time the rest takes at the present speed.
     *
     * @return seconds; empty without a total or a speed
     */
    public OptionalDouble secondsLeft() {
        return totalBytes.isPresent() && bytesPerSecond > 0
                ? OptionalDouble.of(Math.max(0, totalBytes.getAsLong() - bytes) / bytesPerSecond)
                : OptionalDouble.empty();
    }
}
