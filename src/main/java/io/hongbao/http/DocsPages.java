// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages under /docs and the contract itself: all from the jar, nothing from elsewhere.
 *
 * <p><b>Thread:</b> {@link #load()} not on an event loop; the rest anywhere.
 */
public final class DocsPages {

  /**
   * For the header Content-Security-Policy of every page: scripts, styles and data from this server
   * only, and no frame round it.
   */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String PICTURE = "image/svg+xml";

  /** What the room and /ops are made of. */
  private static final Map<String, String> PLAY = playFiles();

  private final Map<String, Page> pages;
  private final Endings endings;
  private final Queries queries;

  private DocsPages(Map<String, Page> pages, Endings endings, Queries queries) {
    this.pages = Map.copyOf(pages);
    this.endings = endings;
    this.queries = queries;
  }

  /**
   * One page.
   *
   * @param etag strong validator with its quotes, from the content
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed to the socket as it is, never compared.
  public record Page(String contentType, byte[] body, String etag) {}

  private static Map<String, String> playFiles() {
    var files = new HashMap<String, String>();
    List.of(
            "balance",
            "composer",
            "dom",
            "draw",
            "entries",
            "envelope",
            "exposition",
            "giving",
            "i18n",
            "kill",
            "log",
            "main",
            "names",
            "ops",
            "packets",
            "people",
            "plot",
            "problems",
            "room",
            "sha256",
            "stage",
            "stage-core",
            "stage-worker",
            "theme")
        .forEach(name -> files.put(name + ".js", SCRIPT));
    List.of("base", "ops", "packet", "room").forEach(name -> files.put(name + ".css", STYLE));
    List.of("city", "hills", "lantern", "seal").forEach(name -> files.put(name + ".svg", PICTURE));
    return files;
  }

  /** Reads and renders all pages. */
  public static DocsPages load() {
    return of(ContractDocument.load());
  }

  static DocsPages of(ContractDocument contract) {
    var pages = new HashMap<String, Page>();
    pages.put("/openapi.yaml", page("application/yaml; charset=utf-8", contract.yaml()));
    pages.put("/openapi.json", page("application/json", contract.json()));
    pages.put("/docs/errors", page("text/html; charset=utf-8", ErrorReference.html()));
    pages.put("/docs/events", page("text/html; charset=utf-8", EventReference.html(contract)));
    pages.put("/docs/errors.json", page("application/json", ErrorReference.json()));
    pages.put("/docs", file("text/html; charset=utf-8", "index.html"));
    pages.put("/docs/docs.js", file("text/javascript; charset=utf-8", "docs.js"));
    pages.put("/docs/docs.css", file("text/css; charset=utf-8", "docs.css"));
    pages.put("/client/hongbao.js", client("text/javascript; charset=utf-8", "hongbao.js"));
    PLAY.forEach((name, type) -> pages.put("/play/" + name, resource(type, "/web/play/" + name)));
    pages.put("/play", resource(HTML, "/web/play/index.html"));
    pages.put("/ops", resource(HTML, "/web/play/ops.html"));
    pages.put("/client/hongbao.d.ts", client("text/plain; charset=utf-8", "hongbao.d.ts"));
    return new DocsPages(pages, contract.endings(), contract.queries());
  }

  /** The page at a path, as it stands in the request; null when there is none. */
  public @Nullable Page find(String path) {
    return pages.get(path);
  }

  /** Operations that will go away. */
  Endings endings() {
    return endings;
  }

  /** Operations that take query parameters. */
  Queries queries() {
    return queries;
  }

  public Set<String> paths() {
    return pages.keySet();
  }

  private static Page file(String contentType, String name) {
    return page(contentType, ContractDocument.resource("/web/docs/" + name));
  }

  private static Page client(String contentType, String name) {
    return page(contentType, ContractDocument.resource("/web/client/" + name));
  }

  private static Page resource(String contentType, String path) {
    return page(contentType, ContractDocument.resource(path));
  }

  private static Page page(String contentType, byte[] body) {
    MessageDigest digest = Hash128.sha256();
    String etag = '"' + HexFormat.of().formatHex(digest.digest(body), 0, 8) + '"';
    return new Page(contentType, body, etag);
  }
}
