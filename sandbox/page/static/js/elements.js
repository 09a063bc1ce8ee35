// Every interactive element: finds what draws it, and what happens when it changes.

import { checkboxes, externalSelect, multiSelect, radios, select } from "./choices.js";
import { confirmed } from "./confirm.js";
import { busy, h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { dateField, dateTimeField, richTextField, textField } from "./fields.js";
import { menu } from "./menu.js";
import { picture } from "./picture.js";

const DRAWN_BY = {
  static_select: select, users_select: select, channels_select: select, conversations_select: select,
  external_select: externalSelect, multi_external_select: externalSelect,
  multi_static_select: multiSelect, multi_users_select: multiSelect,
  multi_channels_select: multiSelect, multi_conversations_select: multiSelect,
  radio_buttons: radios, checkboxes,
  datepicker: dateField, timepicker: dateField, datetimepicker: dateTimeField,
  plain_text_input: textField, number_input: textField, email_text_input: textField, url_text_input: textField,
  rich_text_input: richTextField,
};

/** Groups name themselves by `aria-labelledby`; a label's `for` only reaches a single control. */
export const GROUPS = new Set(["radio_buttons", "checkboxes"]);

export function drawn(element, block, stage, naming = {}) {
  if (element.type === "button" || element.type === "workflow_button") return button(element, block, stage);
  if (element.type === "icon_button") return button({ ...element, text: element.text ?? { text: element.icon } }, block, stage);
  if (element.type === "overflow") return overflow(element, block, stage);
  if (element.type === "feedback_buttons") return feedback(element, block, stage);
  if (element.type === "image") return picture(element, "thumb");
  const draw = DRAWN_BY[element.type];
  return draw ? holding(draw, element, block, stage, naming) : unsupported(element.type === "file_input" ? "File upload" : element.type);
}

export const unsupported = (what) => h("p", { class: "unsupported", text: `${what} is not supported in the sandbox.` });

/** An element that holds a value, begun with what the state has. */
function holding(draw, element, block, stage, naming) {
  const place = { blockId: block.block_id, actionId: element.action_id };
  const entry = stage.entry(place.blockId, place.actionId);
  const dispatches = block.type !== "input" || Boolean(block.dispatch_action);
  const typed = (value) => stage.put(place.blockId, place.actionId, value);
  const changed = async (value) => {
    if (!dispatches) return typed(value);
    if (!(await confirmed(element.confirm, stage))) return false;
    await stage.act(place.blockId, place.actionId, value);
    return true;
  };
  const named = "aria-labelledby" in naming || "id" in naming ? naming : { "aria-label": nameOf(element, block), ...naming };
  named["data-field"] = fieldOf(element, block);
  return draw(element, { value: valueOf(entry), entry, changed, typed, naming: named, stage, place, dispatches });
}

/** What finds an element again after its part of the page was redrawn. */
const fieldOf = (element, block) => `${block.block_id}|${element.action_id}`;

function nameOf(element, block) {
  return withEmoji(element.placeholder?.text ?? element.accessibility_label ?? block.text?.text ?? element.action_id ?? element.type);
}

/** The value in an entry of `state.values`: `{type, selected_option: {…}}` and its likes. */
export function valueOf(entry) {
  const [, value] = Object.entries(entry ?? {}).find(([key]) => key !== "type") ?? [];
  const single = (one) => (one && typeof one === "object" && "text" in one && "value" in one ? one.value : one);
  return Array.isArray(value) ? value.map(single) : single(value);
}

function button(element, block, stage) {
  const text = withEmoji(element.text?.text ?? "");
  const attributes = { class: `button ${element.style ?? ""}`, "aria-label": element.accessibility_label, "data-field": fieldOf(element, block) };
  const press = async (control) => {
    if (await confirmed(element.confirm, stage)) await busy(control, () => stage.act(block.block_id, element.action_id, null));
  };
  if (/^https?:/i.test(element.url ?? "")) {
    const tell = () => stage.act(block.block_id, element.action_id, null);
    return h("a", { ...attributes, href: element.url, target: "_blank", rel: "noopener noreferrer", onclick: tell, text });
  }
  return h("button", { type: "button", ...attributes, onclick: (event) => press(event.currentTarget), text });
}

function overflow(element, block, stage) {
  const more = h("button", { type: "button", class: "button more", "aria-label": "More options", "data-field": fieldOf(element, block), text: "⋯" });
  const choose = async (option) => {
    if (await confirmed(element.confirm, stage)) await busy(more, () => stage.act(block.block_id, element.action_id, option.value ?? option.text.text));
    if (/^https?:/i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
  };
  const items = element.options.map((option) => ({
    label: withEmoji(option.text.text), detail: option.description?.text, choose: () => choose(option),
  }));
  return menu(more, items, "More options");
}

function feedback(element, block, stage) {
  const one = (choice) => h("button", { type: "button", class: "button", "aria-label": choice?.accessibility_label, text: withEmoji(choice?.text?.text ?? ""), onclick: (event) =>
    busy(event.currentTarget, () => stage.act(block.block_id, element.action_id, choice.value)) });
  return h("span", { class: "row" }, one(element.positive_button), one(element.negative_button));
}
