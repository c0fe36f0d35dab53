package io.tripline.rules.codec;

import io.tripline.schemas.Address;

/** Codecs of types that are not Tripline's rules' own. */
public final class BasicCodecs {
    public static final Codec<Address> ADDRESS = Codec.of(
            "address",
            1,
            Address.class,
            (address, out) -> {
                out.writeLong(address.high());
                out.writeLong(address.low());
            },
            in -> new Address(in.readLong(), in.readLong()));

    /** Names of segments and sensors. */
    public static final Codec<String> NAME = Codec.of("name", 1, String.class, Stored::writeText, Stored::readText);

    private BasicCodecs() {}
}
