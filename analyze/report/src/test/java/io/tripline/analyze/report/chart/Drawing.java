package io.tripline.analyze.report.chart;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A chart's SVG, read by an XML parser, which fails where it is not well-formed. */
record Drawing(Document document, String source) {
    static Drawing of(Chart chart) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setNamespaceAware(true);
        return new Drawing(
                factory.newDocumentBuilder().parse(new InputSource(new StringReader(chart.svg()))), chart.svg());
    }

    Element root() {
        return document.getDocumentElement();
    }

    List<Element> all(String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = document.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    List<String> texts() {
        return all("text").stream().map(Element::getTextContent).toList();
    }

    String description() {
        return all("desc").get(0).getTextContent();
    }

    /** How many marks of a shape there are in paths of a class; the mark in the legend is one of them. */
    int marks(String inkClass, String shape) {
        int count = 0;
        for (Element path : all("path")) {
            if (path.getAttribute("class").contains(inkClass)) {
                count += path.getAttribute("d").split(java.util.regex.Pattern.quote(shape), -1).length - 1;
            }
        }
        return count;
    }
}
