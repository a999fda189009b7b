// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.Check;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an edge serves directly: opens and grabs, which are nearly all that comes in a storm.
 *
 * <p>They take the same way as all others ({@link Edge#serve}); only who reads the request and
 * writes the answer is another. Of an open's processor time, Vert.x' objects for both were a sixth.
 *
 * <p><b>Thread:</b> the edge's loop.
 */
final class DirectDesk {

  private static final String DECODER = "httpDecoder";
  private static final long LOOK_MS = 5;

  private final Edge edge;
  private final HotRoutes routes;
  private final DirectParser parser = new DirectParser();
  private @Nullable Context context;
  private int underWay;

  DirectDesk(Edge edge, HotRoutes routes) {
    this.edge = edge;
    this.routes = routes;
  }

  /** Calls are served on this context of Vert.x from now on. */
  void start(Context loop) {
    context = loop;
  }

  /** Stands before Vert.x in a new connection; behind whoever looks at its first bytes. */
  void watch(HttpConnection connection, Connections.@Nullable Use use) {
    Channel channel = ((ConnectionBase) connection).channel();
    if (use != null && channel.isActive() && channel.pipeline().get(DECODER) != null) {
      var handler = new DirectHandler(this, connection, use);
      channel.pipeline().addBefore(DECODER, "direct", handler);
    }
  }

  DirectParser parser() {
    return parser;
  }

  /** Whether requests are still served; afterwards Vert.x says that they are not. */
  boolean isOpen() {
    return !edge.isDraining();
  }

  void take(DirectCall call) {
    underWay++;
    edge.meters().countDirect();
    ((ContextInternal) Check.present(context, "loop of the edge")).dispatch(call, this::serve);
  }

  private void serve(DirectCall call) {
    Route route = call.isOpen() ? routes.open() : routes.grab();
    var path = Map.of(HotRoutes.PACKET_ID, call.packetId());
    edge.serve(route, new Exchange(edge, call, path, true));
  }

  void left() {
    underWay--;
  }

  /**
   * Goes on when every request is answered, or when the time is over: Vert.x does not know of them
   * and would close under them.
   *
   * @param untilMs monotonic
   * @param then gets the milliseconds that are left
   */
  void whenQuiet(long untilMs, LongConsumer then) {
    long leftMs = Math.max(0, untilMs - edge.monotonicMs());
    if (underWay > 0 && leftMs > 0) {
      edge.later(Math.min(leftMs, LOOK_MS), () -> whenQuiet(untilMs, then));
    } else {
      then.accept(leftMs);
    }
  }
}
