package io.tripline.analyze;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands each element to the results of a run in this process. */
final class RunSink<T> implements Sink<T> {
    /** Where an element goes. */
    interface Receiver<T> extends Serializable {
        void accept(Results results, T element) throws IOException;
    }

    private final String run;
    private final Receiver<T> receiver;

    RunSink(String run, Receiver<T> receiver) {
        this.run = run;
        this.receiver = receiver;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Results results = AnalysisRun.of(run).results();
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context ignored) throws IOException {
                receiver.accept(results, element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
