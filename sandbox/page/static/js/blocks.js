// Block Kit to DOM nodes. A block the page does not know becomes a labelled box, never nothing.

import { chart } from "./chart.js";
import { fragment, h, link, uid } from "./dom.js";
import { drawn, GROUPS } from "./elements.js";
import { withEmoji } from "./emoji.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { table } from "./table.js";

const lines = (text) => text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));

/** A text object: mrkdwn formatted, plain_text as it stands (with emoji unless they are turned off). */
export function text(object, stage) {
  if (!object) return "";
  if (object.type === "mrkdwn") return mrkdwn(object.text, stage);
  return fragment(lines(object.emoji === false ? object.text : withEmoji(object.text ?? "")));
}

function section(block, stage) {
  return h("div", { class: "block section" },
    h("div", { class: "section-text" },
      block.text ? h("div", {}, text(block.text, stage)) : null,
      block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, text(field, stage)))) : null),
    block.accessory ? h("div", { class: "accessory" }, drawn(block.accessory, block, stage)) : null);
}

const actions = (block, stage) => h("div", { class: "block actions" }, block.elements.map((element) => drawn(element, block, stage)));

function context(block, stage) {
  const part = (element) => (element.type === "image" ? h("img", { src: element.image_url, alt: element.alt_text }) : h("span", {}, text(element, stage)));
  return h("div", { class: "block context" }, block.elements.map(part));
}

function image(block) {
  const address = block.image_url ?? block.slack_file?.url;
  const title = block.title?.text ? h("figcaption", { text: withEmoji(block.title.text) }) : null;
  return h("figure", { class: "block image" }, title, address ? h("img", { src: address, alt: block.alt_text }) : h("p", { class: "unsupported", text: block.alt_text }));
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

const LEVELS = { info: "ℹ️", warning: "⚠️", error: "⛔", success: "✅" };

function alert(block, stage) {
  const level = block.level ?? "default";
  return h("div", { class: `block alert ${level}`, role: level === "error" ? "alert" : "note" },
    LEVELS[level] ? h("span", { "aria-hidden": "true", text: LEVELS[level] }) : null, h("div", {}, text(block.text, stage)));
}

function card(block, stage) {
  return h("div", { class: "block card" },
    block.hero_image ? h("img", { src: block.hero_image.image_url, alt: block.hero_image.alt_text ?? "" }) : null,
    block.title ? h("p", { class: "heading" }, text(block.title, stage)) : null,
    block.subtitle ? h("p", { class: "hint" }, text(block.subtitle, stage)) : null,
    block.body ? h("div", {}, text(block.body, stage)) : null,
    block.actions ? h("div", { class: "actions" }, block.actions.map((element) => drawn(element, block, stage))) : null);
}

const nested = (block, stage) => h("div", { class: "block container" },
  block.title ? h("p", { class: "heading" }, text(block.title, stage)) : null,
  rendered(block.child_blocks ?? block.blocks ?? block.children ?? block.elements ?? block.cards ?? [], stage));

const video = (block, stage) => h("div", { class: "block video" },
  block.thumbnail_url ? h("img", { src: block.thumbnail_url, alt: block.alt_text }) : null,
  h("p", { class: "heading" }, link(block.title_url ?? block.video_url, text(block.title, stage))),
  block.description ? h("p", {}, text(block.description, stage)) : null);

const KINDS = {
  section, actions, context_actions: actions, context, image, input, alert, card, video,
  carousel: nested, container: nested,
  header: (block, stage) => h("h3", { class: "block header" }, text(block.text, stage)),
  divider: () => h("hr", { class: "block divider" }),
  rich_text: (block, stage) => h("div", { class: "block" }, richText(block, stage)),
  table: (block, stage) => h("div", { class: "block" }, table(block, stage)),
  data_table: (block, stage) => h("div", { class: "block" }, table(block, stage)),
  data_visualization: (block) => h("div", { class: "block" }, chart(block)),
  markdown: (block) => h("div", { class: "block" }, markdown(block.text)),
};

function unknown(block) {
  return h("details", { class: "block unknown" },
    h("summary", { text: `A ${block.type} block, which the sandbox cannot draw` }),
    h("pre", {}, h("code", { text: JSON.stringify(block, null, 2) })));
}

/** `stage` says who looks, what the elements hold, and what happens when they are used. */
export function rendered(blocks, stage) {
  return blocks.map((block) => (KINDS[block.type] ?? unknown)(block, stage));
}
