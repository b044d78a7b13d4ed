package org.lama.backtest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lama.core.market.Side;

/** Every call reaches the other context once, with its own arguments. */
class ForwardingContextTest {
    private record Forwarding(Context delegate) implements ForwardingContext {}

    private final List<String> heard = new ArrayList<>();

    /** Writes down what it is asked, and answers with something that can be told apart. */
    private Context listening() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    heard.add(text(method, arguments));
                    return answer(method.getReturnType());
                });
    }

    private static String text(Method method, @Nullable Object @Nullable ... arguments) {
        return method.getName() + Arrays.toString(method.getParameterTypes()) + Arrays.toString(arguments);
    }

    private static @Nullable Object answer(Class<?> type) {
        if (type == double.class) {
            return 7.5;
        }
        if (type == long.class) {
            return 75L;
        }
        if (type == int.class) {
            return 5;
        }
        return type == boolean.class
                ? (Object) true
                : type == String.class ? "answer" : type == List.class ? List.of("answer") : null;
    }

    private static @Nullable Object argument(Class<?> type) {
        return type == int.class
                ? (Object) 3
                : type == double.class
                        ? (Object) 0.25
                        : type == long.class
                                ? (Object) 9L
                                : type == String.class ? "name" : type == Duration.class ? Duration.ofHours(4) : null;
    }

    @Test
    void everyCallGoesOnceToTheOtherAndItsAnswerComesBack() throws ReflectiveOperationException {
        Context forwarding = new Forwarding(listening());
        int calls = 0;
        for (Method method : Context.class.getMethods()) {
            // a quote goes through submit, so that who changes orders need change one method only
            if (Modifier.isStatic(method.getModifiers()) || method.getName().equals("quote")) {
                continue;
            }
            heard.clear();
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(ForwardingContextTest::argument)
                    .toArray();
            Object answer = method.invoke(forwarding, arguments);
            assertThat(heard)
                    .as(method.toString())
                    .containsExactly(text(method, arguments.length == 0 ? null : arguments));
            if (method.getReturnType() != void.class) {
                assertThat(answer).as(method.toString()).isEqualTo(answer(method.getReturnType()));
            }
            calls++;
        }
        assertThat(calls).isGreaterThan(25);
    }

    @Test
    void aQuoteIsSubmittedSoThatWhoChangesOrdersChangesQuotesToo() {
        new Forwarding(listening()).quote(1, Side.SELL, 2, 3);
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).startsWith("submit").contains("SELL");
    }
}
