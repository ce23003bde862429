package io.accesskeys.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * The menu of an account theme with our page in it.
 *
 * <p>Keycloak 26.7 finds a page of an extension only by the literal path {@code
 * content/:componentId}, of which a console can have one, and looks no further than the first group
 * (keycloak#41433). So the entry has that path, a second one that is never shown gives the page an
 * address that can be linked to, and both go into the first group.
 */
final class Menu {

  static final String FILE = "content.json";

  private static final Logger LOG = Logger.getLogger(Menu.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONLY_PATH = "content/:componentId";
  private static final String MODULE = "/" + PageFiles.LOADER_PATH;

  private Menu() {}

  /**
   * The menu with our page; the very same if it is none, or if another extension has taken the one
   * place for pages.
   *
   * @param theme its name, for the log
   */
  static byte[] withPage(byte[] menu, String theme) throws IOException {
    try {
      return JSON.readTree(menu) instanceof ArrayNode entries && isFree(entries, theme)
          ? JSON.writeValueAsBytes(extended(entries))
          : menu;
    } catch (JsonProcessingException e) {
      LOG.warnf("The account theme %s has a menu that cannot be read: no page for keys", theme);
      return menu;
    }
  }

  private static boolean isFree(ArrayNode entries, String theme) {
    boolean taken =
        entries.findValues("path").stream().anyMatch(path -> path.asText().equals(ONLY_PATH));
    if (taken) {
      LOG.warnf("The account theme %s has a page of another extension: no page for keys", theme);
    }
    return !taken;
  }

  private static ArrayNode extended(ArrayNode entries) {
    for (JsonNode entry : entries) {
      if (entry.path("children") instanceof ArrayNode group) {
        group.add(shown()).add(linked());
        return entries;
      }
    }
    int second = Math.min(1, entries.size());
    entries.insert(second, shown());
    entries.insert(second + 1, linked());
    return entries;
  }

  private static ObjectNode shown() {
    return JSON.createObjectNode()
        .put("label", "accessKeyPage")
        .put("path", ONLY_PATH)
        .put("modulePath", MODULE);
  }

  private static ObjectNode linked() {
    return JSON.createObjectNode()
        .put("label", "accessKeyPage-linked")
        .put("path", "content/api-keys")
        .put("isVisible", "never")
        .put("modulePath", MODULE);
  }
}
