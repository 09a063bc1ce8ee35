// The markdown block: the common subset of Markdown that apps write, to DOM nodes.

import { h, link } from "./dom.js";
import { emojiNode } from "./mrkdwn.js";
import { tableOf } from "./table.js";

const INLINE =
  /\\([\\`*_{}[\]()#+\-.!~>|])|`([^`]+)`|\*\*([^*\n]+?)\*\*|__([^_\n]+?)__|\*([^*\n]+?)\*|(?<!\w)_([^_\n]+?)_(?!\w)|~~([^~\n]+?)~~|!?\[([^\]]*)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])|:([a-z0-9_+'-]+):|(\n)/gi;

function inline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const node = token(match);
    if (node === null) continue;
    nodes.push(text.slice(at, match.index), node);
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)];
}

function token([, escaped, code, bold, bold2, italic, italic2, strike, label, address, bare, shortcode]) {
  if (escaped) return escaped;
  if (code) return h("code", { text: code });
  if (bold ?? bold2) return h("strong", {}, inline(bold ?? bold2));
  if (italic ?? italic2) return h("em", {}, inline(italic ?? italic2));
  if (strike) return h("s", {}, inline(strike));
  if (address) return link(address, label || address);
  if (bare) return link(bare);
  return shortcode ? emojiNode(shortcode) : h("br");
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => inline(cell.trim()));

/** Each kind: how its first line looks, which lines go on with it, and what it becomes. */
const KINDS = [
  [/^#{1,6}\s/, null, ([line]) => h("p", { class: "heading" }, inline(line.replace(/^#+\s+/, "")))],
  [/^(-{3,}|\*{3,}|_{3,})\s*$/, null, () => h("hr")],
  [/^>/, /^>/, (all) => h("blockquote", {}, inline(all.map((line) => line.replace(/^>\s?/, "")).join("\n")))],
  [/^\s*[-*+]\s+/, /^\s*[-*+]\s+|^\s{2,}\S/, (all) => list("ul", all)],
  [/^\s*\d+[.)]\s+/, /^\s*\d+[.)]\s+|^\s{2,}\S/, (all) => list("ol", all)],
  [/^\|.*\|\s*$/, /^\|/, (all) => tableOf(all.filter((line) => !/^[|\s:-]+$/.test(line)).map(cells))],
];

function list(tag, all) {
  const item = (line) => {
    const task = /^\[([ x])\]\s+/i.exec(line.replace(/^\s*([-*+]|\d+[.)])\s+/, ""));
    const words = line.replace(/^\s*([-*+]|\d+[.)])\s+/, "").replace(/^\[[ x]\]\s+/i, "");
    const depth = Math.min(Math.floor((line.length - line.trimStart().length) / 2), 8);
    return h("li", { class: `indent-${depth}` }, task ? (task[1] === " " ? "☐ " : "☑ ") : null, inline(words));
  };
  return h(tag, {}, all.map(item));
}

export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  while (lines.length) nodes.push(next(lines));
  return h("div", { class: "markdown" }, nodes.flat());
}

function next(lines) {
  if (!lines[0].trim()) return lines.shift() && [];
  if (lines[0].startsWith("```")) return fence(lines);
  const kind = KINDS.find(([first]) => first.test(lines[0]));
  if (!kind) return h("p", {}, inline(taken(lines, (line) => line.trim() && !KINDS.some(([first]) => first.test(line))).join("\n")));
  const [, following, make] = kind;
  return make(following ? taken(lines, (line) => following.test(line)) : [lines.shift()]);
}

function taken(lines, wanted) {
  const all = [lines.shift()];
  while (lines.length && wanted(lines[0])) all.push(lines.shift());
  return all;
}

function fence(lines) {
  const all = taken(lines, (line) => !line.startsWith("```"));
  lines.shift();
  return h("pre", {}, h("code", { text: all.slice(1).join("\n") }));
}
