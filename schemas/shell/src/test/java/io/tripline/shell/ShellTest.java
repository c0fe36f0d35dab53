package io.tripline.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ShellTest {
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldTellEachLineOfAMistakeWithItsStatus() {
        int status = run(() -> {
            throw new IllegalStateException(new UserError(ExitStatus.INPUT, List.of("a.yaml:1: x", "a.yaml:2: y")));
        });

        assertThat(status).isEqualTo(65);
        assertThat(errors).hasToString("tripline: a.yaml:1: x\ntripline: a.yaml:2: y\n");
    }

    @Test
    void shouldAskTheProgramWhatAnExceptionMeans() {
        int status = run(() -> {
            throw new IOException("disk full");
        });

        assertThat(status).isEqualTo(74);
        assertThat(errors).hasToString("tripline: cannot write: disk full\n");
    }

    @Test
    void shouldCallEverythingElseAnInternalError() {
        int status = run(() -> {
            throw new IllegalStateException("bug");
        });

        assertThat(status).isEqualTo(70);
        assertThat(errors)
                .hasToString("tripline: internal error: java.lang.IllegalStateException: bug; --debug shows where\n");
    }

    @Test
    void shouldShowWhereOnlyIfAsked() {
        run(
                () -> {
                    throw new IllegalStateException("bug");
                },
                "--debug");

        assertThat(errors.toString())
                .contains("\tat io.tripline.shell.ShellTest")
                .endsWith("tripline: internal error: java.lang.IllegalStateException: bug\n");
    }

    @Test
    void shouldPointToTheHelpOfTheCommandThatWasMisused() {
        int status = run(() -> 0, "inner", "--such");

        assertThat(status).isEqualTo(64);
        assertThat(errors).hasToString("tripline: Unknown option: '--such'\nTry: tripline test inner --help\n");
    }

    @Test
    void shouldLetNothingSteerTheTerminal() {
        run(() -> {
            throw UserError.usage("no file \u001b[31m");
        });
        run(() -> 0, "--\u001b[31m");

        assertThat(errors.toString()).doesNotContain("\u001b").contains("no file ?[31m", "'--?[31m'");
    }

    private int run(Callable<Integer> work, String... arguments) {
        CommandLine commandLine = Shell.of(
                new Program(work),
                line -> line.replace('\u001b', '?'),
                exception -> exception instanceof IOException
                        ? new UserError(ExitStatus.INPUT_OUTPUT, "cannot write: " + exception.getMessage())
                        : null);
        commandLine.addSubcommand(new Inner());
        return commandLine.setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    @Command(name = "tripline test")
    private static final class Program implements Callable<Integer> {
        private final Callable<Integer> work;

        @Option(names = "--debug")
        @SuppressWarnings("UnusedVariable") // read from the arguments, where an error is told
        private boolean debug;

        Program(Callable<Integer> work) {
            this.work = work;
        }

        @Override
        public Integer call() throws Exception {
            return work.call();
        }
    }

    @Command(name = "inner")
    private static final class Inner implements Runnable {
        @Override
        public void run() {
            throw new AssertionError("not reached");
        }
    }
}
