package io.curia.admin.context;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach one cluster, under a name. What it does not say is left to variables and defaults. It never holds a
 * credential, only the path of the file that does.
 *
 * @param name what the user calls it
 * @param says what it says, and nothing for the rest
 */
public record Context(String name, Map<Key, String> says) {

    /** What a context can say; each is an option of every command. */
    public enum Key {
        ZOOKEEPER("--zookeeper"), CLUSTER("--cluster"), ROOT("--root"), AUTH_FILE("--auth-file"),
        ZOOKEEPER_CONFIG("--zookeeper-config"), VIA("--via");

        private final String option;

        Key(String option) {
            this.option = option;
        }

        /** Returns the option that it stands for. */
        public String option() {
            return option;
        }

        /** Returns its name in the file: the option's without dashes in front. */
        public String property() {
            return option.substring(2);
        }
    }

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

    public Context {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("context: '" + name
                    + "' (expected: 1 to 64 of A-Z a-z 0-9 _ -, beginning with a letter or digit)");
        }
        EnumMap<Key, String> copy = new EnumMap<>(Key.class);
        copy.putAll(says);
        says = Collections.unmodifiableMap(copy);
    }

    /** Returns what it says of {@code key}. */
    public Optional<String> get(Key key) {
        return Optional.ofNullable(says.get(key));
    }
}
