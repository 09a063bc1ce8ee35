// Elements in which one chooses: selects, multi selects, radio buttons, checkboxes.

import { h, uid } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

const plain = (text) => withEmoji(text?.text ?? "");
const shown = (text, stage) => (text?.type === "mrkdwn" ? mrkdwn(text.text, stage) : plain(text));

/** What can be chosen, as `[group label or "", [{value, label}]]`. */
function groups(element, stage) {
  const option = (one) => ({ value: one.value, label: plain(one.text) });
  if (element.option_groups) return element.option_groups.map((group) => [plain(group.label), group.options.map(option)]);
  if (element.options) return [["", element.options.map(option)]];
  const kind = element.type.replace("multi_", "").replace("_select", "");
  return [["", stage.directory[kind] ?? []]];
}

export function select(element, { value, changed, naming, stage }) {
  const choose = (one) => h("option", { value: one.value, text: one.label, selected: one.value === value });
  const options = groups(element, stage).map(([label, all]) => (label ? h("optgroup", { label }, all.map(choose)) : all.map(choose)));
  const node = h("select", { ...naming }, h("option", { value: "", text: plain(element.placeholder) || "Choose…" }), options);
  let before = value ?? "";
  node.addEventListener("change", async () => {
    if ((await changed(node.value || null)) === false) node.value = before;
    else before = node.value;
  });
  return node;
}

/** A radio button or checkbox with its label and description beneath. */
function tick(type, name, option, checked, stage) {
  const detail = option.description ? uid("detail") : undefined;
  return h("label", { class: "tick" },
    h("input", { type, name, value: option.value, checked, "aria-describedby": detail }),
    h("span", {}, shown(option.text, stage), detail ? h("small", { id: detail }, shown(option.description, stage)) : null));
}

function group(element, kind, { value, changed, naming, stage }) {
  const name = uid("choice");
  const chosen = [value ?? []].flat();
  const ticks = element.options.map((option) => tick(kind, name, option, chosen.includes(option.value), stage));
  const node = h("div", { class: "ticks", role: kind === "radio" ? "radiogroup" : "group", ...naming }, ticks);
  const picked = () => [...node.querySelectorAll("input:checked")].map((input) => input.value);
  let before = chosen;
  node.addEventListener("change", async () => {
    const now = picked();
    if ((await changed(kind === "radio" ? now[0] : now)) === false) {
      for (const input of node.querySelectorAll("input")) input.checked = before.includes(input.value);
    } else before = now;
  });
  return node;
}

export const radios = (element, given) => group(element, "radio", given);
export const checkboxes = (element, given) => group(element, "checkbox", given);

/** A closed list that says how many are chosen, and opens into checkboxes. */
export function multiSelect(element, { value, changed, naming, stage }) {
  const chosen = value ?? [];
  const summary = h("summary", { "aria-describedby": naming["aria-describedby"] });
  const all = groups(element, stage);
  const ticks = all.map(([label, options]) => [
    label ? h("p", { class: "group-label", text: label }) : null,
    options.map((option) => tick("checkbox", "", { value: option.value, text: { text: option.label } }, chosen.includes(option.value), stage)),
  ]);
  const node = h("details", { class: "multi" }, summary, h("div", { class: "ticks", role: "group", ...naming, id: undefined }, ticks));
  summary.id = naming.id ?? uid("multi");
  if (naming["aria-labelledby"]) summary.setAttribute("aria-labelledby", `${naming["aria-labelledby"]} ${summary.id}`);
  const labels = new Map(all.flatMap(([, options]) => options.map((option) => [option.value, option.label])));
  const picked = () => [...node.querySelectorAll("input:checked")].map((input) => input.value);
  const name = () => (summary.textContent = picked().map((one) => labels.get(one)).join(", ") || plain(element.placeholder) || "Choose…");
  node.addEventListener("change", () => {
    name();
    changed(picked());
  });
  name();
  return node;
}

/** A select whose options the app looks up while one types; a choice is an act, as the server asks the app for it once more. */
export function externalSelect(element, { value, entry, naming, stage, place }) {
  const list = h("datalist", { id: uid("found") });
  const now = [entry?.selected_option ?? entry?.selected_options ?? []].flat().map((option) => plain(option.text));
  const node = h("input", { type: "text", list: list.id, autocomplete: "off", placeholder: plain(element.placeholder) || "Type to search…", value: now.join(", "), ...naming });
  const multi = element.type.startsWith("multi_");
  const changed = (chosen) => stage.act(place.blockId, place.actionId, chosen);
  const offered = new Set(now);
  let waiting = 0;
  const look = async () => {
    const found = await stage.suggest(place.blockId, place.actionId, multi ? node.value.split(",").at(-1).trim() : node.value);
    const before = multi && node.value.includes(",") ? `${node.value.slice(0, node.value.lastIndexOf(","))}, ` : "";
    for (const text of found) offered.add(text);
    list.replaceChildren(...found.map((text) => h("option", { value: before + text })));
  };
  node.addEventListener("focus", look);
  node.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 200);
  });
  node.addEventListener("change", () => {
    const all = node.value.split(",").map((text) => text.trim()).filter(Boolean);
    if (multi) changed(all);
    else if (!node.value || offered.has(node.value)) changed(node.value || null);
    else node.value = now.join(", ");
  });
  return h("span", { class: "external", "data-value": value ?? undefined }, node, list);
}
