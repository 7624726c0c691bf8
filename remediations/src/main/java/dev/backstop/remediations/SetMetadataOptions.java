package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sets options of an instance's metadata service back, those that still are as the call set them.
 *
 * @param from what the call chose, by option
 * @param to what was set before, for the same options
 */
record SetMetadataOptions(Resource resource, Map<String, String> from, Map<String, String> to)
        implements Step<Map<String, String>> {
    SetMetadataOptions {
        from = Collections.unmodifiableMap(new TreeMap<>(from));
        to = Collections.unmodifiableMap(new TreeMap<>(to));
    }

    @Override
    public String action() {
        return "ec2:ModifyInstanceMetadataOptions";
    }

    @Override
    public String summary() {
        return "set the metadata options of " + resource.id() + " back to " + words(to);
    }

    @Override
    public String command() {
        List<String> words = new ArrayList<>(List.of(
                "aws",
                "ec2",
                "modify-instance-metadata-options",
                "--region",
                resource.region(),
                "--instance-id",
                resource.id()));
        to.forEach((option, value) -> {
            words.add("--" + option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
            words.add(value);
        });
        return Command.line(words.toArray(String[]::new));
    }

    @Override
    public Map<String, String> read(Aws aws) {
        return new TreeMap<>(aws.instances().metadataOptions(resource.id()));
    }

    @Override
    public Comparison compare(Map<String, String> live) {
        if (live.isEmpty()) {
            return new Comparison.NothingLeft(InstanceRecords.gone(resource));
        }
        if (!toSet(live).isEmpty()) {
            return new Comparison.AsExpected();
        }
        return live.entrySet().containsAll(to.entrySet())
                ? new Comparison.NothingLeft("they are " + words(to) + " again")
                : new Comparison.MustNot("somebody changed them since");
    }

    @Override
    public void apply(Aws aws, Map<String, String> live) {
        aws.instances().setMetadataOptions(resource.id(), toSet(live));
    }

    @Override
    public List<Step<?>> again(Map<String, String> found) {
        Map<String, String> set = toSet(found);
        Map<String, String> chosen = new TreeMap<>(found);
        chosen.keySet().retainAll(set.keySet());
        return set.isEmpty() ? List.of() : List.of(new SetMetadataOptions(resource, set, chosen));
    }

    @Override
    public String show(Map<String, String> live) {
        return live.isEmpty()
                ? "gone"
                : words(live.entrySet().stream()
                        .filter(option -> to.containsKey(option.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private Map<String, String> toSet(Map<String, String> live) {
        return to.entrySet().stream()
                .filter(option -> !option.getValue().equals(live.get(option.getKey())))
                .filter(option ->
                        live.entrySet().contains(Map.entry(option.getKey(), String.valueOf(from.get(option.getKey())))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String words(Map<String, String> options) {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining(", "));
    }
}
