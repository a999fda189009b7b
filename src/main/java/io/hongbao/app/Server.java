// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.hongbao.apikey.KeyDirectory;
import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.disk.FileDisk;
import io.hongbao.engine.EngineShape;
import io.hongbao.gateway.Gateway;
import io.hongbao.http.AssetTable;
import io.hongbao.http.ConnectionLimit;
import io.hongbao.http.DocsPages;
import io.hongbao.http.Edge;
import io.hongbao.http.EdgeParts;
import io.hongbao.http.EventMeters;
import io.hongbao.http.EventParts;
import io.hongbao.http.GatewayDoor;
import io.hongbao.http.OperatorKey;
import io.hongbao.http.PlayBoard;
import io.hongbao.http.PlayParts;
import io.hongbao.http.rate.LocalRates;
import io.hongbao.model.Check;
import io.hongbao.room.RoomDirectory;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.TokenSmith;
import io.hongbao.shard.LaneSet;
import io.hongbao.shard.SlotTable;
import io.hongbao.time.SandboxTime;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import io.hongbao.time.TimeSource;
import io.hongbao.webhook.WebhookDirectory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One server: puts the parts together in order and takes them apart in order.
 *
 * <p><b>Thread:</b> {@link #start} and {@link #stop} on threads that may block.
 *
 * <p><b>Failure:</b> whatever was started is stopped again when a later part cannot start.
 */
public final class Server implements RunningServer {

  private static final Logger LOG = System.getLogger(Server.class.getName());
  private static final long NANOS_PER_MS = 1_000_000;

  private final Configuration configuration;
  private final DataDirectory directory;
  final SystemTime clock = new SystemTime();
  private final TimeSource time;
  private final ConnectionLimit connections;
  private final Vertx vertx;
  private final RoomDirectory rooms = new RoomDirectory();
  private final SessionDirectory sessions = new SessionDirectory();
  private final KeyDirectory keys = new KeyDirectory();
  private final WebhookDirectory webhooks = new WebhookDirectory();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final List<Edge> edges = new CopyOnWriteArrayList<>();
  private final LocalRates rates;
  private @Nullable TlsRuntime tls;
  private @Nullable EngineRuntime engine;
  private @Nullable Payments payments;
  private @Nullable PeopleRuntime people;
  private @Nullable Admission admission;
  private @Nullable ReadModelRuntime readModel;
  private @Nullable FeedRuntime feed;
  private @Nullable DeliveryRuntime delivery;
  private @Nullable LiveRuntime live;
  private @Nullable Gateway gateway;
  private final EventMeters eventMeters = new EventMeters();
  private final PlayBoard playBoard = new PlayBoard();
  private final LocalPlayDoor playDoor;
  private @Nullable ManagementRuntime management;
  private @Nullable OperationsRuntime operations;
  private volatile int httpPort;
  private volatile boolean isReady;

  private Server(Configuration configuration, DataDirectory directory) {
    this.configuration = configuration;
    this.directory = directory;
    clock.listen(new WallClockLog());
    this.time = configuration.data().sandbox() ? new SandboxTime(clock) : clock;
    this.connections = new ConnectionLimit(configuration.http().connectionsMax());
    this.rates = new LocalRates(configuration.http().rates());
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(configuration.engine().loops())
                .setPreferNativeTransport(true));
    this.playDoor = new LocalPlayDoor(vertx, configuration);
  }

  /** Starts a server on an open data directory. */
  public static RunningServer start(Configuration configuration, DataDirectory directory)
      throws Exception {
    Server server = new Server(configuration, directory);
    try {
      server.run();
      return server;
    } catch (Exception | Error e) {
      server.stopQuietly();
      throw e;
    }
  }

  private void run() throws Exception {
    // First, since a wrong file is found in a moment and recovery may take a while.
    tls = TlsRuntime.load(configuration.http().tls(), time);
    EngineShape shape = DirectoryIds.shape(directory.manifest());
    SlotTable slots = new SlotTable(shape.partitionCount());
    ProcessFacts facts =
        new ProcessFacts(rooms, slots, Payments.names(configuration), configuration.assets());
    FileDisk disk = new FileDisk(directory.path());
    TokenSmith smith = new TokenSmith(PeopleRuntime.derived(directory.peopleKey(), "tokens"));
    EngineRuntime core = recover(disk, shape, slots, facts, smith);
    LiveRuntime.Recovered inRooms = LiveRuntime.recovered(core.recovered().states(), time.nowMs());
    EventLoops loops = EventLoops.deploy(vertx, configuration.engine().loops());
    Payments pay = Payments.open(vertx, configuration, disk, time, () -> httpPort, this::onFailure);
    payments = pay;
    people = startPeople(smith);
    LaneSet lanes =
        core.start(
            configuration,
            loops.executors(),
            time,
            new SecureRandomness(),
            new PaymentEffects(vertx, configuration.assets(), pay.desk(), core::lanes));
    ReadModelRuntime lists =
        ReadModelRuntime.start(vertx, configuration, directory, disk, core.journal(), time);
    readModel = lists;
    facts.exportedBy(lists.progress());
    FeedRuntime events =
        FeedRuntime.start(configuration, core.journal(), shape.partitionCount(), time);
    feed = events;
    LiveRuntime chat =
        LiveRuntime.start(
            configuration, directory, core.journal(), inRooms, loops.executors(), time);
    live = chat;
    gateway = GatewayRuntime.start(configuration, loops, chat, sessions, rooms, events, time);
    core.whenDurable(
        () -> {
          lists.wake();
          events.wake();
          chat.wake();
        });
    core.startSnapshots(configuration, time, lists.progress()::confirmedLogPosition);
    OperationsRuntime ops = OperationsRuntime.open(vertx, configuration, core, disk, time);
    operations = ops;
    admission = Admission.start(vertx, configuration, loops);
    delivery = DeliveryRuntime.start(vertx, configuration, webhooks, events.feed(), lanes, time);
    listen(loops, lanes, pay, shape);
    loops.tick(
        index ->
            () -> {
              core.lookAtSlots(lanes.lane(index));
              lanes.lane(index).wake();
              chat.tick(index);
            });
    management = manage(core, lists, facts, events, ops, pay);
    watchCertificate();
    ops.start();
    isReady = true;
  }

  private EngineRuntime recover(
      FileDisk disk, EngineShape shape, SlotTable slots, ProcessFacts facts, TokenSmith smith)
      throws IOException {
    long startNanos = time.nanos();
    EngineRuntime core =
        EngineRuntime.recover(
            disk,
            JournalSetup.of(configuration, directory.manifest(), shape),
            shape,
            slots,
            time,
            FamilyWiring.live(
                configuration, facts, sessions, rooms, smith, keys, webhooks, this::onClockOffset),
            this::onFailure);
    engine = core;
    LOG.log(
        Level.INFO,
        "recovered {0} records of the journal in {1} ms; sockets wait by {2}",
        core.recovered().recordsReplayed(),
        (time.nanos() - startNanos) / NANOS_PER_MS,
        vertx.isNativeTransportEnabled() ? "the system itself" : "the JDK, which is slower");
    return core;
  }

  private ManagementRuntime manage(
      EngineRuntime core,
      ReadModelRuntime lists,
      ProcessFacts facts,
      FeedRuntime events,
      OperationsRuntime ops,
      Payments pay)
      throws Exception {
    return ManagementRuntime.start(
        vertx,
        configuration,
        new Conditions(this),
        core,
        lists,
        edges,
        facts,
        tls,
        Check.present(people, "people"),
        new EventMetrics(
            events.feed(),
            eventMeters,
            Check.present(delivery, "delivery").deliveries(),
            Check.present(gateway, "gateway")),
        ops,
        Check.present(admission, "admission"),
        playDoor,
        Check.present(live, "live rooms").metrics(),
        metrics -> bind(metrics, core, pay));
  }

  private PeopleRuntime startPeople(TokenSmith smith) {
    return PeopleRuntime.start(
        vertx, configuration, directory.peopleKey(), sessions, smith, new SecureRandomness(), time);
  }

  private void watchCertificate() {
    TlsRuntime own = tls;
    if (own != null) {
      edges.forEach(edge -> own.listen(edge::certificate));
      own.watch(vertx, time);
    }
  }

  private void bind(ServerMetrics metrics, EngineRuntime core, Payments pay) {
    metrics.bindEdges(edges, connections);
    metrics.bindRates(rates, clock);
    metrics.bindTls(tls, clock);
    metrics.bindProviders(pay.desk());
    metrics.bindEngine(core, clock);
    metrics.bindLimits(configuration);
  }

  private void listen(EventLoops loops, LaneSet lanes, Payments pay, EngineShape shape)
      throws Exception {
    DocsPages docs = DocsPages.load();
    AtomicReferenceArray<HttpServer> servers = new AtomicReferenceArray<>(lanes.count());
    for (int i = 0; i < lanes.count(); i++) {
      edges.add(new Edge(edgeParts(lanes, i, pay, shape, docs)));
    }
    if (hasFailed()) {
      // Those that were not there yet when it happened.
      edges.forEach(Edge::drain);
    }
    try {
      loops.onEach(
          index -> edges.get(index).listen(vertx).onSuccess(server -> servers.set(index, server)));
    } catch (IOException e) {
      throw new ListenException(
          "http", configuration.http().host(), configuration.http().port(), e);
    }
    httpPort = Check.present(servers.get(0), "HTTP server").actualPort();
  }

  private EdgeParts edgeParts(
      LaneSet lanes, int lane, Payments pay, EngineShape shape, DocsPages docs) {
    return new EdgeParts(
        Check.present(admission, "admission").before(new LaneDoor(lanes.lane(lane)), lane),
        shape,
        configuration.http(),
        new AssetTable(configuration.assets()),
        FamilyWiring.packetLimits(configuration),
        configuration.room().membersMax(),
        ZoneId.of("UTC"),
        time,
        new SecureRandomness(),
        sessions::userOf,
        rooms::isInRoom,
        Check.present(readModel, "read model").readModel(),
        OperatorKey.of(directory.operatorKey()),
        keys,
        pay.sandboxDoor(),
        pay.verifiers(),
        Check.present(people, "people").parts(),
        connections,
        rates,
        tls == null ? null : tls.identity(),
        docs,
        new EventParts(
            Check.present(feed, "feed").feed(),
            configuration.events(),
            eventMeters,
            Check.present(delivery, "delivery").deliveries(),
            configuration.webhook()),
        Check.present(operations, "operations"),
        new PlayParts(playDoor, playBoard),
        Check.present(live, "live rooms").parts(),
        new GatewayDoor(Check.present(gateway, "gateway"), lane));
  }

  private void onClockOffset(long totalOffsetMs) {
    if (time instanceof SandboxTime sandbox) {
      sandbox.raiseOffsetTo(totalOffsetMs);
      Payments pay = payments;
      if (pay != null) {
        pay.clockMoved();
      }
    }
  }

  void onFailure(Throwable cause) {
    isReady = false;
    failure.complete(cause);
    // From here on nothing is promised, nor told from a memory that may be ahead of the disk.
    edges.forEach(Edge::drain);
  }

  boolean isReady() {
    return isReady;
  }

  boolean hasFailed() {
    return failure.isDone();
  }

  boolean holdsTimers() {
    EngineRuntime core = engine;
    return core != null && core.holdsTimers();
  }

  @Nullable OperationsRuntime operationsRuntime() {
    return operations;
  }

  @Nullable ReadModelRuntime readModelRuntime() {
    return readModel;
  }

  /** What serves the API, one for each event loop. */
  public List<Edge> edges() {
    return List.copyOf(edges);
  }

  @Override
  public int httpPort() {
    return httpPort;
  }

  @Override
  public int managementPort() {
    return Check.present(management, "management server").port();
  }

  @Override
  public CompletionStage<Throwable> failure() {
    return failure;
  }

  @Override
  public void stop() throws Exception {
    isReady = false;
    new Shutdown(
            configuration.server().stopDeadlineMs(),
            time,
            vertx,
            edges,
            operations,
            delivery,
            engine,
            payments,
            people,
            admission,
            readModel,
            feed,
            live,
            gateway,
            this::hasFailed)
        .run();
  }

  private void stopQuietly() {
    try {
      stop();
    } catch (Exception | Error e) {
      LOG.log(Level.DEBUG, "stopping after a failed start", e);
    }
  }
}
