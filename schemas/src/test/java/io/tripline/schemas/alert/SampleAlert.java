package io.tripline.schemas.alert;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/** A document with something in every field, made from the records themselves. */
final class SampleAlert {
    private SampleAlert() {}

    static AlertDocument full() {
        return (AlertDocument) value(AlertDocument.class, "alert");
    }

    private static Object value(Type type, String name) {
        if (type instanceof ParameterizedType list) {
            return List.of(value(list.getActualTypeArguments()[0], name));
        }
        Class<?> of = (Class<?>) type;
        if (of.isRecord()) {
            return made(of);
        }
        if (of == String.class) {
            return name;
        }
        if (of == Double.class) {
            return 1.5;
        }
        return of == Boolean.class || of == Boolean.TYPE ? (Object) true : (Object) (long) name.length();
    }

    private static Object made(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getGenericType(), component.getName()))
                .toArray();
        try {
            return record.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
