// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook is: a URL in its parts.
 *
 * @param path with the query
 */
public record HookTarget(boolean isTls, String host, int port, String path) {

  private static final int PORT_HTTP = 80;
  private static final int PORT_HTTPS = 443;
  private static final int PORT_MAX = 65_535;

  /** Says what is wrong with a URL, in words that fit behind its name. */
  public static final class UnsuitableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsuitableException(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * Takes a URL apart.
   *
   * @param allowHttp whether it may be without TLS
   */
  public static HookTarget parse(String url, boolean allowHttp) throws UnsuitableException {
    URI uri = uri(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean isTls = scheme.equals("https");
    if (!isTls && !(allowHttp && scheme.equals("http"))) {
      throw new UnsuitableException("must begin with https://");
    }
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw new UnsuitableException("must name a host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new UnsuitableException("must have neither a user nor a fragment");
    }
    int standard = isTls ? PORT_HTTPS : PORT_HTTP;
    int port = uri.getPort() == -1 ? standard : uri.getPort();
    if (port < 1 || port > PORT_MAX) {
      throw new UnsuitableException("must have a port from 1 to " + PORT_MAX);
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    @Nullable String query = uri.getRawQuery();
    return new HookTarget(isTls, bare(host), port, query == null ? path : path + "?" + query);
  }

  private static URI uri(String url) throws UnsuitableException {
    // Other characters have to be written with percent signs; who resolves them is no question.
    if (!url.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new UnsuitableException("must be a URL in ASCII");
    }
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new UnsuitableException("must be a URL");
    }
  }

  // An IPv6 address stands in brackets in a URL and nowhere else.
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
