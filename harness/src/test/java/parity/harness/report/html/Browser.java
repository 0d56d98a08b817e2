package parity.harness.report.html;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window and without a network. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLLING = Duration.ofMillis(20);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the Chromium of this machine; empty if it has none, or no driver of it. */
  static Optional<Browser> start(Path profile) {
    Optional<Path> chromium = installed("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = installed("chromedriver");
    if (chromium.isEmpty() || driver.isEmpty()) {
      return Optional.empty();
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--autoplay-policy=no-user-gesture-required",
        "--user-data-dir=" + profile,
        "--window-size=1200,900");
    options.setCapability(
        "goog:loggingPrefs",
        Map.of(LogType.PERFORMANCE, Level.ALL.getName(), LogType.BROWSER, Level.ALL.getName()));
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.get().toFile()).build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.tell(
        "Network.emulateNetworkConditions",
        Map.of("offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
    return Optional.of(browser);
  }

  private static Optional<Path> installed(String... names) {
    return Arrays.stream(names)
        .flatMap(name ->
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page from disk, as one who has no other window open, and waits until it is all there.
   */
  void open(Path page) {
    tell("Emulation.clearDeviceMetricsOverride", Map.of());
    tell("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
    log(LogType.PERFORMANCE);
    log(LogType.BROWSER);
    driver.get(page.toUri().toString());
    until("return 'ready' in document.documentElement.dataset");
  }

  /** Sends a command of the DevTools protocol. */
  Map<String, Object> tell(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, new HashMap<>(parameters));
  }

  /** What a script returns; "nothing" if it returns nothing. */
  Object ask(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "nothing");
  }

  /** Waits until a script returns something true. */
  void until(String script) {
    new WebDriverWait(driver, PATIENCE, POLLING).until(any -> Boolean.TRUE.equals(ask(script)));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /**
   * The texts of all that a selector finds, read in one go: the page may draw its table anew
   * between two questions.
   */
  @SuppressWarnings("unchecked") // a list of strings is a list of strings in both languages
  List<String> texts(String selector) {
    return (List<String>)
        ask(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())",
            selector);
  }

  /** Waits until the texts of all that a selector finds are these, in this order. */
  void untilTexts(String selector, String... expected) {
    List<String> wanted = List.of(expected);
    new WebDriverWait(driver, PATIENCE, POLLING)
        .withMessage(() -> selector + " is " + texts(selector) + ", not " + wanted)
        .until(any -> texts(selector).equals(wanted));
  }

  /** Lines of a log since it was read last. */
  List<String> log(String type) {
    return driver.manage().logs().get(type).getAll().stream().map(LogEntry::getMessage).toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
