// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Before anything is painted: the colours that were chosen last time. No module, since those wait.

(() => {
  const kept = localStorage.getItem('hongbao.theme');
  if (kept === 'dark' || kept === 'light') {
    document.documentElement.dataset.theme = kept;
  }
})();
