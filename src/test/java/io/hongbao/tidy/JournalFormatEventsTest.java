// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.tidy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * docs/JOURNAL-FORMAT.md lists every event that the schemas describe, under the same numbers, and
 * no other.
 */
class JournalFormatEventsTest {

  private static final Path DOCUMENT = Path.of("docs/JOURNAL-FORMAT.md");

  /** | 2 | 22 | `ShareOpened` | packet | … */
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (\\d+) \\| `(\\w+)` \\|.*");

  @Test
  void theDocumentListsEveryEventOfEverySchema() throws Exception {
    Complaints complaints =
        new Complaints(
            "The table of events in docs/JOURNAL-FORMAT.md and src/main/resources/sbe differ.",
            "add or correct the row: | schema | template | `Event` | partition of | meaning |");
    Set<String> described = new TreeSet<>();
    for (String line : ProjectFiles.lines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        described.add(row.group(1) + "/" + row.group(2) + " " + row.group(3));
      }
    }

    Set<String> inSchemas = new TreeSet<>();
    for (Path file : schemas()) {
      inSchemas.addAll(eventsOf(file));
    }

    inSchemas.stream()
        .filter(event -> !described.contains(event))
        .forEach(event -> complaints.add(DOCUMENT, event + " is missing"));
    described.stream()
        .filter(event -> !inSchemas.contains(event))
        .forEach(event -> complaints.add(DOCUMENT, event + " stands in no schema"));
    complaints.assertNone();
  }

  @Test
  void noTwoSchemasShareANumber() throws Exception {
    Complaints complaints =
        new Complaints("Two SBE schemas have one id.", "take the next free one; it is for ever.");
    Set<String> ids = new TreeSet<>();
    for (Path file : schemas()) {
      String id = root(file).getAttribute("id");
      if (!ids.add(id)) {
        complaints.add(file, "id " + id);
      }
    }
    complaints.assertNone();
  }

  private static List<Path> schemas() {
    return ProjectFiles.below("src/main/resources/sbe").stream()
        .filter(file -> file.toString().endsWith("-events.xml"))
        .toList();
  }

  private static Set<String> eventsOf(Path file) throws Exception {
    Element schema = root(file);
    NodeList messages = schema.getElementsByTagName("sbe:message");
    return java.util.stream.IntStream.range(0, messages.getLength())
        .mapToObj(i -> (Element) messages.item(i))
        .map(
            message ->
                schema.getAttribute("id")
                    + "/"
                    + message.getAttribute("id")
                    + " "
                    + message.getAttribute("name"))
        .collect(Collectors.toSet());
  }

  private static Element root(Path file)
      throws ParserConfigurationException, IOException, SAXException {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(ProjectFiles.root().resolve(file).toFile()).getDocumentElement();
  }
}
