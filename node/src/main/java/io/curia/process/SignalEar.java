package io.curia.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Hears signals to this process. Java has a supported interface for that, sun.misc.Signal in the module
 * jdk.unsupported, but no compiler lets it be named without a warning that nothing silences; therefore this one class
 * looks it up when it runs.
 */
final class SignalEar {

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private SignalEar() {
    }

    /**
     * Has {@code heard} run, on a thread of its own, each time the signal of this name comes, instead of what it did to
     * this process.
     *
     * @throws IllegalArgumentException if this Java does not know it, needs it for itself, or lets nobody hear any
     */
    static void listen(String name, Runnable heard) {
        try {
            Class<?> signal = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            Object ear = Proxy.newProxyInstance(SignalEar.class.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> "the ear for " + name;
                        default -> {
                            heard.run();
                            yield null;
                        }
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ear);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("this Java has no " + SIGNAL, e);
        }
    }
}
