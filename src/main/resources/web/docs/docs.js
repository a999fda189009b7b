// SPDX-License-Identifier: Apache-2.0
// Draws /openapi.json. Knows the part of OpenAPI 3.1 that our contract uses, and nothing else; all
// texts go in as text nodes, never as markup.
'use strict';

const VERBS = ['get', 'post', 'put', 'patch', 'delete'];
let api;

// --- Elements ------------------------------------------------------------------------------------

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((c) => c != null && c !== ''));
  return node;
}

// `code`, **bold**, *emphasis*, [text](target)
function inline(text) {
  const parts = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(from, match.index));
    const [whole, code, bold, emphasis, label, target] = match;
    if (code) parts.push(el('code', {}, code));
    else if (bold) parts.push(el('b', {}, bold));
    else if (emphasis) parts.push(el('em', {}, emphasis));
    else parts.push(/^(#|\/|https?:)/.test(target) ? el('a', { href: target }, label) : label);
    from = match.index + whole.length;
  }
  parts.push(text.slice(from));
  return parts;
}

// Paragraphs, "## " headings and "* " lists: what the contract's descriptions use.
function prose(text) {
  const box = el('div', { class: 'prose' });
  for (const block of (text || '').trim().split(/\n\s*\n/)) {
    let list = null;
    let lines = [];
    const flush = () => {
      if (lines.length) (list ? list.lastChild : box.appendChild(el('p'))).append(...inline(lines.join(' ')));
      lines = [];
    };
    for (const raw of block.split('\n')) {
      const line = raw.trim();
      if (line.startsWith('## ')) {
        flush();
        box.append(el('h2', { id: slug(line.slice(3)) }, line.slice(3)));
      } else if (line.startsWith('* ')) {
        flush();
        list = list || box.appendChild(el('ul'));
        list.append(el('li'));
        lines.push(line.slice(2));
      } else if (line) {
        lines.push(line);
      }
    }
    flush();
  }
  return box;
}

const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

// --- Contract ------------------------------------------------------------------------------------

const pathOfRef = (ref) => ref.slice(2).split('/').map((p) => p.replace(/~1/g, '/').replace(/~0/g, '~'));
const nameOfRef = (ref) => pathOfRef(ref).at(-1);

// Follows $ref; what stands beside it (such as a description of this very field) wins.
function resolved(node) {
  if (!node || !node.$ref) return node || {};
  const { $ref, ...beside } = node;
  const target = pathOfRef($ref).reduce((at, key) => at && at[key], api);
  return { ...resolved(target), ...beside, refName: nameOfRef($ref) };
}

function* operations() {
  for (const [path, item] of Object.entries(api.paths)) {
    for (const verb of VERBS) {
      if (item[verb]) yield { path, verb, op: item[verb], parameters: [...(item.parameters || []), ...(item[verb].parameters || [])].map(resolved) };
    }
  }
}

function exampleOf(schema) {
  const s = resolved(schema);
  if (s.examples) return s.examples[0];
  if (s.default !== undefined) return s.default;
  return s.enum ? s.enum[0] : '';
}

// Named examples of a body: [{ label, value }].
function examplesOf(media) {
  if (!media) return [];
  if (media.example !== undefined) return [{ label: '', value: media.example }];
  return Object.values(media.examples || {}).map((e) => ({ label: e.summary || '', value: e.value }));
}

// --- Schemas -------------------------------------------------------------------------------------

function typeOf(schema) {
  const s = resolved(schema);
  if (s.oneOf && !s.type) return s.oneOf.map(typeOf).join(' or ');
  if (s.type === 'array') return 'array of ' + (resolved(s.items).refName || typeOf(s.items));
  return [].concat(s.type || 'any').join(' or ') + (s.format ? ', ' + s.format : '');
}

function facts(s) {
  const found = [];
  const range = (low, high, unit) => {
    if (low === undefined && high === undefined) return;
    found.push(low === undefined ? 'at most ' + high + unit : high === undefined ? 'at least ' + low + unit : low + ' to ' + high + unit);
  };
  range(s.minimum, s.maximum, '');
  range(s.minLength, s.maxLength, ' characters');
  range(s.minItems, s.maxItems, ' elements');
  const parts = [found.join('; ')];
  if (s.enum && s.enum.length > 1) parts.push(found.length ? '; ' : '', 'one of ', s.enum.map((v, i) => [i ? ', ' : '', el('code', {}, String(v))]));
  if (s.pattern) parts.push(parts.some((p) => p.length) ? '; ' : '', 'matches ', el('code', {}, s.pattern));
  if (s.default !== undefined) parts.push(parts.some((p) => p.length) ? '; ' : '', 'default ', el('code', {}, JSON.stringify(s.default)));
  return parts.some((p) => p.length) ? el('div', { class: 'facts' }, parts) : null;
}

function fieldRow(name, schema, required, note) {
  const s = resolved(schema);
  const example = s.examples && !s.enum ? el('div', { class: 'facts' }, 'e.g. ', el('code', {}, JSON.stringify(s.examples[0]))) : null;
  return el('li', {},
    el('div', { class: 'field' },
      el('span', { class: 'name' }, name),
      el('span', { class: 'type' }, typeOf(schema), s.refName ? [' · ', el('a', { href: '#schema-' + s.refName }, s.refName)] : null),
      note ? el('span', { class: 'type' }, note) : null,
      required ? el('span', { class: 'must' }, 'required') : null),
    s.description ? prose(s.description) : null,
    facts(s), example, inner(s));
}

// The fields of an object inside, closed at first.
function inner(s) {
  const parts = s.type === 'array' ? [resolved(s.items)] : s.oneOf ? s.oneOf.map(resolved) : [s];
  const lists = parts.filter((p) => p.properties).map(fieldList);
  return lists.length ? el('details', {}, el('summary', { class: 'inner' }, 'fields'), lists) : null;
}

function fieldList(s) {
  const required = new Set(s.required || []);
  return el('ul', { class: 'fields' }, Object.entries(s.properties || {}).map(([name, p]) => fieldRow(name, p, required.has(name))));
}

function schemaBody(schema) {
  const s = resolved(schema);
  return s.properties ? [s.description ? prose(s.description) : null, fieldList(s)] : el('ul', { class: 'fields' }, fieldRow('', schema, false));
}

// --- Code ----------------------------------------------------------------------------------------

function codeBox(caption, text, isJson) {
  const copy = el('button', { class: 'copy', type: 'button' }, 'copy');
  copy.addEventListener('click', async () => {
    try { await navigator.clipboard.writeText(text); copy.textContent = 'copied'; } catch { copy.textContent = 'no access'; }
    setTimeout(() => { copy.textContent = 'copy'; }, 1200);
  });
  return el('div', { class: 'box' }, el('div', { class: 'caption' }, el('span', {}, caption), copy),
    el('pre', {}, el('code', {}, isJson ? coloured(text) : text)));
}

function coloured(json) {
  const parts = [];
  let from = 0;
  for (const match of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?|true|false|null/g)) {
    parts.push(json.slice(from, match.index));
    const kind = match[2] ? 'j-key' : match[1] ? 'j-string' : 'j-number';
    parts.push(el('span', { class: kind }, match[1] || match[0]), match[2] || '');
    from = match.index + match[0].length;
  }
  parts.push(json.slice(from));
  return parts;
}

// Objects that fit on a line stay on one.
function pretty(value, indent = '') {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (value === null || typeof value !== 'object' || flat.length + indent.length <= 64) return flat;
  const deeper = indent + '  ';
  const isArray = Array.isArray(value);
  const lines = Object.entries(value).map(([k, v]) => deeper + (isArray ? '' : JSON.stringify(k) + ': ') + pretty(v, deeper));
  return (isArray ? '[' : '{') + '\n' + lines.join(',\n') + '\n' + indent + (isArray ? ']' : '}');
}

function securityOf(op) {
  return (op.security || api.security || []).flatMap((s) => Object.entries(s));
}

function curl({ path, verb, op, parameters }, origin) {
  const at = (where) => parameters.filter((p) => p.in === where);
  let url = path;
  for (const p of at('path')) url = url.replace('{' + p.name + '}', encodeURIComponent(exampleOf(p.schema)));
  const query = at('query').filter((p) => p.required).map((p) => p.name + '=' + encodeURIComponent(exampleOf(p.schema)));
  if (query.length) url += '?' + query.join('&');
  const lines = ['curl ' + (verb === 'get' ? '' : '-X ' + verb.toUpperCase() + ' ') + "'" + origin + url + "'"];
  const [scheme] = securityOf(op)[0] || [];
  if (scheme === 'userToken') lines.push('-H "Authorization: Bearer $TOKEN"');
  if (scheme && scheme.endsWith('Key')) lines.push('-H "Authorization: Bearer $API_KEY"');
  for (const p of at('header').filter((h) => h.required)) {
    lines.push(p.name === 'Idempotency-Key' ? '-H "Idempotency-Key: $KEY"' : `-H '${p.name}: ${exampleOf(p.schema)}'`);
  }
  const media = op.requestBody && resolved(op.requestBody).content['application/json'];
  const example = examplesOf(media)[0];
  if (example) lines.push("-H 'Content-Type: application/json'", "-d '" + pretty(example.value).replace(/'/g, "'\\''") + "'");
  const command = lines.join(' \\\n  ');
  return command.includes('$KEY') ? 'KEY=$(uuidgen)  # the same for every repeat\n' + command : command;
}

// --- Trying ---------------------------------------------------------------------------------------

// Only on a sandbox, whose money is nobody's. The token stays in this page.
let isSandbox = false;
let bearer = '';

function tryIt({ path, verb, parameters, op }) {
  if (!isSandbox) return null;
  const inputs = parameters.filter((p) => p.name !== 'Idempotency-Key').map((p) => ({ p, box: input(p.name, p.required ? exampleOf(p.schema) : '') }));
  const token = input('token or key', bearer);
  token.type = 'password';
  token.addEventListener('input', () => { bearer = token.value; document.querySelectorAll('.bearer').forEach((t) => { t.value = bearer; }); });
  token.classList.add('bearer');
  const media = op.requestBody && resolved(op.requestBody).content['application/json'];
  const example = examplesOf(media)[0];
  const body = media ? el('textarea', { rows: 6, spellcheck: 'false', 'aria-label': 'body' }, example ? pretty(example.value) : '') : null;
  const out = el('pre', { 'aria-live': 'polite' });
  const send = el('button', { type: 'button' }, 'Send');
  send.addEventListener('click', async () => {
    out.textContent = '…';
    const valueOf = (where) => inputs.filter(({ p, box }) => p.in === where && box.value !== '');
    const url = valueOf('path').reduce((u, { p, box }) => u.replace('{' + p.name + '}', encodeURIComponent(box.value)), path);
    const query = new URLSearchParams(valueOf('query').map(({ p, box }) => [p.name, box.value])).toString();
    const headers = Object.fromEntries(valueOf('header').map(({ p, box }) => [p.name, box.value]));
    if (bearer) headers.Authorization = 'Bearer ' + bearer;
    if (body) headers['Content-Type'] = 'application/json';
    if (parameters.some((p) => p.name === 'Idempotency-Key')) headers['Idempotency-Key'] = 'docs-' + Date.now() + '-' + Math.random().toString(36).slice(2);
    try {
      const answer = await fetch(url + (query ? '?' + query : ''), { method: verb.toUpperCase(), headers, body: body ? body.value : undefined });
      const text = await answer.text();
      const shown = ['hongbao-position', 'idempotent-replayed', 'ratelimit', 'retry-after'].filter((h) => answer.headers.has(h)).map((h) => h + ': ' + answer.headers.get(h));
      out.textContent = [answer.status + ' ' + answer.statusText, ...shown, '', tidy(text)].join('\n');
    } catch (failure) { out.textContent = String(failure); }
  });
  return el('details', { class: 'try' }, el('summary', {}, 'Try it in this sandbox'),
    el('label', {}, 'token or key', token), inputs.map(({ p, box }) => el('label', {}, p.name, box)), body, send, out);
}

function input(name, value) {
  const box = el('input', { 'aria-label': name, autocomplete: 'off', spellcheck: 'false' });
  box.value = value;
  return box;
}

function tidy(text) {
  try { return pretty(JSON.parse(text)); } catch { return text; }
}

// --- Page ----------------------------------------------------------------------------------------

function answer(status, response) {
  const r = resolved(response);
  const media = Object.values(r.content || {})[0];
  const isGood = status.startsWith('2');
  const headers = Object.entries(r.headers || {});
  return el('details', { class: 'answer' },
    el('summary', {}, el('span', { class: 'status' + (isGood ? '' : ' bad') }, status === 'default' ? 'other' : status), inline(r.description || '')),
    el('div', { class: 'inside' },
      headers.length ? [el('div', { class: 'label' }, 'Headers'), el('ul', { class: 'fields' }, headers.map(([name, h]) => {
        const header = resolved(h);
        return fieldRow(name, { ...resolved(header.schema), description: header.description }, false);
      }))] : null,
      media && isGood ? [el('div', { class: 'label' }, 'Body'), schemaBody(media.schema)] : null,
      media && !isGood ? el('p', { class: 'small' }, 'Body: ', el('a', { href: '#schema-Problem' }, 'Problem')) : null));
}

const WHO = { userToken: 'a user’s token', noticeSignature: 'the provider’s signature' };

// Keys of all roles need the same scope, so it is told once, behind them.
function needs(op) {
  const all = securityOf(op);
  const keys = all.filter(([name]) => name.endsWith('Key'));
  const words = all.filter(([name]) => WHO[name]).map(([name]) => WHO[name]);
  if (keys.length) {
    const scope = keys[0][1][0];
    words.push('a key of role ' + keys.map(([name]) => name.slice(0, -3)).join(' or ') + (scope ? ' with the scope ' + scope : ''));
  }
  return words.join(', or ') || 'nothing; public';
}

function operation(entry) {
  const { path, verb, op, parameters } = entry;
  const body = op.requestBody && resolved(op.requestBody);
  const media = body && Object.values(body.content)[0];
  const codes = op['x-codes'] || [];
  const good = Object.entries(op.responses).filter(([status]) => status.startsWith('2'));
  return el('section', { class: 'operation', id: op.operationId, 'data-spy': op.operationId },
    el('div', { class: 'head' },
      el('h3', {}, op.summary, el('a', { class: 'anchor', href: '#' + op.operationId, 'aria-label': 'Link to this operation' }, '#')),
      el('div', { class: 'route' }, el('span', { class: 'verb ' + verb }, verb.toUpperCase()), el('span', {}, path))),
    el('div', {},
      op.deprecated ? el('p', { class: 'ending' }, 'Deprecated since ' + op['x-deprecated-since'] + ', gone after ' + op['x-sunset'] + '.') : null,
      prose(op.description),
      el('p', { class: 'small muted' }, 'Needs: ', needs(op)),
      parameters.length ? [el('div', { class: 'label' }, 'Parameters'), el('ul', { class: 'fields' },
        parameters.map((p) => fieldRow(p.name, { ...resolved(p.schema), description: p.description }, p.required, p.in)))] : null,
      media ? [el('div', { class: 'label' }, 'Body' + (body.required ? '' : ', optional')), schemaBody(media.schema)] : null,
      el('div', { class: 'label' }, 'Answers'),
      Object.entries(op.responses).map(([status, r]) => answer(status, r)),
      codes.length ? [el('div', { class: 'label' }, 'Refusals, in the order in which they are tried'), el('div', { class: 'chips' },
        codes.map((c) => el('a', { href: '/docs/errors#' + c }, c)))] : null),
    el('div', { class: 'side' },
      codeBox('curl', curl(entry, location.origin), false),
      tryIt(entry),
      examplesOf(media).slice(1).map((e) => codeBox('Body: ' + e.label, pretty(e.value), true)),
      good.flatMap(([status, r]) => examplesOf(Object.values(resolved(r).content || {})[0])
        .map((e) => codeBox(status + (e.label ? ': ' + e.label : ''), pretty(e.value), true)))));
}

function draw() {
  document.title = api.info.title + ' API ' + api.info.version;
  const all = [...operations()];
  const page = document.getElementById('page');
  const links = document.getElementById('links');
  const intro = prose(api.info.description);
  page.replaceChildren(el('div', { class: 'intro' },
    el('h1', {}, api.info.title + ' API'), el('p', { class: 'muted' }, api.info.summary + ' Version ' + api.info.version + '.'), intro));
  const link = (target, text, verb, more) => el('a', { href: '#' + target, 'data-text': (text + ' ' + target + ' ' + (more || '')).toLowerCase() },
    el('span', {}, text), verb ? el('span', { class: 'verb ' + verb }, verb.toUpperCase()) : null);
  links.append(el('h4', {}, 'Basics'), ...[...intro.querySelectorAll('h2')].map((h) => link(h.id, h.textContent)));
  for (const tag of api.tags) {
    const mine = all.filter((o) => o.op.tags.includes(tag.name));
    page.append(el('h2', { id: 'tag-' + slug(tag.name) }, tag.name), prose(tag.description), ...mine.map(operation));
    links.append(el('h4', {}, tag.name), ...mine.map((o) => link(o.op.operationId, o.op.summary, o.verb, words(o))));
  }
  const schemas = Object.keys(api.components.schemas);
  page.append(el('h2', { id: 'schemas' }, 'Schemas'), ...schemas.map((name) => el('section', { class: 'schema', id: 'schema-' + name },
    el('h3', {}, name), schemaBody(api.components.schemas[name]))));
  links.append(el('h4', {}, 'More'), link('schemas', 'Schemas'));
}

// What somebody may look for: the route, its codes, the names of its parameters and fields.
function words({ path, verb, op, parameters }) {
  const media = [op.requestBody, ...Object.values(op.responses)].filter(Boolean).flatMap((r) => Object.values(resolved(r).content || {}));
  const fields = media.flatMap((m) => Object.keys(resolved(m.schema).properties || {}));
  return [verb, path, ...(op['x-codes'] || []), ...parameters.map((p) => p.name), ...fields, op.description].join(' ');
}

function wire() {
  const nav = document.getElementById('contents');
  const menu = document.getElementById('menu');
  const open = (isOpen) => { nav.classList.toggle('open', isOpen); menu.setAttribute('aria-expanded', String(isOpen)); };
  menu.addEventListener('click', () => open(!nav.classList.contains('open')));
  nav.addEventListener('click', (e) => { if (e.target.closest('a')) open(false); });
  document.addEventListener('keydown', (e) => { if (e.key === 'Escape') open(false); });
  document.getElementById('page').addEventListener('click', () => open(false));
  document.getElementById('filter').addEventListener('input', (e) => {
    const wanted = e.target.value.trim().toLowerCase();
    const all = wanted.split(/\s+/);
    for (const a of nav.querySelectorAll('#links a')) a.hidden = !all.every((w) => a.dataset.text.includes(w));
  });
  const spy = new IntersectionObserver((entries) => {
    const seen = entries.filter((e) => e.isIntersecting)[0];
    if (!seen) return;
    for (const a of nav.querySelectorAll('a')) a.classList.toggle('here', a.hash === '#' + seen.target.id);
  }, { rootMargin: '-10% 0px -80% 0px' });
  document.querySelectorAll('[data-spy]').forEach((s) => spy.observe(s));
}

function wireTheme() {
  const root = document.documentElement;
  let kept = null;
  try { kept = localStorage.getItem('theme'); } catch { /* storage may be denied; then nothing is kept */ }
  if (kept) root.dataset.theme = kept;
  document.getElementById('theme').addEventListener('click', () => {
    const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = isDark ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch { /* as above */ }
  });
}

async function start() {
  wireTheme();
  try {
    const response = await fetch('/openapi.json');
    if (!response.ok) throw new Error('HTTP ' + response.status);
    api = await response.json();
    isSandbox = await fetch('/v1/time').then((r) => r.json()).then((t) => t.sandbox === true, () => false);
    draw();
    wire();
    // The target of the address was not there yet when the page was opened.
    if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  } catch (failure) {
    document.getElementById('status')?.replaceChildren('The contract could not be read: ' + failure.message);
    throw failure;
  }
}

start();
