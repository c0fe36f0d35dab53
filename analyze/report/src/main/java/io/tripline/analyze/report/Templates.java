package io.tripline.analyze.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The templates, compiled when the program was built, and what goes with them. */
final class Templates {
    private Templates() {}

    static void render(String template, Map<String, Object> parameters, TemplateOutput output) {
        TemplateEngine.createPrecompiled(ContentType.Html).render(template, parameters, output);
    }

    /** A style sheet or script that comes with the program. */
    static String resource(String name) throws IOException {
        try (InputStream in = Templates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
