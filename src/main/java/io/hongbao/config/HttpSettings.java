// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The public API.
 *
 * @param port 0 for a free one
 */
public record HttpSettings(
    String host,
    int port,
    int connectionsMax,
    int bodyBytesMax,
    int bulkBodyBytesMax,
    long requestTimeoutMs,
    long idleTimeoutMs,
    long stallTimeoutMs,
    long sendDeadlineMs,
    TlsSettings tls,
    CorsSettings cors,
    RateSettings rates,
    List<Network> trustedProxies) {

  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  static HttpSettings of(SettingValues values, Path workingDirectory) throws ConfigException {
    HttpSettings settings =
        new HttpSettings(
            values.text(Settings.HTTP_HOST),
            values.whole(Settings.HTTP_PORT),
            values.whole(Settings.HTTP_CONNECTIONS_MAX),
            values.whole(Settings.HTTP_BODY_BYTES_MAX),
            values.whole(Settings.HTTP_BULK_BODY_BYTES_MAX),
            values.number(Settings.HTTP_REQUEST_TIMEOUT),
            values.number(Settings.HTTP_IDLE_TIMEOUT),
            values.number(Settings.HTTP_STALL_TIMEOUT),
            values.number(Settings.HTTP_SEND_DEADLINE),
            TlsSettings.of(values, workingDirectory),
            CorsSettings.of(values),
            RateSettings.of(values),
            networks(values));
    if (settings.bulkBodyBytesMax < settings.bodyBytesMax) {
      throw values.wrong(
          Settings.HTTP_BULK_BODY_BYTES_MAX,
          "must be at least " + Settings.HTTP_BODY_BYTES_MAX.key());
    }
    return settings;
  }

  private static List<Network> networks(SettingValues values) throws ConfigException {
    List<Network> networks = new ArrayList<>();
    if (values.text(Settings.HTTP_TRUSTED_PROXIES).equals("none")) {
      return networks;
    }
    for (String text : values.parts(Settings.HTTP_TRUSTED_PROXIES)) {
      Network network = Network.parse(text);
      if (network == null) {
        throw values.wrong(
            Settings.HTTP_TRUSTED_PROXIES, "must be networks such as 10.0.0.0/8, 2001:db8::/32");
      }
      networks.add(network);
    }
    return networks;
  }
}
