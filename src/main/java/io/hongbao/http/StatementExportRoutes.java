// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.export.sql.AsOf;
import io.hongbao.export.sql.MinPosition;
import io.hongbao.export.sql.StatementExport;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a file of any length: read and sent piece by piece.
 *
 * <p>The next piece is read when the peer has taken the one before, so an export needs the memory
 * of two pieces, however long it is and however slow its reader.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Failure:</b> what fails in the middle breaks the connection off: without the last chunk of
 * its transfer encoding, no client takes the file for a whole one.
 *
 * <p><b>Limit:</b> {@link #EXPORTS_MAX} at a time on each loop, the next is {@code overloaded}; a
 * peer that takes nothing for {@code http.stall_timeout} is cut off.
 */
final class StatementExportRoutes {

  static final int EXPORTS_MAX = 4;
  private static final long WATCH_MS_MAX = 5_000;
  private static final CharSequence CSV = "text/csv; charset=utf-8; header=present";

  private final EdgeParts parts;
  private int underWay;

  StatementExportRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get("/v1/accounts/me/statement/export", StatementRoutes.MINE, this::mine));
    routes.add(
        Route.get("/v1/accounts/{owner_id}/statement/export", TransferRoutes.READ, this::ofOwner));
  }

  private void mine(Exchange exchange, Buffer body) throws BadRequestException {
    export(exchange, exchange.userId());
  }

  private void ofOwner(Exchange exchange, Buffer body) throws BadRequestException {
    export(exchange, Fields.pathId(exchange, "owner_id"));
  }

  private void export(Exchange exchange, long ownerId) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String code = StatementRoutes.asset(query);
    @Nullable Long fromMs = query.timeMsOrNull("from");
    @Nullable Long beforeMs = query.timeMsOrNull("before");
    MinPosition min = ListQuery.position(query, "min_position", parts);
    query.end();
    int asset = parts.assets().number(code);
    if (underWay >= EXPORTS_MAX) {
      exchange.refuse(RefusalCode.OVERLOADED, "Too many exports are under way here.");
      return;
    }
    long from = fromMs == null ? 0 : fromMs;
    long before = beforeMs == null ? Long.MAX_VALUE : beforeMs;
    exchange.await(
        parts.readModel().statementExport(ownerId, asset, from, before, min),
        // The first piece is read before anything is sent: what fails by then is a good refusal.
        export ->
            exchange.await(
                export.next(), lines -> new Sending(exchange, export, code).begin(lines)));
  }

  /** One export on its way. */
  private final class Sending {

    private final Exchange exchange;
    private final StatementExport export;
    private final String asset;
    private final HttpServerResponse response;
    private final long stallMs = parts.http().stallTimeoutMs();
    private long movedMs;
    private boolean isOver;

    Sending(Exchange exchange, StatementExport export, String asset) {
      this.exchange = exchange;
      this.export = export;
      this.asset = asset;
      this.response = exchange.request().response();
    }

    void begin(List<StatementExport.Line> first) {
      if (underWay >= EXPORTS_MAX) {
        exchange.refuse(RefusalCode.OVERLOADED, "Too many exports are under way here.");
        return;
      }
      underWay++;
      AsOf asOf = export.asOf();
      response.putHeader("Content-Disposition", "attachment; filename=\"statement.csv\"");
      response.putHeader("Hongbao-As-Of", asOf.partition() + ":" + asOf.sequence());
      exchange.beginStream(CSV);
      response.closeHandler(ignored -> over(false));
      response.exceptionHandler(ignored -> over(false));
      response.write(Buffer.buffer(StatementCsv.HEADER));
      watch();
      send(first);
    }

    private void send(List<StatementExport.Line> lines) {
      if (isOver) {
        return;
      }
      if (response.closed()) {
        // Before there was anybody to tell it to.
        over(false);
        return;
      }
      movedMs = exchange.edge().monotonicMs();
      Buffer piece = Buffer.buffer();
      for (StatementExport.Line line : lines) {
        StatementCsv.append(piece, line, asset, export.asOf().partition());
      }
      if (piece.length() > 0) {
        response.write(piece);
      }
      if (!export.hasNext()) {
        over(true);
      } else if (response.writeQueueFull()) {
        response.drainHandler(ignored -> next());
      } else {
        next();
      }
    }

    private void next() {
      if (isOver) {
        return;
      }
      movedMs = exchange.edge().monotonicMs();
      export
          .next()
          .onComplete(
              done ->
                  exchange
                      .edge()
                      .onLoop(
                          () -> {
                            if (done.succeeded()) {
                              send(done.result());
                            } else {
                              over(false);
                            }
                          }));
    }

    // Looks again as long as it is under way; a peer that takes nothing must not keep a place.
    private void watch() {
      exchange
          .edge()
          .later(
              Math.min(stallMs / 4 + 1, WATCH_MS_MAX),
              () -> {
                if (isOver) {
                  return;
                }
                if (exchange.edge().monotonicMs() - movedMs > stallMs) {
                  exchange.edge().meters().countStalled();
                  over(false);
                } else {
                  watch();
                }
              });
    }

    private void over(boolean isWhole) {
      if (isOver) {
        return;
      }
      isOver = true;
      underWay--;
      exchange.endStream(isWhole);
    }
  }
}
