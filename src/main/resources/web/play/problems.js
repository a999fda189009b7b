// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// What went wrong, in the reader's language where there are words for it.

import { HongbaoError } from '/client/hongbao.js';
import { hasText, t } from './i18n.js';

/** @param {unknown} failed @returns {string} */
export function problem(failed) {
  if (!(failed instanceof HongbaoError)) {
    return t('e_no_server');
  }
  const key = `e_${failed.code}`;
  return hasText(key) ? t(key) : t('e_other', { why: failed.problem.detail ?? failed.code });
}
