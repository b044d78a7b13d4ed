package org.lama.core.store.internal;

import java.io.IOException;
import org.lama.core.base.Api;

/**
 * What the text readers give: trees of {@link java.util.LinkedHashMap}, {@link java.util.ArrayList}, {@link String},
 * {@link Long}, {@link Double}, {@link Boolean} and {@link #NULL}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public enum RawDocument {
    /** Stands for the JSON and YAML null. */
    NULL;

    /** Deepest allowed nesting: enough for any document of ours, too little to exhaust a stack. */
    static final int MAX_DEPTH = 100;

    /** Longest allowed document in characters. */
    static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    /**
     * An error at a place of a text.
     *
     * @param source name of the text
     * @param line line, from 1
     * @param column column, from 1
     * @param message what is wrong
     * @return the exception
     */
    static IOException broken(String source, int line, int column, String message) {
        return new IOException(source + ", line " + line + ", column " + column + ": " + message);
    }
}
