package io.tripline.sensor.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns the names that a person gave into inputs: files, pipes, {@code -} for standard input, folders. */
final class CaptureNames {
    private static final String STANDARD_INPUT = "-";

    /** Enough to see what a file begins with. */
    private static final int GLANCE = 4096;

    private final InputStream standardInput;
    private final List<CaptureInput> inputs = new ArrayList<>();
    private boolean standardInputNamed;

    private CaptureNames(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** The inputs in the order of the names; a name that leads nowhere becomes an input that says so. */
    static List<CaptureInput> inputs(List<String> names, InputStream standardInput) {
        CaptureNames named = new CaptureNames(standardInput);
        names.forEach(named::add);
        return List.copyOf(named.inputs);
    }

    private void add(String name) {
        if (name.equals(STANDARD_INPUT)) {
            addStandardInput();
            return;
        }
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                addFolder(name, path);
            } else {
                inputs.add(CaptureInput.named(name, path));
            }
        } catch (InvalidPathException e) {
            inputs.add(new CaptureInput.Unusable(name, "no file name: " + e.getReason()));
        }
    }

    private void addStandardInput() {
        inputs.add(
                standardInputNamed
                        ? new CaptureInput.Unusable(STANDARD_INPUT, "standard input can be read only once")
                        : new CaptureInput.Stream(STANDARD_INPUT, standardInput));
        standardInputNamed = true;
    }

    /**
     * Captures in the folder itself, by name. Not in folders inside it, and no pipes: opening one could wait for ever.
     */
    private void addFolder(String name, Path folder) {
        int before = inputs.size();
        try {
            for (Path path : sorted(folder)) {
                CaptureInput input = new CaptureInput.RegularFile(path.toString(), path);
                if (Files.isRegularFile(path) && couldBeCapture(input)) {
                    inputs.add(input);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            inputs.add(new CaptureInput.Unusable(name, "folder cannot be listed: " + e.getMessage()));
        }
        if (inputs.size() == before) {
            inputs.add(new CaptureInput.Unusable(name, "no capture in this folder"));
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(paths::add);
        }
        paths.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return paths;
    }

    /** Whether it begins like a capture, or cannot be opened, which the reader then tells. */
    private static boolean couldBeCapture(CaptureInput input) {
        try (Window window = input.open(GLANCE)) {
            return CaptureFile.formatOf(window) != null;
        } catch (IOException e) {
            return true;
        }
    }
}
