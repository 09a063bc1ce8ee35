// Makes DOM nodes. Nothing here (or anywhere in the page) parses text as HTML: text stays text.

const PROPERTIES = { class: "className", text: "textContent", value: "value", checked: "checked", selected: "selected" };
const SAFE = /^(https?|mailto|tel):/i;
let made = 0;

export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in PROPERTIES) node[PROPERTIES[name]] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function fragment(...children) {
  const whole = document.createDocumentFragment();
  whole.append(...children.flat(Infinity));
  return whole;
}

/** An id that no other node of this page has. */
export function uid(prefix) {
  made += 1;
  return `${prefix}-${made}`;
}

/** A link that opens beside the page; an address of an unsafe kind (javascript:) becomes plain text. */
export function link(address, ...children) {
  const label = children.length ? children : [address];
  if (!SAFE.test(address)) return h("span", {}, label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

const field = (name) => [...document.querySelectorAll(`[data-field="${CSS.escape(name)}"]`)].at(-1);

/**
 * Runs `work` with the control out of use, so that nothing is sent twice; undefined if it is under way already.
 * `aria-disabled` keeps the focus where it is: a disabled control would lose it, and a dialog could not give it back.
 */
export async function busy(control, work) {
  if (control.getAttribute("aria-disabled") === "true") return undefined;
  control.setAttribute("aria-disabled", "true");
  control.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    control.removeAttribute("aria-disabled");
    control.removeAttribute("aria-busy");
    if (!control.isConnected && document.activeElement === document.body) focusOn(control.dataset.field);
  }
}

/** Gives the focus to the element of that name, as it now stands on the page; says whether there is one. */
export function focusOn(name) {
  const heir = name ? field(name) : null;
  heir?.focus({ preventScroll: true });
  return Boolean(heir);
}

/** Redraws a part of the page; whoever was in one of its elements is in its successor afterwards, the caret where it was. */
export function keepingFocus(part, redraw) {
  const before = part.contains(document.activeElement) ? document.activeElement : null;
  const caret = before?.selectionStart;
  redraw();
  if (!before?.dataset.field || document.activeElement !== document.body) return;
  const heir = field(before.dataset.field);
  heir?.focus({ preventScroll: true });
  if (Number.isInteger(caret)) heir?.setSelectionRange?.(caret, caret);
}

/** Moves only what is out of place: a node that is taken out and put back loses focus and open menus. */
export function arrange(part, nodes) {
  const keep = new Set(nodes);
  for (const child of [...part.children]) if (!keep.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (part.children[at] !== node) part.insertBefore(node, part.children[at] ?? null);
  });
}

/** Text, or anything else as JSON, in a box of fixed width letters. */
export const code = (value) => h("pre", { tabindex: "0" }, h("code", { text: typeof value === "string" ? value : JSON.stringify(value, null, 2) }));
