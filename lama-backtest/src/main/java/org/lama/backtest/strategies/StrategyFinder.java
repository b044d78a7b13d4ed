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

    private static Blueprint fromSource(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such source file; check the path");
        }
        Map<String, byte[]> classes =
                new SourceCompiler(Optional.ofNullable(ToolProvider.getSystemJavaCompiler()), file).compile(file);
        ClassLoader loader = MemoryClassLoader.ofClasses(classes, OURS);
        String wanted = String.valueOf(file.getFileName());
        wanted = wanted.substring(0, wanted.length() - SOURCE.length());
        List<Class<? extends Strategy>> found = new ArrayList<>();
        for (String name : classes.keySet()) {
            strategy(load(name, loader, file.toString())).ifPresent(found::add);
        }
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
        return strategy(type)
                .orElseThrow(() -> new IllegalArgumentException("class " + type.getName()
                        + " is no strategy: it must implement " + Strategy.class.getName() + " and not be abstract"));
    }

    private static Optional<Class<? extends Strategy>> strategy(Class<?> type) {
        boolean usable = Strategy.class.isAssignableFrom(type)
                && !type.isInterface()
                && !Modifier.isAbstract(type.getModifiers());
        return usable ? Optional.of(type.asSubclass(Strategy.class)) : Optional.empty();
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

    private static Function<Parameters, Strategy> maker(Class<? extends Strategy> type) {
        Optional<Constructor<? extends Strategy>> plain = constructor(type);
        Optional<Constructor<? extends Strategy>> full = constructor(type, Parameters.class);
        if (full.isEmpty() && plain.isEmpty()) {
            throw new IllegalArgumentException("class " + type.getName() + " needs a constructor that takes "
                    + Parameters.class.getName() + ", or one without arguments");
        }
        return parameters -> full.isPresent() ? instance(full.get(), parameters) : instance(plain.orElseThrow());
    }

    private static Optional<Constructor<? extends Strategy>> constructor(
            Class<? extends Strategy> type, Class<?>... arguments) {
        try {
            Constructor<? extends Strategy> found = type.getDeclaredConstructor(arguments);
            found.setAccessible(true);
            return Optional.of(found);
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        } catch (LinkageError broken) {
            throw unusable("class " + type.getName(), broken);
        }
    }

    private static Strategy instance(Constructor<? extends Strategy> constructor, Object... arguments) {
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
