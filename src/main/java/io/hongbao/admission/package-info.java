// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
/**
 * How many opens of one packet may be under way at once, over all nodes (H-40).
 *
 * <p>A gate has two forms that pass one suite, {@code AdmissionGateContract}: {@link
 * io.hongbao.admission.LocalGate} counts in this process, {@code io.hongbao.redis.RedisGate} in a
 * Redis that all nodes share. {@link io.hongbao.admission.FallbackGate} puts the first behind the
 * second.
 *
 * <p>A gate only turns away: it never decides who gets what, so a wrong count costs a client a
 * second try and nobody a share.
 *
 * <p><b>Thread:</b> as each form says. May import {@code model} and {@code time}; no Vert.x.
 */
@NullMarked
package io.hongbao.admission;

import org.jspecify.annotations.NullMarked;
