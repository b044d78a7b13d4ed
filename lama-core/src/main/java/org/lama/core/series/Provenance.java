package org.lama.core.series;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Where a series came from: it travels with every frame and stands in every result.
 *
 * @param kind how far the values can be trusted
 * @param source file name or endpoint, without machine paths and keys
 * @param sha256 lower-case hexadecimal checksum of the bytes read, empty if generated
 * @param note what was done on the way, empty if nothing
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Provenance(Kind kind, String source, String sha256, String note) {
    /**
     * Checks the parts.
     *
     * @param kind how far the values can be trusted
     * @param source file name or endpoint, without machine paths and keys
     * @param sha256 lower-case hexadecimal checksum of the bytes read, empty if generated
     * @param note what was done on the way, empty if nothing
     */
    public Provenance {
        Check.notNull(kind, "kind");
        Check.notBlank(source, "source");
        Check.notNull(sha256, "sha256");
        Check.notNull(note, "note");
    }

    /** Kinds of origin, from the most to the least trusted. */
    public enum Kind {
        /** Straight from the exchange that traded it. */
        EXCHANGE,
        /** From files of the past whose collector is known only by name. */
        HISTORICAL,
        /** From a data vendor's composite. */
        VENDOR,
        /** Generated: says nothing about any market. */
        SYNTHETIC
    }

    /**
     * The same origin with another note.
     *
     * @param text the note
     * @return a copy
     */
    public Provenance withNote(String text) {
        return new Provenance(kind, source, sha256, text);
    }
}
