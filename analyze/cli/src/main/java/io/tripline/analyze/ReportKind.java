package io.tripline.analyze;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code --report} can ask for. */
enum ReportKind {
    /** Also what the others are made of, so that it comes with each of them. */
    JSON(OutputFolder.REPORT),
    HTML(OutputFolder.HTML),
    PDF(OutputFolder.PDF);

    private final String file;

    ReportKind(String file) {
        this.file = file;
    }

    /** Its file in the folder for results. */
    String file() {
        return file;
    }

    private String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a list of names asks for; nothing where it is {@code none} alone.
     *
     * @throws UserError if a name is none of them, or none goes with others
     */
    static Set<ReportKind> of(List<String> names) {
        Set<ReportKind> kinds = EnumSet.noneOf(ReportKind.class);
        for (String name : names) {
            Stream.of(values()).filter(kind -> kind.id().equals(name)).forEach(kinds::add);
            if (!name.equals("none")
                    && kinds.stream().noneMatch(kind -> kind.id().equals(name))) {
                throw new UserError(
                        ExitStatus.USAGE,
                        "invalid value '" + Terminal.safe(name) + "' for --report; choose from "
                                + Stream.of(HTML, PDF, JSON).map(ReportKind::id).collect(Collectors.joining(", "))
                                + ", none");
            }
        }
        if (names.contains("none") && names.size() > 1) {
            throw new UserError(ExitStatus.USAGE, "--report: none excludes other reports");
        }
        if (!kinds.isEmpty()) {
            kinds.add(JSON);
        }
        return kinds;
    }
}
