// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

/**
 * All that one edge serves: every group of routes in the table, and those that the edge itself has
 * to do with.
 *
 * <p><b>Thread:</b> the edge's loop.
 */
final class EdgeRoutes {

  final RouteTable table = new RouteTable();
  final HotRoutes hot;
  final RouteRungs rungs;
  final SendRoutes sends;
  final OpensRoutes opens;
  final EventHub eventHub;

  EdgeRoutes(Edge edge, EdgeParts parts) {
    this.sends = new SendRoutes(parts);
    this.opens = new OpensRoutes(parts);
    new PublicRoutes(parts).addTo(table);
    new AccountRoutes(parts).addTo(table);
    new StatementRoutes(parts).addTo(table);
    sends.addTo(table);
    // Before the packets: to the router "sent" and "opens" could be ids.
    new ListRoutes(parts).addTo(table);
    opens.addTo(table);
    new PacketRoutes(parts).addTo(table);
    new ProviderRoutes(parts).addTo(table);
    new TokenRoutes(parts).addTo(table);
    new KeyRoutes(parts).addTo(table);
    new AuditRoutes(parts).addTo(table);
    new UserRoutes(parts).addTo(table);
    new UserLoginRoutes(parts).addTo(table);
    new RegisterRoutes(parts).addTo(table);
    new LoginRoutes(parts).addTo(table);
    new SessionRoutes(parts).addTo(table);
    new SmsRoutes(parts).addTo(table);
    new OperatorRoutes(parts).addTo(table);
    new HoldRoutes(parts).addTo(table);
    TransferRoutes transfers = new TransferRoutes(parts);
    transfers.addTo(table);
    new OwnerRoutes(parts).addTo(table);
    new StatementExportRoutes(parts).addTo(table);
    new LedgerHoldRoutes(parts, transfers).addTo(table);
    new BulkRoutes(parts, transfers).addTo(table);
    new SuspenseRoutes(parts).addTo(table);
    new RoomRoutes(parts).addTo(table);
    LiveSteps live = new LiveSteps(edge, parts);
    new DanmakuRoutes(live).addTo(table);
    new DanmakuHistoryRoutes(live).addTo(table);
    new ModerationRoutes(live).addTo(table);
    new LiveOperatorRoutes(live).addTo(table);
    new DplayerRoutes(live).addTo(table);
    new SandboxRoutes(parts).addTo(table);
    new PlayRoutes(parts).addTo(table);
    new PlayOpsRoutes(parts).addTo(table);
    new TrialBalanceRoutes(parts).addTo(table);
    this.eventHub = new EventHub(edge);
    new EventRoutes(parts, eventHub).addTo(table);
    new GatewayRoutes(edge, parts).addTo(table);
    new WebhookRoutes(parts).addTo(table);
    new DeliveryRoutes(parts).addTo(table);
    new DegradationRoutes(parts).addTo(table);
    new DocsRoutes(parts.docs()).addTo(table);
    this.rungs = new RouteRungs(table.all(), parts.ladder().ladder());
    this.hot = new HotRoutes(table);
  }
}
