package org.lama.core.base;

/**
 * Something that users choose by its explicit name.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public interface Named {
    /**
     * The name by which this thing is chosen: lower case, words joined by hyphens.
     *
     * @return the name, never blank
     */
    String name();
}
