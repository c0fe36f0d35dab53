package io.tripline.analyze.report;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The report as PDF, from the same content with a style sheet of its own. Nothing is fetched while it is made. */
public final class PdfReport {
    private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/DejaVu";

    private PdfReport() {}

    /** Writes it into a new file. */
    public static void write(IncidentReport report, Path file) throws IOException {
        XRLog.setLoggingEnabled(false);
        StringOutput page = new StringOutput();
        Templates.render("print.jte", Map.of("report", report, "style", Templates.resource("print.css")), page);
        PdfRendererBuilder builder = new PdfRendererBuilder();
        font(builder, "Sans", "SansCondensed", 400, FontStyle.NORMAL);
        font(builder, "Sans", "SansCondensed-Bold", 700, FontStyle.NORMAL);
        font(builder, "Mono", "SansMono", 400, FontStyle.NORMAL);
        try (OutputStream out = Files.newOutputStream(file)) {
            builder.useSVGDrawer(new BatikSVGDrawer())
                    .useUriResolver((base, uri) ->
                            uri.startsWith("#") || uri.startsWith("https://attack.mitre.org/") ? uri : null)
                    .withW3cDocument(document(page.toString()), null)
                    .withProducer("Tripline " + report.version())
                    .toStream(out)
                    .run();
        }
    }

    private static void font(PdfRendererBuilder builder, String family, String name, int weight, FontStyle style) {
        FSSupplier<InputStream> font = () -> PdfReport.class.getResourceAsStream(FONTS + name + ".ttf");
        builder.useFont(font, family, weight, style, true);
    }

    private static Document document(String xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(null);
            return parser.parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("a template wrote malformed XML", e);
        }
    }
}
