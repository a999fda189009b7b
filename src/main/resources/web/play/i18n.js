// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The page in two languages. Both tables have the same keys, which a test checks.

export const TEXTS = {
  en: {
    title: 'Hongbao Live',
    skip: 'Skip to the message box',
    intro: 'A live room full of people and red packets. The money is play money; the ledger is real.',
    nickname: 'Your nickname',
    enter: 'Come in',
    fine: 'You get {fund} of play money. Nothing here costs anything.',
    live: 'LIVE',
    people: '{n} watching',
    say: 'Say something…',
    shoot: 'Send',
    give: 'Send a red packet',
    packets: 'Red packets',
    colour: 'Colour',
    place: 'Place',
    scroll: 'Flying',
    top: 'Top',
    bottom: 'Bottom',
    look: 'Colour and place of your messages',
    theme: 'Dark or light',
    language: '切换到中文',
    balance: 'Your balance: {sum}',
    merged: '+{n} merged',
    newer: '{n} new ↓',
    connecting: 'Connecting…',
    waiting: 'Connection lost, coming back…',
    back: 'Back.',
    sent: '{name} sent a red packet of {sum}',
    opened: '{name} opened {sum}',
    opened_own: 'You opened {sum}!',
    emptied: 'The packet of {name} is empty. Best luck: {best}',
    emptied_plain: 'The packet of {name} is empty.',
    refunded: 'The rest of a packet went back to {name}: {sum}',
    recalled: 'A message was taken back.',
    gap_new_epoch: 'The server was started anew. Everything up to your last message is here; of the talk behind it the last moments may be lost. No money ever is.',
    gap_too_old: 'You missed {n} messages.',
    left_out: '{n} messages were left out because your connection was slow.',
    away: 'While you were away: {n} entries.',
    take_back: 'Take back',
    here: 'Seen here lately',
    here_others: 'and {n} more watching',
    fetch: 'Show them',
    fetched: '— {n} fetched —',
    missed_packets: 'Red packets meanwhile: {n}',
    packet_of: 'Red packet from {name}',
    greeting: 'May you be happy and prosperous',
    open: 'Open',
    open_label: 'Open the red packet from {name}',
    see: 'See who got how much',
    too_late: 'Too late: it is empty.',
    expired: 'This packet has expired.',
    won: 'Added to your balance',
    won_waiting: 'On its way to your balance',
    not_won: 'You have no share of this one',
    of_shares: '{opened} of {count} opened',
    of_sum: '{opened} of {total}',
    best: 'Best luck',
    check: 'Check the draw',
    checking: 'Checking in your browser…',
    check_later: 'The draw can be checked once all shares are opened.',
    check_commitment: 'The seed belongs to the commitment',
    check_noted: 'It is the commitment that came with the packet, before anybody opened it',
    check_noted_not: 'This page came later and has not noted the commitment itself: the proof agrees with itself',
    check_shares: 'Every share follows from the seed',
    check_sum: 'All shares together are the total',
    check_good: 'The amounts were fixed, place by place, before anyone opened.',
    check_bad: 'This draw does not add up!',
    close: 'Close',
    lucky: 'Lucky',
    lucky_hint: 'random shares',
    equal: 'Equal',
    equal_hint: 'same for all',
    total: 'Total',
    count: 'Shares',
    wish: 'Greeting',
    put_in: 'Put the money in',
    sending: 'Sending…',
    sent_ok: 'Your packet is in the room.',
    place_in_line: 'Slow mode: place {n}',
    muted: 'You cannot talk here now: {why}',
    wait_s: 'Wait {n} s',
    e_insufficient_funds: 'You do not have that much.',
    e_total_out_of_range: 'That sum is not allowed.',
    e_count_out_of_range: 'That many shares are not allowed.',
    e_share_too_small: 'Each share needs at least 0.01.',
    e_share_too_large: 'A share may not be that large.',
    e_indivisible: 'The total cannot be split into equal shares.',
    e_greeting_too_long: 'The greeting is too long.',
    e_rate_limited: 'That was too fast.',
    e_no_server: 'The server does not answer; it is tried again.',
    e_not_found: 'There is nothing here.',
    e_other: 'It did not work: {why}',
    no_room: 'This server has no open room. Start one with: hongbao play',
    you: 'You',
  },
  zh: {
    title: '红包直播间',
    skip: '跳到输入框',
    intro: '一个热闹的直播间，抢红包、发弹幕。钱是玩具币，账本是真的。',
    nickname: '你的昵称',
    enter: '进入直播间',
    fine: '送你 {fund} 玩具币，这里的一切都不花真钱。',
    live: '直播',
    people: '{n} 人在看',
    say: '说点什么…',
    shoot: '发送',
    give: '发红包',
    packets: '红包',
    colour: '颜色',
    place: '位置',
    scroll: '滚动',
    top: '顶部',
    bottom: '底部',
    look: '弹幕的颜色和位置',
    theme: '深色或浅色',
    language: 'Switch to English',
    balance: '你的余额：{sum}',
    merged: '已合并 {n} 条',
    newer: '{n} 条新消息 ↓',
    connecting: '正在连接…',
    waiting: '连接断开，正在恢复…',
    back: '已恢复。',
    sent: '{name} 发了一个 {sum} 的红包',
    opened: '{name} 抢到 {sum}',
    opened_own: '你抢到了 {sum}！',
    emptied: '{name} 的红包被抢光了，手气最佳：{best}',
    emptied_plain: '{name} 的红包被抢光了。',
    refunded: '未领完的 {sum} 已退回给 {name}',
    recalled: '一条消息被撤回。',
    gap_new_epoch: '服务器重新启动了。你最后看到的内容都在；之后片刻的聊天可能丢失，钱一分都不会丢。',
    gap_too_old: '你错过了 {n} 条消息。',
    left_out: '网络较慢，略过了 {n} 条消息。',
    away: '你离开期间有 {n} 条内容。',
    take_back: '撤回',
    here: '最近出现的人',
    here_others: '还有 {n} 人在看',
    fetch: '显示',
    fetched: '— 补回 {n} 条 —',
    missed_packets: '期间的红包：{n} 个',
    packet_of: '{name} 的红包',
    greeting: '恭喜发财，大吉大利',
    open: '開',
    open_label: '打开 {name} 的红包',
    see: '看看大家的手气',
    too_late: '手慢了，红包派完了。',
    expired: '这个红包已过期。',
    won: '已存入余额',
    won_waiting: '正在存入余额',
    not_won: '这个红包你没有抢到',
    of_shares: '已领 {opened}/{count} 个',
    of_sum: '{opened} / {total}',
    best: '手气最佳',
    check: '验证抽签',
    checking: '正在你的浏览器里验证…',
    check_later: '红包领完后即可验证抽签。',
    check_commitment: '种子与承诺一致',
    check_noted: '承诺随红包一起到达，早于任何人打开',
    check_noted_not: '本页来得较晚，没有亲自记下承诺：只能确认证明自身一致',
    check_shares: '每一份金额都由种子推出',
    check_sum: '所有份额之和等于总额',
    check_good: '在任何人打开之前，每个位置的金额就已确定。',
    check_bad: '这次抽签对不上！',
    close: '关闭',
    lucky: '拼手气',
    lucky_hint: '随机金额',
    equal: '普通',
    equal_hint: '每份相同',
    total: '总金额',
    count: '个数',
    wish: '祝福语',
    put_in: '塞钱进红包',
    sending: '正在发送…',
    sent_ok: '红包已发到直播间。',
    place_in_line: '慢速模式：第 {n} 位',
    muted: '你现在不能发言：{why}',
    wait_s: '请等 {n} 秒',
    e_insufficient_funds: '余额不足。',
    e_total_out_of_range: '金额超出范围。',
    e_count_out_of_range: '个数超出范围。',
    e_share_too_small: '每份至少 0.01。',
    e_share_too_large: '单份金额过大。',
    e_indivisible: '总额不能平均分。',
    e_greeting_too_long: '祝福语太长。',
    e_rate_limited: '太快了，歇一歇。',
    e_no_server: '服务器没有响应，正在重试。',
    e_not_found: '这里什么都没有。',
    e_other: '没有成功：{why}',
    no_room: '这台服务器没有开放的直播间。用 hongbao play 启动一个。',
    you: '你',
  },
};

const KEPT = 'hongbao.language';
const listeners = new Set();
let language =
  localStorage.getItem(KEPT) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
if (!(language in TEXTS)) {
  language = 'en';
}

/** @param {string} key @param {Record<string, any>} [values] */
export function t(key, values) {
  const text = TEXTS[language][key] ?? TEXTS.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values?.[name] ?? whole));
}

export function hasText(key) {
  return key in TEXTS.en;
}

export function locale() {
  return language === 'zh' ? 'zh-CN' : 'en';
}

/** Puts the texts into everything that is marked with data-t. */
export function translate(root = document) {
  document.documentElement.lang = locale();
  for (const one of root.querySelectorAll('[data-t]')) {
    if (one.dataset.tKeep === undefined) {
      one.textContent = t(one.dataset.t, one.dataset);
    }
  }
  for (const one of root.querySelectorAll('[data-t-placeholder]')) {
    one.placeholder = t(one.dataset.tPlaceholder);
  }
}

export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem(KEPT, language);
  translate();
  listeners.forEach((listener) => listener());
}

/** @param {() => void} listener told when the language has changed */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** Minor units of a currency with two digits, as people write them. @param {number} minor */
export function money(minor) {
  const sign = minor < 0 ? '−' : '';
  const whole = Math.floor(Math.abs(minor) / 100).toLocaleString('en');
  return `${sign}¥${whole}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
}

/** @param {number | string} at @returns {string} */
export function clock(at) {
  return new Date(at).toLocaleTimeString(locale(), { hour12: false });
}
