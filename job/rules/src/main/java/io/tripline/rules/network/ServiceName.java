package io.tripline.rules.network;

/** A service whose name is made when it is asked for (see {@link Service#text}). */
public record ServiceName(int service) {
    @Override
    public String toString() {
        return Service.text(service);
    }
}
