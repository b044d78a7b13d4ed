package org.lama.core.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.lama.core.base.Api;
import org.lama.core.base.Named;

/**
 * Finds generators of books on the class path by explicit name. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookGenerators {
    private BookGenerators() {}

    /**
     * All generators found.
     *
     * @return in alphabetical order
     */
    public static List<BookGenerator> all() {
        List<BookGenerator> found = new ArrayList<>();
        ServiceLoader.load(BookGenerator.class, BookGenerator.class.getClassLoader())
                .forEach(found::add);
        found.sort(Comparator.comparing(Named::name));
        return List.copyOf(found);
    }

    /**
     * The generator with a given name; the bundled one is {@code synthetic}.
     *
     * @param name the wanted name
     * @return the generator
     * @throws IllegalArgumentException if there is none, listing what was found
     */
    public static BookGenerator named(String name) {
        List<BookGenerator> found = all();
        return found.stream()
                .filter(generator -> generator.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no generator of books is called '" + name
                        + "'; found: " + found.stream().map(Named::name).toList()));
    }
}
