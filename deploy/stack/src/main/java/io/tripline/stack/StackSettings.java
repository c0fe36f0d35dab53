package io.tripline.stack;

/** The settings file that leads Tripline's commands to a stack. */
final class StackSettings {
    private StackSettings() {}

    static String yaml(Stack stack) {
        String elastic =
                stack.elastic().map(server -> """

                        elasticsearch:
                          hosts: ["%s"]
                        """.formatted(server.address())).orElse("");
        return """
                # Where the stack in this folder listens. Add what you want otherwise (docs/settings.md); it is not overwritten.
                kafka:
                  brokers: ["%s"]
                """.formatted(stack.kafka().address()) + elastic;
    }
}
