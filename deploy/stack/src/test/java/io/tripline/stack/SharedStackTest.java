package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("system")
@ExtendWith(SharedStack.class)
class SharedStackTest {
    @Test
    void shouldGiveAllTestsTheSameRunningServers(Stack stack, Stack again) {
        assertThat(again).isSameAs(stack);
        assertThat(stack.servers()).allMatch(Server::isReady);
    }
}
