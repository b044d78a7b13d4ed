package org.lama.backtest.strategies;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Suggestion;
import org.lama.core.store.Checksums;

/**
 * Finds a strategy by what a user typed: the name of a built-in one, a class (on the class path or in a jar), or one Java
 * source file, which is compiled in memory. A class needs a constructor that takes {@link Parameters}, or one without
 * arguments. Code of users runs with the rights of this process.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StrategyFinder {
    private static final String SOURCE = ".java";
    private static final @Nullable ClassLoader OURS = Strategy.class.getClassLoader();

    private StrategyFinder() {}

    /**
     * Finds a strategy.
     *
     * @param what built-in name, class name, or path of a source file, which ends in {@code .java}
     * @param jar where the class lies; empty for the class path
     * @return the strategy's blueprint
     * @throws IOException if a file cannot be read or does not compile
     * @throws IllegalArgumentException if there is no such strategy, naming the nearest, or the class is none
     */
    public static Blueprint find(String what, Optional<Path> jar) throws IOException {
        if (what.endsWith(SOURCE)) {
            return fromSource(Path.of(what));
        }
        if (jar.isPresent()) {
            return fromJar(what, jar.get());
        }
        return what.contains(".") ? fromClassPath(what) : Strategies.named(what);
    }

    /**
     * Whether a text names a source file.
     *
     * @param what what a user typed
     * @return true if so
     */
    public static boolean isSource(String what) {
        return what.endsWith(SOURCE);
    }

    /**
     * Finds code of another kind, such as what prepares a strategy from the data of a run, or a model. It needs the same
     * constructors as a strategy.
     *
     * @param <T> the kind
     * @param kind what the class must implement
     * @param what class name, or path of a source file, which ends in {@code .java}
     * @param jar where the class lies; empty for the class path
     * @return what makes it; empty if the text names no class, or none of that kind
     * @throws IOException if a file cannot be read or does not compile
     */
    public static <T> Optional<Function<Parameters, T>> find(Class<T> kind, String what, Optional<Path> jar)
            throws IOException {
        List<Class<? extends T>> found;
        if (what.endsWith(SOURCE)) {
            found = inSource(kind, Path.of(what));
        } else if (jar.isPresent() && Files.isRegularFile(jar.get())) {
            MemoryClassLoader loader = MemoryClassLoader.ofJar(jar.get(), OURS);
            List<String> names = new ArrayList<>();
            loader.classNames().forEach(names::add);
            found = names.contains(what)
                    ? listed(usable(kind, load(what, loader, jar.get().toString())))
                    : List.of();
        } else {
            found = onClassPath(kind, what);
        }
        return found.size() == 1 ? Optional.of(maker(found.get(0))) : Optional.empty();
    }

    private static <T> List<Class<? extends T>> listed(Optional<Class<? extends T>> found) {
        return found.isPresent() ? List.of(found.get()) : List.of();
    }

    private static <T> List<Class<? extends T>> onClassPath(Class<T> kind, String what) {
        try {
            return what.contains(".") ? listed(usable(kind, Class.forName(what, false, OURS))) : List.of();
        } catch (ClassNotFoundException | LinkageError missing) {
            return List.of();
        }
    }

    private static <T> List<Class<? extends T>> inSource(Class<T> kind, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such source file; check the path");
        }
        Map<String, byte[]> classes =
                new SourceCompiler(Optional.ofNullable(ToolProvider.getSystemJavaCompiler()), file).compile(file);
        ClassLoader loader = MemoryClassLoader.ofClasses(classes, OURS);
        List<Class<? extends T>> found = new ArrayList<>();
        for (String name : classes.keySet()) {
            usable(kind, load(name, loader, file.toString())).ifPresent(found::add);
        }
        return found;
    }

    private static Blueprint fromSource(Path file) throws IOException {
        List<Class<? extends Strategy>> found = inSource(Strategy.class, file);
        String wanted = String.valueOf(file.getFileName());
        wanted = wanted.substring(0, wanted.length() - SOURCE.length());
        Class<? extends Strategy> type = theOne(file.toString(), wanted, found);
        return Blueprint.of(String.valueOf(file.getFileName()), "", Checksums.sha256(file), maker(type));
    }

    private static Blueprint fromJar(String what, Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + ": no such jar file; check the path of --jar");
        }
        MemoryClassLoader loader = MemoryClassLoader.ofJar(jar, OURS);
        List<String> names = new ArrayList<>();
        loader.classNames().forEach(names::add);
        if (!names.contains(what)) {
            throw new IllegalArgumentException(jar + " holds no class " + what + Suggestion.alike(what, names)
                    + "; name it with its package, such as my.strategies.Crossing");
        }
        return Blueprint.of(what, "", Checksums.sha256(jar), maker(required(load(what, loader, jar.toString()))));
    }

    private static Blueprint fromClassPath(String what) {
        Class<?> type;
        try {
            type = Class.forName(what, false, OURS);
        } catch (ClassNotFoundException missing) {
            throw new IllegalArgumentException(
                    "class " + what + " is not on the class path; give its jar with --jar FILE, or a source file"
                            + Suggestion.alike(what, Strategies.names()),
                    missing);
        } catch (LinkageError broken) {
            throw unusable(what, broken);
        }
        Class<? extends Strategy> strategy = required(type);
        return Blueprint.of(strategy, maker(strategy));
    }

    private static Class<?> load(String name, ClassLoader loader, String where) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError broken) {
            throw unusable(where + ": class " + name, broken);
        }
    }

    private static IllegalArgumentException unusable(String what, Throwable broken) {
        return new IllegalArgumentException(
                what + " cannot be loaded: " + broken.getClass().getSimpleName() + " " + broken.getMessage(), broken);
    }

    private static Class<? extends Strategy> required(Class<?> type) {
        return usable(Strategy.class, type)
                .orElseThrow(() -> new IllegalArgumentException("class " + type.getName()
                        + " is no strategy: it must implement " + Strategy.class.getName() + " and not be abstract"));
    }

    private static <T> Optional<Class<? extends T>> usable(Class<T> kind, Class<?> type) {
        boolean usable =
                kind.isAssignableFrom(type) && !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
        return usable ? Optional.of(type.asSubclass(kind)) : Optional.empty();
    }

    /** The strategy that is called like the file, else the only one. */
    private static Class<? extends Strategy> theOne(String file, String wanted, List<Class<? extends Strategy>> found) {
        for (Class<? extends Strategy> type : found) {
            if (type.getSimpleName().equals(wanted)) {
                return type;
            }
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(file
                    + (found.isEmpty()
                            ? " holds no class that implements " + Strategy.class.getName()
                                    + "; 'lama new NAME' writes one to start from"
                            : " holds several strategies "
                                    + found.stream().map(Class::getSimpleName).toList() + "; call the one to run "
                                    + wanted));
        }
        return found.get(0);
    }

    private static <T> Function<Parameters, T> maker(Class<? extends T> type) {
        Optional<Constructor<? extends T>> plain = constructor(type);
        Optional<Constructor<? extends T>> full = constructor(type, Parameters.class);
        if (full.isEmpty() && plain.isEmpty()) {
            throw new IllegalArgumentException("class " + type.getName() + " needs a constructor that takes "
                    + Parameters.class.getName() + ", or one without arguments");
        }
        return parameters -> full.isPresent() ? instance(full.get(), parameters) : instance(plain.orElseThrow());
    }

    private static <T> Optional<Constructor<? extends T>> constructor(Class<? extends T> type, Class<?>... arguments) {
        try {
            Constructor<? extends T> found = type.getDeclaredConstructor(arguments);
            found.setAccessible(true);
            return Optional.of(found);
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        } catch (LinkageError broken) {
            throw unusable("class " + type.getName(), broken);
        }
    }

    private static <T> T instance(Constructor<? extends T> constructor, Object... arguments) {
        String name = constructor.getDeclaringClass().getName();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw new IllegalArgumentException(
                    "the constructor of strategy " + name + " failed: " + thrown.getCause(), thrown);
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw unusable("class " + name, broken);
        }
    }
}
