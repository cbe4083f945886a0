package io.curia.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a node exports, read back from the text that Prometheus gets. */
final class Exposition {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:\\\\.|[^\"\\\\])*)\"");

    private final List<Sample> samples;

    /** One line of it. */
    record Sample(String name, Map<String, String> labels, double value) {
    }

    private Exposition(List<Sample> samples) {
        this.samples = samples;
    }

    static Exposition parse(String text) {
        return new Exposition(text.lines().filter(line -> !line.startsWith("#")).map(Exposition::sample).toList());
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        String value = matcher.group(3).replace("+Inf", "Infinity");
        return new Sample(matcher.group(1), labels, Double.parseDouble(value));
    }

    Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns every value that each label of the samples of this name has. */
    Map<String, Set<String>> labelsOf(String name) {
        Map<String, Set<String>> labels = new TreeMap<>();
        samples.stream().filter(sample -> sample.name().equals(name)).forEach(sample -> sample.labels().forEach(
                (label, value) -> labels.computeIfAbsent(label, unused -> new TreeSet<>()).add(value)));
        return labels;
    }

    List<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** Returns the value of the one sample of this name that has these labels, given as name and value in turn. */
    double value(String name, String... labels) {
        OptionalDouble found = samples.stream().filter(sample -> sample.name().equals(name))
                .filter(sample -> has(sample, labels)).mapToDouble(Sample::value).findFirst();
        return found.orElseThrow(() -> new AssertionError(name + List.of(labels) + " is not exported"));
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
