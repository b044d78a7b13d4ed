package org.lama.core.base;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The promise a public type makes about its future.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Api(Api.Status.STABLE)
public @interface Api {
    /** How much a user may rely on a type. */
    enum Status {
        /** Changes only with a major version and a migration line. */
        STABLE,
        /** May change with any minor version; the change is named in the changelog. */
        EXPERIMENTAL,
        /** For LAMA's own modules; may change at any time. */
        INTERNAL
    }

    /**
     * The status of the annotated type.
     *
     * @return the promise made
     */
    Status value();
}
