package io.tripline.job.settings.yaml;

import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Form;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values. What is not as it must be is told as a mistake, and null is what comes of it. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> DURATION_UNITS = Map.of(
            "ms",
            Duration.ofMillis(1),
            "s",
            Duration.ofSeconds(1),
            "m",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1),
            "d",
            Duration.ofDays(1));
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,12})(B|kB|MB|GB|KiB|MiB|GiB)");
    private static final Map<String, Long> BYTE_UNITS = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%?");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final int TEXT_LENGTH = 200;

    private final Mistakes mistakes;

    Values(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** One line of text that is not empty. */
    @Nullable
    String text(YamlNode node, String path) {
        if (node instanceof Scalar scalar && scalar.form() != Form.NOTHING) {
            String text = scalar.text().strip();
            if (text.isEmpty() || text.length() > TEXT_LENGTH || text.indexOf('\n') >= 0) {
                return wrong(node, path, "must be one line of 1 to " + TEXT_LENGTH + " characters");
            }
            return text;
        }
        return wrong(node, path, "is " + Mistakes.kind(node) + "; must be text");
    }

    /** A list; a single value stands for a list of one. */
    List<YamlNode> list(YamlNode node, String path) {
        if (node instanceof Sequence sequence) {
            if (sequence.items().isEmpty()) {
                mistakes.add(node.line(), path, "is an empty list; remove the key or add an entry");
            }
            return sequence.items();
        }
        if (node instanceof Scalar scalar && scalar.form() != Form.NOTHING) {
            return List.of(node);
        }
        mistakes.add(node.line(), path, "is " + Mistakes.kind(node) + "; must be a value or a list of values");
        return List.of();
    }

    @Nullable
    Boolean bool(YamlNode node, String path) {
        if (node instanceof Scalar scalar
                && (scalar.text().equals("true") || scalar.text().equals("false"))
                && scalar.form() == Form.BOOLEAN) {
            return Boolean.valueOf(scalar.text());
        }
        return wrong(node, path, "is " + Mistakes.kind(node) + "; must be true or false");
    }

    /** A whole number. */
    @Nullable
    Long number(YamlNode node, String path, long least, long most) {
        String right = "must be a whole number from " + least + " to " + most;
        if (!(node instanceof Scalar scalar) || scalar.form() != Form.NUMBER) {
            return wrong(node, path, "is " + Mistakes.kind(node) + "; " + right + unquoted(node));
        }
        if (!DIGITS.matcher(scalar.text()).matches()) {
            return wrong(node, path, "is " + Mistakes.kind(node) + "; " + right);
        }
        long number = Long.parseLong(scalar.text());
        return number < least || number > most ? wrong(node, path, "is " + number + "; " + right) : (Long) number;
    }

    private static String unquoted(YamlNode node) {
        return node instanceof Scalar scalar && DIGITS.matcher(scalar.text()).matches() ? ", without quotes" : "";
    }

    /** A number with or without a fraction. */
    @Nullable
    Double decimal(YamlNode node, String path) {
        if (node instanceof Scalar scalar
                && scalar.form() == Form.NUMBER
                && DECIMAL.matcher(scalar.text()).matches()) {
            double number = Double.parseDouble(scalar.text());
            return number < 0 ? wrong(node, path, "is negative; must be 0 or more") : (Double) number;
        }
        return wrong(node, path, "is " + Mistakes.kind(node) + "; must be a number such as 0.5");
    }

    /** {@code 25} or {@code 25%}. */
    @Nullable
    Integer percent(YamlNode node, String path) {
        if (node instanceof Scalar scalar) {
            Matcher matcher = PERCENT.matcher(scalar.text());
            if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= 100) {
                return Integer.valueOf(matcher.group(1));
            }
        }
        return wrong(node, path, "is " + Mistakes.kind(node) + "; must be a percentage from 0 to 100, such as 25");
    }

    /** {@code 500ms}, {@code 60s}, {@code 5m}, {@code 24h}, {@code 7d}; above zero. */
    @Nullable
    Duration duration(YamlNode node, String path) {
        String right = "write a number and its unit (ms, s, m, h, d), such as 60s";
        if (!(node instanceof Scalar scalar) || scalar.form() == Form.NOTHING || scalar.form() == Form.BOOLEAN) {
            return wrong(node, path, "is " + Mistakes.kind(node) + "; " + right);
        }
        Matcher matcher = DURATION.matcher(scalar.text());
        if (!matcher.matches()) {
            String hint = scalar.text().startsWith("-")
                    ? " is negative; a duration must be above 0, "
                    : DIGITS.matcher(scalar.text()).matches() ? " has no unit; " : " is not a valid duration; ";
            return wrong(node, path, "'" + Mistakes.shown(scalar.text()) + "'" + hint + right);
        }
        Duration unit = DURATION_UNITS.get(matcher.group(2));
        Duration duration = unit == null ? Duration.ZERO : unit.multipliedBy(Long.parseLong(matcher.group(1)));
        return duration.isZero()
                ? wrong(node, path, "'" + scalar.text() + "' is zero; a duration must be above 0, such as 60s")
                : duration;
    }

    /** {@code 500kB}, {@code 2MB}, {@code 1GiB}, or a number of bytes. */
    @Nullable
    Long bytes(YamlNode node, String path) {
        if (node instanceof Scalar scalar && (scalar.form() == Form.TEXT || scalar.form() == Form.NUMBER)) {
            Matcher matcher = BYTES.matcher(scalar.text());
            Long unit = matcher.matches() ? BYTE_UNITS.get(matcher.group(2)) : null;
            if (unit != null) {
                return Long.parseLong(matcher.group(1)) * unit;
            }
            if (scalar.form() == Form.NUMBER && scalar.text().matches("[0-9]{1,18}")) {
                return Long.valueOf(scalar.text());
            }
        }
        return wrong(
                node,
                path,
                "is " + Mistakes.kind(node)
                        + "; must be bytes: a number, or one with a unit (B, kB, MB, GB, KiB, MiB, GiB), such as 2MB");
    }

    /** {@code 2027-01-31}. */
    @Nullable
    LocalDate date(YamlNode node, String path) {
        if (node instanceof Scalar scalar && scalar.text().length() == 10) {
            try {
                return LocalDate.parse(scalar.text());
            } catch (DateTimeException e) {
                return wrong(
                        node,
                        path,
                        "is " + Mistakes.kind(node) + "; must be a date of the calendar such as 2027-01-31");
            }
        }
        return wrong(node, path, "is " + Mistakes.kind(node) + "; must be a date such as 2027-01-31");
    }

    /** One of the constants, by its name in lower case. */
    <E extends Enum<E>> @Nullable E constant(YamlNode node, String path, Class<E> type) {
        List<String> names = java.util.Arrays.stream(type.getEnumConstants())
                .map(Values::name)
                .toList();
        if (node instanceof Scalar scalar) {
            for (E constant : type.getEnumConstants()) {
                if (name(constant).equals(scalar.text())) {
                    return constant;
                }
            }
        }
        return wrong(node, path, "is " + Mistakes.kind(node) + "; must be one of " + String.join(", ", names));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // what it returns is always null
    <T> @Nullable T wrong(YamlNode node, String path, String what) {
        mistakes.add(node.line(), path, what);
        return null;
    }
}
