package org.lama.backtest.honesty;

import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.strategy.Context;
import org.lama.core.base.Api;
import org.lama.core.series.Frame;

/**
 * A line of code that asked for something, and the method of LAMA it asked.
 *
 * @param code class, method, file and line of the nearest code that is not LAMA's; empty if all of it is
 * @param through the method of LAMA that was called, such as {@code Frame.column}
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record CallSite(String code, String through) {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String CHECKS = CallSite.class.getPackageName();
    private static final Set<String> OURS = Stream.of(Frame.class, CallSite.class)
            .map(CallSite::origin)
            .flatMap(Optional::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** A method of a class that was handed something. */
    static CallSite of(Class<?> type, String method) {
        return new CallSite(simpleName(type) + "." + method, "");
    }

    /** The nearest code of a user on the stack of the calling thread. */
    static CallSite here() {
        return of(WALKER.walk(frames -> frames.toList()));
    }

    private static CallSite of(List<StackFrame> stack) {
        @Nullable StackFrame called = null;
        @Nullable StackFrame ours = null;
        for (StackFrame each : stack) {
            if (isMachinery(each)) {
                continue;
            }
            if (!isOurs(each.getDeclaringClass())) {
                return new CallSite(text(each), called == null ? "" : shortName(called));
            }
            called = each;
            ours = ours == null && !isColumns(each) ? each : ours;
        }
        return new CallSite("", ours == null ? "" : text(ours));
    }

    /** The checks themselves and the platform: neither has read anything of its own accord. */
    private static boolean isMachinery(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        return (type.getPackageName().equals(CHECKS) && isOurs(type)) || isPlatform(type);
    }

    private static boolean isPlatform(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    private static boolean isColumns(StackFrame frame) {
        return frame.getDeclaringClass().getPackageName().equals(Frame.class.getPackageName());
    }

    private static boolean isOurs(Class<?> type) {
        return origin(type).filter(OURS::contains).isPresent();
    }

    private static Optional<String> origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? Optional.empty()
                : Optional.of(source.getLocation().toString());
    }

    private static String shortName(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        return (Context.class.isAssignableFrom(type) ? "Context" : simpleName(type)) + "." + frame.getMethodName();
    }

    private static String text(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        String file = frame.getFileName() == null ? "no source" : frame.getFileName();
        return simpleName(type) + "." + method(frame.getMethodName()) + " (" + file
                + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "") + ")";
    }

    private static String method(String name) {
        return name.equals("<init>")
                ? "new"
                : name.startsWith("lambda$") ? name.replaceFirst("^lambda\\$(.+)\\$\\d+$", "$1") : name;
    }

    private static String simpleName(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.').replaceFirst("\\.\\d+$", "");
    }

    @Override
    public String toString() {
        return code.isEmpty() ? through : through.isEmpty() ? code : code + " through " + through;
    }
}
