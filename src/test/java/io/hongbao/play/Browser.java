// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real Chromium. Where there is none the test is skipped and says so; on a build machine
 * (variable CI), where .ci/run installs it, the test fails.
 */
final class Browser implements AutoCloseable {

  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  /** Build machines do much at a time; nothing waits this long when all is well. */
  private static final double PATIENCE_MS = 60_000;

  private static final Path PICTURES = Path.of("target/screenshots");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  static Browser start() throws IOException {
    String program =
        PLACES.stream().filter(place -> Files.isExecutable(Path.of(place))).findFirst().orElse("");
    if (program.isEmpty() || !hasDriver()) {
      String missing = "Chromium is not installed, so the page was not tested in a browser";
      return System.getenv("CI") == null ? abort(missing) : fail(missing);
    }
    Files.createDirectories(PICTURES);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    // Build machines run as root, whom Chromium's sandbox does not let in.
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(program))
                    .setArgs(List.of("--no-sandbox"))));
  }

  // In the profile "browser" only; without it, Playwright would ask for a browser to download.
  private static boolean hasDriver() {
    try {
      Class.forName("com.microsoft.playwright.impl.driver.jar.DriverJar");
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  /** A window of its own, as of another person. */
  Page window(int width, int height, boolean isPhone, ColorScheme colours, String locale) {
    BrowserContext person =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setIsMobile(isPhone)
                .setHasTouch(isPhone)
                .setColorScheme(colours)
                .setLocale(locale));
    person.setDefaultTimeout(PATIENCE_MS);
    Page page = person.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("thrown: " + error));
    return page;
  }

  com.microsoft.playwright.Browser chromium() {
    return chromium;
  }

  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  /** What the pages had to complain of since they were asked last. */
  List<String> complaints() {
    List<String> all = new ArrayList<>(complaints);
    complaints.clear();
    return all;
  }

  /** Complaints that a server which is away causes are the browser's own, and no page's. */
  void assertOnlyMissedTheServer() {
    for (String complaint : complaints()) {
      assertTrue(complaint.contains("ERR_") || complaint.contains("WebSocket"), complaint);
    }
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
