package io.curia.http;

import io.curia.document.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is shown at which path. A path is compared as a whole, so there is none that leads elsewhere. */
final class Routes {

    private final Map<String, Resource> resources = new ConcurrentSkipListMap<>();

    /** Shows {@code resource} at {@code path}, instead of what was there. */
    void put(String path, Resource resource) {
        if (!path.matches("/[a-z]*")) {
            throw new IllegalArgumentException("path: " + path + " (expected: a slash and small letters)");
        }
        resources.put(path, resource);
    }

    Optional<Resource> at(String path) {
        Resource found = resources.get(path);
        return found == null && path.equals("/") ? Optional.of(question -> index().now()) : Optional.ofNullable(found);
    }

    /** Where nobody has put a page: what there is to ask for. */
    private Answer index() {
        return Answer.json(200, Fields.document().add("resources", resources.keySet().stream().toList()).build());
    }
}
