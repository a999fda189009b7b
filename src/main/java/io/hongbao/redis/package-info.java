// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Redis".
/**
 * Redis: one connection per event loop, the scripts of scripts/lua, typed calls on them.
 *
 * <p>What lies in Redis is never truth: it shortens a way, and every call has an answer without it.
 * So a call fails at once while the link is down, and in {@code redis.timeout} when the server
 * hangs; nothing here waits, queues or tries a call again.
 *
 * <p>One operation is one script (scripts/lua, packed into the jar): atomic in the server, one way
 * there and back, and by the server's own clock. A script touches one key, so that a cluster can
 * place it.
 *
 * <p><b>Thread:</b> each {@link io.hongbao.redis.RedisLink} belongs to one event loop, with all
 * that uses it.
 *
 * <p>May import {@code model}, {@code time}, the interfaces that it implements ({@code admission})
 * and Vert.x.
 */
@NullMarked
package io.hongbao.redis;

import org.jspecify.annotations.NullMarked;
