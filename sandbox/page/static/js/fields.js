// Elements into which one writes: text, number, email, link, date, time.

import { fromField, toField } from "./dates.js";
import { h } from "./dom.js";

const KINDS = {
  plain_text_input: { type: "text" },
  // Not type=number: the browser would swallow what is no number, and the sentence about it is Slack's to say.
  number_input: { type: "text", inputmode: "decimal" },
  email_text_input: { type: "email", autocomplete: "email" },
  url_text_input: { type: "url" },
  datepicker: { type: "date" },
  timepicker: { type: "time" },
};

export function textField(element, { value, changed, typed, naming, dispatches }) {
  const attributes = { ...naming, value: value ?? "", placeholder: element.placeholder?.text, "data-1p-ignore": true };
  const node = element.multiline
    ? h("textarea", { rows: "4", ...attributes })
    : h("input", { ...(KINDS[element.type] ?? KINDS.plain_text_input), ...attributes });
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let waiting = 0;
  node.addEventListener("input", () => {
    typed(node.value || null);
    if (!dispatches || !when.includes("on_character_entered")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => changed(node.value || null), 300);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !dispatches || !when.includes("on_enter_pressed") || event.isComposing) return;
    if (element.multiline && event.shiftKey) return;
    event.preventDefault();
    changed(node.value || null);
  });
  return node;
}

// Slack's own is picked whole. In a browser it comes digit by digit, and 0002 and 0020 are years on the way to 2026.
const PICKED = 600;
const isWhole = (value) => !/^0\d{3}-/.test(value);

export function dateField(element, { value, changed, typed, naming, dispatches }) {
  const node = h("input", { ...KINDS[element.type], value: value ?? "", ...naming });
  let waiting = 0;
  const tell = () => node.isConnected && isWhole(node.value) && changed(node.value || null);
  node.addEventListener("change", () => {
    typed(node.value || null);
    clearTimeout(waiting);
    if (dispatches) waiting = setTimeout(tell, PICKED);
  });
  return node;
}

export function dateTimeField(element, { value, changed, naming, stage }) {
  const node = h("input", { type: "datetime-local", value: value ? toField(value, stage.zone) : "", ...naming });
  node.addEventListener("change", () => changed(node.value ? fromField(node.value, stage.zone) : null));
  return node;
}

export function richTextField(element, given) {
  const written = typeof given.value === "string" ? given.value : (given.value?.elements ?? []).map((section) => (section.elements ?? []).map((part) => part.text ?? "").join("")).join("\n");
  return textField({ ...element, multiline: true }, { ...given, value: written });
}
