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

/** Runs `work` with the control out of use, so that nothing is sent twice; focus comes back to it or its successor. */
export async function busy(control, work) {
  const focused = document.activeElement === control;
  control.disabled = true;
  control.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    control.disabled = false;
    control.removeAttribute("aria-busy");
    const heir = control.isConnected ? control : field(control.dataset.field ?? "");
    if (focused && document.activeElement === document.body) heir?.focus({ preventScroll: true });
  }
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
