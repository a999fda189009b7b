// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Elements from script. Whatever somebody typed becomes a text node and nothing else: there is no
// way here to make markup of a string.

/** @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * Makes an element.
 * @param {string} selector tag and classes, such as `li.line.own`
 * @param {Record<string, any> | null} [attributes] `on…` are listeners, `style` an object of custom
 *   properties, others attributes; undefined ones are left out
 * @param {...(Node | string | number | null | undefined | false)} children texts become text nodes
 * @returns {any}
 */
export function el(selector, attributes, ...children) {
  const [tag, ...classes] = selector.split('.');
  const element = document.createElement(tag);
  element.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'style') {
      Object.entries(value).forEach(([key, one]) => element.style.setProperty(key, String(one)));
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== undefined && value !== false && value !== null) {
      element.setAttribute(name, String(value));
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return element;
}

/** The first sign of a name, in a circle of the name's own colour. @param {string} name */
export function face(name) {
  let hue = 0;
  for (const character of name) {
    hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  }
  const first = [...name.replace(/^[\s@#]+/, '')][0] ?? '?';
  return el('span.face', { style: { '--hue': hue }, 'aria-hidden': 'true' }, first.toUpperCase());
}
