// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The door: a nickname makes a guest, who is remembered until the tab is closed. Then the room.

import { Hongbao, HongbaoError } from '/client/hongbao.js';
import { byId } from './dom.js';
import { locale, money, onLanguage, switchLanguage, t, translate } from './i18n.js';
import { problem } from './problems.js';
import { Room } from './room.js';

const GUEST = 'hongbao.guest';
const NAME = 'hongbao.nickname';

function switches() {
  const language = byId('language');
  const show = () => {
    language.textContent = locale() === 'en' ? '中' : 'EN';
    language.setAttribute('aria-label', t('language'));
    byId('theme').setAttribute('aria-label', t('theme'));
    document.title = t('title');
  };
  language.addEventListener('click', switchLanguage);
  onLanguage(show);
  byId('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const isLight =
      (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark')) === 'light';
    root.dataset.theme = isLight ? 'dark' : 'light';
    localStorage.setItem('hongbao.theme', root.dataset.theme);
  });
  show();
}

function fail(text) {
  byId('join-error').textContent = text;
  byId('join-error').hidden = false;
}

// A guest is good as long as the server knows the token: a new sandbox knows nobody of the old.
async function known(play) {
  const kept = JSON.parse(sessionStorage.getItem(GUEST) ?? 'null');
  if (kept === null || kept.room_id !== play.room_id) {
    return undefined;
  }
  try {
    const client = new Hongbao({ url: '', token: kept.token });
    await client.balances();
    return kept;
  } catch (failed) {
    if (failed instanceof HongbaoError) {
      sessionStorage.removeItem(GUEST);
    }
    return undefined;
  }
}

function begin(play, guest) {
  byId('join').remove();
  new Room(play, guest).start();
}

async function main() {
  translate();
  switches();
  const anybody = new Hongbao({ url: '' });
  let play;
  try {
    play = (await anybody.get('/v1/play')).body;
  } catch (failed) {
    fail(failed.code === 'not_found' ? t('no_room') : problem(failed));
    return;
  }
  const fine = document.querySelector('[data-t="fine"]');
  fine.dataset.fund = money(play.fund.amount);
  translate();
  const guest = await known(play);
  if (guest !== undefined) {
    begin(play, guest);
    return;
  }
  const nickname = byId('nickname');
  nickname.value = localStorage.getItem(NAME) ?? '';
  nickname.focus();
  byId('join-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = event.submitter ?? byId('join-form').querySelector('button');
    button.disabled = true;
    try {
      const { body } = await anybody.post('/v1/play/guests', { nickname: nickname.value.trim() });
      localStorage.setItem(NAME, nickname.value.trim());
      sessionStorage.setItem(GUEST, JSON.stringify(body));
      begin(play, body);
    } catch (failed) {
      fail(problem(failed));
      button.disabled = false;
    }
  });
}

main();
