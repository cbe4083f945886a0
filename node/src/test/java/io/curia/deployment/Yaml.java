package io.curia.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A YAML document, read as strictly as YAML can be, and looked into by paths. */
public record Yaml(Object value) {

    /** Returns the documents in {@code file}; a key that stands twice is an error. */
    public static List<Yaml> read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Yaml> documents = new ArrayList<>();
        for (Object document : new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
                .loadAll(Files.readString(file))) {
            documents.add(new Yaml(document));
        }
        return documents;
    }

    /** Returns what is at {@code a/b/0/c}; the value null if there is nothing. */
    public Yaml at(String path) {
        Object here = value;
        for (String step : path.split("/")) {
            if (here instanceof Map<?, ?> map) {
                here = map.get(step);
            } else if (here instanceof List<?> list && step.matches("\\d+") && Integer.parseInt(step) < list.size()) {
                here = list.get(Integer.parseInt(step));
            } else {
                return new Yaml(null);
            }
        }
        return new Yaml(here);
    }

    /** Returns the elements of this list, none if it is no list. */
    public List<Yaml> each() {
        return value instanceof List<?> list ? list.stream().map(Yaml::new).toList() : List.of();
    }

    /** Returns the keys of this map, none if it is no map. */
    List<String> keys() {
        return value instanceof Map<?, ?> map ? map.keySet().stream().map(String::valueOf).toList() : List.of();
    }

    /** Returns the value's own words. */
    public String text() {
        return String.valueOf(value);
    }

    boolean isThere() {
        return value != null;
    }
}
