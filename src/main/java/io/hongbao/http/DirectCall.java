// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that {@link DirectParser} has read; its answer goes to the socket in one piece, past
 * Vert.x.
 *
 * <p><b>Thread:</b> the loop of the connection.
 */
final class DirectCall implements Call {

  private static final AsciiString OK = new AsciiString("HTTP/1.1 200 OK\r\n");
  private static final AsciiString LENGTH = new AsciiString("content-length: ");
  private static final int HEADERS_MAX = 24;
  private static final int HEAD_BYTES = 512;
  private static final int COLON = ':' << 8 | ' ';
  private static final int LINE_END = '\r' << 8 | '\n';

  private final DirectHandler handler;
  private final ChannelHandlerContext context;
  private final boolean isOpen;
  private final String packetId;
  private final @Nullable String[] values;
  private final Buffer body;
  private final CharSequence[] names = new CharSequence[HEADERS_MAX];
  private final CharSequence[] answers = new CharSequence[HEADERS_MAX];
  private int count;
  private boolean closes;

  /** Takes over what the parser has read last. */
  DirectCall(DirectHandler handler, ChannelHandlerContext context, DirectParser parser) {
    this.handler = handler;
    this.context = context;
    this.isOpen = parser.isOpen();
    this.packetId = parser.packetId();
    this.values = parser.values();
    byte[] came = parser.body();
    this.body = came.length == 0 ? RouteTable.EMPTY : Buffer.buffer(came);
  }

  boolean isOpen() {
    return isOpen;
  }

  String packetId() {
    return packetId;
  }

  @Override
  public @Nullable String header(CharSequence name) {
    return values[DirectParser.indexOf(name)];
  }

  @Override
  public List<String> headers(CharSequence name) {
    String value = header(name);
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public void put(CharSequence name, CharSequence value) {
    closes |= isSame(name, HttpHeaders.CONNECTION);
    int at = 0;
    while (at < count && !isSame(name, names[at])) {
      at++;
    }
    names[at] = name;
    answers[at] = value;
    count = Math.max(count, at + 1);
  }

  // Nearly always the very same constant, or of another length.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(CharSequence one, CharSequence other) {
    return one == other
        || (one.length() == other.length() && AsciiString.contentEqualsIgnoreCase(one, other));
  }

  @Override
  public HttpConnection connection() {
    return handler.connection();
  }

  @Override
  public Connections.Use use(Connections connections) {
    return handler.use();
  }

  @Override
  public boolean isGone() {
    return !context.channel().isActive();
  }

  @Override
  public void end(int status, @Nullable Buffer json) {
    boolean isWritten = false;
    try {
      write(status, json);
      isWritten = true;
    } finally {
      if (!isWritten) {
        // Memory that ran out: the exchange has nothing more to say, so the connection goes.
        var unused = context.channel().close();
      }
      handler.answered(context, closes || !isWritten);
    }
  }

  private void write(int status, @Nullable Buffer json) {
    ByteBuf content = json == null ? null : ((BufferInternal) json).getByteBuf();
    int bytes = content == null ? 0 : content.readableBytes();
    ByteBuf out = context.alloc().directBuffer(HEAD_BYTES + bytes);
    boolean isWhole = false;
    try {
      writeTo(out, status, content, bytes);
      isWhole = true;
    } finally {
      if (!isWhole) {
        out.release();
      }
    }
    if (closes) {
      context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
    } else {
      var unused = context.writeAndFlush(out, context.voidPromise());
    }
  }

  private void writeTo(ByteBuf out, int status, @Nullable ByteBuf content, int bytes) {
    if (status == 200) {
      write(out, OK);
    } else {
      write(out, "HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n");
    }
    for (int i = 0; i < count; i++) {
      write(out, names[i]);
      out.writeShort(COLON);
      write(out, answers[i]);
      out.writeShort(LINE_END);
    }
    write(out, LENGTH);
    write(out, Integer.toString(bytes));
    out.writeShort(LINE_END).writeShort(LINE_END);
    if (content != null) {
      out.writeBytes(content, content.readerIndex(), bytes);
    }
  }

  @Override
  public void gone() {
    handler.answered(context, true);
  }

  private static void write(ByteBuf out, CharSequence text) {
    if (text instanceof AsciiString ascii) {
      ByteBufUtil.copy(ascii, out);
    } else {
      out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }
  }

  @Override
  public Buffer wholeBody() {
    return body;
  }

  @Override
  public String target() {
    return "POST /v1/red-packets/" + packetId + (isOpen ? "/open" : "/grab");
  }

  @Override
  public HttpServerRequest request() {
    throw new IllegalStateException("a direct call has no request of Vert.x");
  }
}
