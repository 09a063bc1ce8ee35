// Block Kit to DOM nodes. A block the page does not know becomes a labelled box, never nothing.

import { card, carousel, container, video } from "./cards.js";
import { chart } from "./chart.js";
import { code, h, uid } from "./dom.js";
import { drawn, GROUPS } from "./elements.js";
import { withEmoji } from "./emoji.js";
import { picture } from "./picture.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { table } from "./table.js";
import { text } from "./text.js";

function section(block, stage) {
  return h("div", { class: "block section" },
    h("div", { class: "section-text" },
      block.text ? h("div", {}, text(block.text, stage)) : null,
      block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, text(field, stage)))) : null),
    block.accessory ? h("div", { class: "accessory" }, drawn(block.accessory, block, stage)) : null);
}

const actions = (block, stage) => h("div", { class: "block actions" }, block.elements.map((element) => drawn(element, block, stage)));

function context(block, stage) {
  const part = (element) => (element.type === "image" ? picture(element) : h("span", {}, text(element, stage)));
  return h("div", { class: "block context" }, block.elements.map(part));
}

function image(block) {
  const title = block.title?.text ? h("figcaption", { text: withEmoji(block.title.text) }) : null;
  return h("figure", { class: "block image" }, title, picture(block));
}

function input(block, stage) {
  const element = block.element ?? {};
  const [id, label, hint, error] = [uid("field"), uid("label"), uid("hint"), uid("error")];
  const describedBy = [block.hint ? hint : "", error].filter(Boolean).join(" ");
  const group = GROUPS.has(element.type);
  const naming = { "aria-describedby": describedBy, ...(group ? { "aria-labelledby": label } : { id }) };
  if (element.type.startsWith("multi_") || element.type === "external_select") naming["aria-labelledby"] = label;
  const words = [text(block.label, stage), block.optional ? h("span", { class: "optional", text: " (optional)" }) : null];
  return h("div", { class: "block input", "data-block": block.block_id },
    group ? h("p", { class: "label", id: label }, words) : h("label", { class: "label", id: label, for: id }, words),
    drawn(element, block, stage, naming),
    block.hint ? h("p", { class: "hint", id: hint }, text(block.hint, stage)) : null,
    h("p", { class: "field-error", id: error, hidden: true }));
}

const LEVELS = { info: "Note", warning: "Warning", error: "Error", success: "Done" };

function alert(block, stage) {
  const level = block.level ?? "default";
  return h("div", { class: `block alert ${level}`, role: level === "error" ? "alert" : "note" },
    LEVELS[level] ? h("strong", { class: "level", text: LEVELS[level] }) : null, h("div", {}, text(block.text, stage)));
}

const KINDS = {
  section, actions, context_actions: actions, context, image, input, alert, card, carousel, container, video,
  header: (block, stage) => h(block.level > 1 ? "h4" : "h3", { class: "block header" }, text(block.text, stage)),
  divider: () => h("hr", { class: "block divider" }),
  rich_text: (block, stage) => h("div", { class: "block" }, richText(block, stage)),
  table: (block, stage) => h("div", { class: "block" }, table(block, stage)),
  data_table: (block, stage) => h("div", { class: "block" }, table(block, stage)),
  data_visualization: (block) => h("div", { class: "block" }, chart(block)),
  markdown: (block) => h("div", { class: "block" }, markdown(block.text)),
};

function unknown(block) {
  return h("details", { class: "block unknown" }, h("summary", { text: `A ${block.type} block, which the sandbox cannot draw` }), code(block));
}

/** `stage` says who looks, what the elements hold, and what happens when they are used. */
export function rendered(blocks, stage) {
  return blocks.map((block) => {
    try {
      return (KINDS[block.type] ?? unknown)(block, stage);
    } catch (error) {
      // One block of an unforeseen shape must not take the whole conversation with it.
      console.error(error);
      return unknown(block);
    }
  });
}
