// A button that opens a small menu: arrow keys move, Enter chooses, Escape and a click elsewhere close.

import { h } from "./dom.js";

/** `items` are `{label, detail?, choose}`; `button` is a node without behaviour of its own. */
export function menu(button, items, label) {
  const list = h("div", { class: "menu", role: "menu", "aria-label": label, hidden: true });
  const close = ({ focus = true } = {}) => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", elsewhere);
    if (focus) button.focus();
  };
  const elsewhere = (event) => frame.contains(event.target) || close({ focus: false });
  const open = () => {
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", elsewhere);
    place(list);
    list.firstElementChild?.focus();
  };
  list.append(...items.map((item) => entry(item, close)));
  list.addEventListener("keydown", (event) => move(event, list, close));
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => (list.hidden ? open() : close()));
  const frame = h("span", { class: "menu-frame" }, button, list);
  return frame;
}

/** Opens upward or rightward where it would be cut off by what it scrolls in. */
function place(list) {
  list.classList.remove("up", "rightward");
  const around = (list.closest("#messages, #home, .dialog-body") ?? document.body).getBoundingClientRect();
  const own = list.getBoundingClientRect();
  list.classList.toggle("up", own.bottom > around.bottom && own.top - own.height - 40 > around.top);
  list.classList.toggle("rightward", own.left < around.left);
}

function entry({ label, detail, choose }, close) {
  const choice = () => {
    close();
    choose();
  };
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: choice },
    h("span", { text: label }), detail ? h("small", { text: detail }) : null);
}

function move(event, list, close) {
  const all = [...list.children];
  const at = all.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  if (event.key === "Escape") close();
  else if (event.key === "Tab") return close({ focus: false });
  else if (event.key in steps) all.at(steps[event.key] % all.length)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
