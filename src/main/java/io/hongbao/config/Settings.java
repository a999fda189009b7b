// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import static io.hongbao.config.Declare.automatic;
import static io.hongbao.config.Declare.bytes;
import static io.hongbao.config.Declare.choice;
import static io.hongbao.config.Declare.duration;
import static io.hongbao.config.Declare.flag;
import static io.hongbao.config.Declare.text;
import static io.hongbao.config.Declare.whole;

import io.hongbao.config.Setting.Secrecy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: every setting there is, in the order in which people are shown them.
 *
 * <p>A new setting is one constant here and one component of the record of its concern.
 */
public final class Settings {

  private static final Map<String, Setting> BY_KEY = new LinkedHashMap<>();

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long SECOND_MS = 1_000;
  private static final long HOUR_MS = 3_600 * SECOND_MS;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** Largest whole number that every JSON reader keeps exact. */
  static final long JSON_WHOLE_MAX = (1L << 53) - 1;

  public static final Setting DATA_DIR =
      declare(
          "Directory that holds everything which must survive; one server at a time.",
          text("data.dir", SettingType.PATH, "./data"));
  public static final Setting DATA_SANDBOX =
      declare(
          "Whether a new data directory is a sandbox, whose clock can be advanced; fixed at"
              + " creation.",
          flag("data.sandbox", false));
  public static final Setting DATA_REQUIRE_ENCRYPTED_VOLUME =
      declare(
          "Whether to refuse a data directory that does not lie on a volume encrypted by dm-crypt.",
          flag("data.require_encrypted_volume", false));
  public static final Setting ASSETS =
      declare(
          "What can be owned, as code:number:scale:largest balance in minor units; number and scale"
              + " of an asset never change, new ones may be added.",
          text("assets", SettingType.LIST, "CNY:1:2:100000000000,COIN:2:0:100000000000"));

  public static final Setting HTTP_HOST =
      declare(
          "Address that the public API listens on.",
          text("http.host", SettingType.HOST, "127.0.0.1"));
  public static final Setting HTTP_PORT =
      declare(
          "Port of the public API; 0 takes a free one.", whole("http.port", 8080, 0, 65_535, ""));
  public static final Setting HTTP_CONNECTIONS_MAX =
      declare(
          "Connections open at once; the next one is closed at once.",
          whole("http.connections_max", 10_000, 1, 1_000_000, "connections"));
  public static final Setting HTTP_BODY_BYTES_MAX =
      declare(
          "Largest body of an ordinary request; a larger one is answered 413.",
          bytes("http.body_bytes_max", 64 * KIB, KIB, 16 * MIB));
  public static final Setting HTTP_BULK_BODY_BYTES_MAX =
      declare(
          "Largest body of the operators' bulk routes.",
          bytes("http.bulk_body_bytes_max", 4 * MIB, 64 * KIB, 256 * MIB));
  public static final Setting HTTP_REQUEST_TIMEOUT =
      declare(
          "Time in which a request must have arrived whole.",
          duration("http.request_timeout", 10 * SECOND_MS, 100, 10 * 60 * SECOND_MS));
  public static final Setting HTTP_IDLE_TIMEOUT =
      declare(
          "Time after which a silent connection is closed.",
          duration("http.idle_timeout", 60 * SECOND_MS, SECOND_MS, HOUR_MS));
  public static final Setting HTTP_STALL_TIMEOUT =
      declare(
          "Time after which an export or a stream of events is cut off whose reader takes nothing.",
          duration("http.stall_timeout", 30 * SECOND_MS, 100, HOUR_MS));
  public static final Setting HTTP_SEND_DEADLINE =
      declare(
          "Time that a send waits for its packet to exist before it is answered 202.",
          duration("http.send_deadline", 2 * SECOND_MS, 10, 60 * SECOND_MS));
  public static final Setting HTTP_TLS_CERTIFICATE =
      declare(
          "File with the certificate of the public API and its chain, PEM; none serves plain HTTP.",
          text("http.tls.certificate", SettingType.PATH, TlsSettings.NONE));
  public static final Setting HTTP_TLS_KEY =
      declare(
          "File with the certificate's private key, PKCS#8 in PEM, without a password.",
          text("http.tls.key", SettingType.PATH, TlsSettings.NONE));
  public static final Setting HTTP_TLS_CHECK_EVERY =
      declare(
          "How often these two files are looked at; a change is served without a restart.",
          duration("http.tls.check_every", 10 * SECOND_MS, 100, DAY_MS));
  public static final Setting HTTP_CORS_ORIGINS =
      declare(
          "Origins whose pages may call the API from a browser, such as https://shop.example; *"
              + " for all, none for none.",
          text("http.cors.origins", SettingType.LIST, CorsSettings.NONE));
  public static final Setting HTTP_CORS_HEADERS =
      declare(
          "Request headers that such pages may send beside those of the contract.",
          text("http.cors.headers", SettingType.LIST, CorsSettings.NONE));
  public static final Setting HTTP_CORS_MAX_AGE =
      declare(
          "Time for which a browser may remember what a page may do.",
          duration("http.cors.max_age", 10 * 60 * SECOND_MS, SECOND_MS, DAY_MS));
  public static final Setting HTTP_RATE_LIMITS =
      declare(
          "Requests that one caller may make, as class:count/time, or class:off; classes left out"
              + " keep their default.",
          text("http.rate_limits", SettingType.LIST, RateSettings.STANDARD));
  public static final Setting HTTP_RATE_CALLERS_MAX =
      declare(
          "Callers whose rates are remembered at once, a power of two; 16 bytes each.",
          whole("http.rate_callers_max", 1 << 16, 1 << 10, 1 << 24, "callers"));
  public static final Setting HTTP_TRUSTED_PROXIES =
      declare(
          "Networks of proxies whose X-Forwarded-For is believed, as address/bits, or none.",
          text("http.trusted_proxies", SettingType.LIST, "none"));

  public static final Setting MANAGEMENT_HOST =
      declare(
          "Address of health, readiness and metrics; keep it off the public network.",
          text("management.host", SettingType.HOST, "127.0.0.1"));
  public static final Setting MANAGEMENT_PORT =
      declare(
          "Port of health, readiness and metrics; 0 takes a free one.",
          whole("management.port", 8081, 0, 65_535, ""));
  public static final Setting MANAGEMENT_TLS =
      declare(
          "Whether that port serves TLS too, with the certificate of the public API.",
          flag("management.tls", false));

  public static final Setting REDPACKET_TOTAL_MAX =
      declare(
          "Largest total of a packet in minor units, as asset:amount; * stands for every other"
              + " asset.",
          text("redpacket.total_max", SettingType.LIST, "*:20000000"));
  public static final Setting REDPACKET_SHARE_MAX =
      declare(
          "Largest mean share of a packet in minor units, as asset:amount; * stands for every other"
              + " asset.",
          text("redpacket.share_max", SettingType.LIST, "*:20000000"));
  public static final Setting REDPACKET_COUNT_MAX =
      declare("Most shares of one packet.", whole("redpacket.count_max", 500, 1, 2_000, "shares"));
  public static final Setting REDPACKET_GREETING_MAX_CHARS =
      declare(
          "Longest greeting, in Unicode characters.",
          whole("redpacket.greeting_max_chars", 60, 0, 1_000, "characters"));
  public static final Setting REDPACKET_RESERVE =
      declare(
          "Time for which a grab keeps a share for its user to open.",
          duration("redpacket.reserve", 5 * SECOND_MS, 100, 10 * 60 * SECOND_MS));
  public static final Setting REDPACKET_OPENS_IN_FLIGHT_MAX =
      declare(
          "Opens of one packet that may be decided but not yet answered; more are told to come"
              + " back. With redis.url also the opens under way over all nodes.",
          whole("redpacket.opens_in_flight_max", 2_000, 1, 100_000, "opens"));

  public static final Setting REDIS_URL =
      declare(
          "Redis that all nodes share, as redis://user:password@host:port/0 or rediss://; auto goes"
              + " without. What lies in it is never truth.",
          automatic("redis.url", SettingType.STRING, 0, 0, "", Secrecy.URL));
  public static final Setting REDIS_TIMEOUT =
      declare(
          "Time in which Redis must answer a call; then this process goes on alone.",
          duration("redis.timeout", 100, 5, 10 * SECOND_MS));
  public static final Setting REDIS_ADMISSION_LEASE =
      declare(
          "Time after which Redis frees the place of an open whose node does not give it back.",
          duration("redis.admission_lease", 10 * SECOND_MS, 100, HOUR_MS));

  static {
    // In this place, so that people see them here.
    RoomCatalogue.all().forEach(Settings::enter);
    PeopleCatalogue.all().forEach(Settings::enter);
    GatewayCatalogue.all().forEach(Settings::enter);
  }

  public static final Setting EVENTS_STREAMS_MAX =
      declare(
          "Streams and waiting reads of events that may be open; the next one is answered"
              + " overloaded.",
          whole("events.streams_max", 1_000, 1, 100_000, "streams"));
  public static final Setting EVENTS_HEARTBEAT =
      declare(
          "Silence after which a stream of events says that it is alive.",
          duration("events.heartbeat", 15 * SECOND_MS, 50, 60 * SECOND_MS));
  public static final Setting EVENTS_TAIL_BYTES_MAX =
      declare(
          "Memory for the newest events, from which all readers at the end are served.",
          bytes("events.tail_bytes_max", 16 * MIB, 64 * KIB, GIB));
  public static final Setting EVENTS_FILE_READERS_MAX =
      declare(
          "Readers of old events kept open between two pages; one more begins anew each time.",
          whole("events.file_readers_max", 16, 1, 1_000, "readers"));

  public static final Setting WEBHOOK_ENDPOINTS_MAX =
      declare("Most webhooks.", whole("webhook.endpoints_max", 32, 0, 1_000, "webhooks"));
  public static final Setting WEBHOOK_IN_FLIGHT_MAX =
      declare(
          "Deliveries to one webhook that may be under way at once.",
          whole("webhook.in_flight_max", 16, 1, 256, "deliveries"));
  public static final Setting WEBHOOK_TIMEOUT =
      declare(
          "Time in which a receiver must have answered.",
          duration("webhook.timeout", 10 * SECOND_MS, 100, 60 * SECOND_MS));
  public static final Setting WEBHOOK_RETRY_FIRST =
      declare(
          "Wait before the second attempt; doubled before each further one.",
          duration("webhook.retry_first", SECOND_MS, 10, 60 * SECOND_MS));
  public static final Setting WEBHOOK_RETRY_MAX =
      declare(
          "Longest wait between two attempts.", duration("webhook.retry_max", HOUR_MS, 10, DAY_MS));
  public static final Setting WEBHOOK_RETRY_FOR =
      declare(
          "Time for which an event is tried; then its webhook is paused until somebody has looked.",
          duration("webhook.retry_for", 3 * DAY_MS, SECOND_MS, 30 * DAY_MS));
  public static final Setting WEBHOOK_ALLOW_HTTP =
      declare(
          "Whether receivers may be addressed without TLS; on a sandbox they always may.",
          flag("webhook.allow_http", false));
  public static final Setting WEBHOOK_ALLOW_PRIVATE =
      declare(
          "Whether receivers may have addresses of private networks or of this machine; on a"
              + " sandbox they always may.",
          flag("webhook.allow_private", false));

  public static final Setting PROVIDER_SIM_SECRET =
      declare(
          "Key with which the simulated payment provider signs its notices; auto makes one and"
              + " keeps it in the data directory.",
          automatic("provider.sim.secret", SettingType.STRING, 0, 0, "", Secrecy.SECRET));
  public static final Setting PROVIDER_UNPAID_DEADLINE =
      declare(
          "Time in which an order must be paid; a payment that comes later is refunded in full.",
          duration("provider.unpaid_deadline", 15 * 60 * SECOND_MS, SECOND_MS, DAY_MS));
  public static final Setting PROVIDER_QUERY_AFTER =
      declare(
          "Silence after which the provider is asked what became of a payment.",
          duration("provider.query_after", 30 * SECOND_MS, 100, HOUR_MS));

  public static final Setting ENGINE_PARTITIONS =
      declare(
          "Parts into which keys are divided; must divide 1000; fixed at creation.",
          whole("engine.partitions", 40, 1, 1_000, "partitions"));
  public static final Setting ENGINE_SITE =
      declare(
          "First digit of every packet id made here; fixed at creation.",
          whole("engine.site", 1, 1, 8, ""));
  public static final Setting ENGINE_LOOPS =
      declare(
          "Event loops that share the partitions; auto is one per processor core.",
          automatic("engine.loops", SettingType.INT, 1, 256, "event loops", Secrecy.PUBLIC));
  public static final Setting ENGINE_MAILBOX_MAX =
      declare(
          "Commands that may wait in one queue, a power of two; more are answered overloaded.",
          whole("engine.mailbox_max", 16_384, 64, 1 << 20, "commands"));
  public static final Setting ENGINE_REPLIES_MAX =
      declare(
          "Answers of one loop that may wait for the disk; then new work is answered overloaded.",
          whole("engine.replies_max", 65_536, 64, 1 << 22, "replies"));
  public static final Setting ENGINE_OUTBOX_MAX =
      declare(
          "Unacknowledged transfers of one partition to one other; then new work is answered"
              + " overloaded.",
          whole("engine.outbox_max", 100_000, 100, 10_000_000, "transfers"));
  public static final Setting ENGINE_RESERVE_PERCENT =
      declare(
          "Share of each of these queues that only refunds and acknowledgements may use.",
          whole("engine.reserve_percent", 10, 1, 50, "percent"));
  public static final Setting ENGINE_TIMERS_PER_BATCH =
      declare(
          "Due timers that one partition runs before clients have their turn again.",
          whole("engine.timers_per_batch", 128, 1, 10_000, "timers"));
  public static final Setting ENGINE_TIMER_GAP =
      declare(
          "Time without a record after which a start keeps back the timers that are due, until an"
              + " operator has looked at the clock; not on a sandbox.",
          duration("engine.timer_gap", 7 * DAY_MS, HOUR_MS, 3_650 * DAY_MS));
  public static final Setting IDEMPOTENCY_WINDOW =
      declare(
          "Time for which an idempotency key and its answer are remembered.",
          duration("idempotency.window", 72 * HOUR_MS, HOUR_MS, 30 * DAY_MS));
  public static final Setting EVICT_AFTER =
      declare(
          "Age at which what is settled leaves memory and is read from the read model.",
          duration("evict.after", 72 * HOUR_MS, 25 * HOUR_MS, 365 * DAY_MS));

  public static final Setting JOURNAL_SEGMENT_BYTES =
      declare("Size of one journal file.", bytes("journal.segment_bytes", 64 * MIB, MIB, GIB));
  public static final Setting JOURNAL_LANE_BYTES_MAX =
      declare(
          "Bytes of one loop that may wait for the disk, a power of two; then new work is answered"
              + " overloaded.",
          bytes("journal.lane_bytes_max", 16 * MIB, 256 * KIB, GIB));
  public static final Setting JOURNAL_FLUSH_RECORDS =
      declare(
          "Waiting records that start a flush before the wait is over.",
          whole("journal.flush_records", 1_024, 1, 1 << 20, "records"));
  public static final Setting JOURNAL_FLUSH_WAIT_US =
      declare(
          "Longest wait of a record for others to share its flush.",
          whole("journal.flush_wait_us", 1_000, 0, 100_000, "microseconds"));

  public static final Setting SNAPSHOT_EVERY_BYTES =
      declare(
          "Journal written since the last snapshot that starts the next one.",
          bytes("snapshot.every_bytes", 256 * MIB, MIB, 64 * GIB));
  public static final Setting SNAPSHOT_EVERY =
      declare(
          "Time since the last snapshot that starts the next one when anything has changed.",
          duration("snapshot.every", 10 * 60 * SECOND_MS, SECOND_MS, DAY_MS));

  static {
    ExportCatalogue.all().forEach(Settings::enter);
  }

  public static final Setting DEGRADATION_AUTO =
      declare(
          "Whether load alone may refuse analytics, lists, details and chat, so that money goes on;"
              + " operators may always.",
          flag("degradation.auto", true));
  public static final Setting PROBER_EVERY =
      declare(
          "Distance of two probes of every partition, and the time in which one must be answered.",
          duration("prober.every", SECOND_MS, 100, 60 * SECOND_MS));
  public static final Setting PROBER_WRITE_EVERY =
      declare(
          "Distance of two probes that also journal a hash of one partition's state; 0s for none.",
          duration("prober.write_every", 10 * SECOND_MS, 0, HOUR_MS));

  public static final Setting PLAY_ROOM =
      declare(
          "Room of a sandbox into which everybody may come as a guest with play money; 0 for none.",
          whole("play.room", 0, 0, Integer.MAX_VALUE, ""));
  public static final Setting PLAY_SUPERVISED =
      declare(
          "Whether a parent process kills this one when the file kill-me appears in the data"
              + " directory, and starts it again; set by hongbao play.",
          flag("play.supervised", false));
  public static final Setting SERVER_STOP_DEADLINE =
      declare(
          "Time for an orderly stop; after it the process ends all the same and loses nothing.",
          duration("server.stop_deadline", 30 * SECOND_MS, SECOND_MS, 10 * 60 * SECOND_MS));
  public static final Setting LOG_LEVEL =
      declare(
          "What is worth a line in the log.",
          choice("log.level", "info", List.of("error", "warn", "info", "debug", "trace")));
  public static final Setting LOG_FORMAT =
      declare(
          "How a line of the log looks.", choice("log.format", "text", List.of("text", "json")));

  private Settings() {}

  /** All of them, in the catalogue's order. */
  public static List<Setting> all() {
    return List.copyOf(BY_KEY.values());
  }

  /** All keys, in the catalogue's order. */
  public static List<String> keys() {
    return Collections.unmodifiableList(new ArrayList<>(BY_KEY.keySet()));
  }

  /** The setting with that key, or null. */
  public static @Nullable Setting find(String key) {
    return BY_KEY.get(key);
  }

  private static Setting declare(String doc, Setting kind) {
    Setting setting = kind.withDoc(doc);
    enter(setting);
    return setting;
  }

  private static void enter(Setting setting) {
    if (BY_KEY.put(setting.key(), setting) != null) {
      throw new IllegalStateException("setting declared twice: " + setting.key());
    }
  }
}
