// The rich_text block: sections, lists, quotes and preformatted text with their styled parts.

import { slackDate } from "./dates.js";
import { h, link } from "./dom.js";
import { emojiNode, mention } from "./mrkdwn.js";

const STYLES = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];

const PARTS = {
  text: (part) => broken(part.text ?? ""),
  link: (part) => link(part.url, part.text || part.url),
  emoji: (part) => emojiNode(part.name) ?? `:${part.name}:`,
  user: (part, context) => mention("@", context.users[part.user_id] ?? part.user_id),
  channel: (part, context) => mention("#", context.channels[part.channel_id] ?? part.channel_id),
  usergroup: (part) => mention("@", part.usergroup_id),
  team: (part) => mention("@", part.team_id),
  broadcast: (part) => mention("@", part.range),
  color: (part) => h("code", { text: part.value }),
  date: (part, context) => slackDate(part.timestamp, part.format, context.zone, context.now()),
};

function broken(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function part(element, context) {
  const made = (PARTS[element.type] ?? ((other) => `[${other.type}]`))(element, context);
  return STYLES.reduce((inside, [style, tag]) => (element.style?.[style] ? h(tag, {}, inside) : inside), made);
}

const parts = (element, context) => (element.elements ?? []).map((one) => part(one, context));

function list(element, context) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = tag === "ol" && element.offset ? element.offset + 1 : undefined;
  return h(tag, { class: `indent-${Math.min(element.indent ?? 0, 8)}`, start }, element.elements.map((item) => h("li", {}, parts(item, context))));
}

const PIECES = {
  rich_text_section: (element, context) => h("p", {}, parts(element, context)),
  rich_text_quote: (element, context) => h("blockquote", {}, parts(element, context)),
  rich_text_preformatted: (element, context) => h("pre", {}, h("code", {}, parts(element, context))),
  rich_text_list: list,
};

export function richText(block, context) {
  return h("div", { class: "rich-text" }, (block.elements ?? []).map((element) => (PIECES[element.type] ?? PIECES.rich_text_section)(element, context)));
}
