// Slack's mrkdwn to DOM nodes: formatting, links, mentions, dates, emoji, quotes and code.

import { slackDate } from "./dates.js";
import { fragment, h, link } from "./dom.js";
import { emoji } from "./emoji.js";

const HOLE = /[\uE000-\uF8FF]/g;
const EDGE = "(?<![\\p{L}\\p{N}_])";
const END = "(?![\\p{L}\\p{N}_])";
const ESCAPED = { "*": "\\*", _: "_", "~": "~" };
const around = (mark) => `${EDGE}${ESCAPED[mark]}(?=[^\\s${mark}])([^${mark}\\n]*[^\\s${mark}])${ESCAPED[mark]}${END}`;
const FORMAT = new RegExp(
  [around("*"), around("_"), around("~"), ":([a-z0-9_+'-]+):", "(https?://[^\\s|<>\"]*[^\\s|<>\".,;:!?)])", "([\\uE000-\\uF8FF])", "(\\n)"].join("|"),
  "giu",
);

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** `context` knows `users`, `channels` (id to name), `zone` and `now()`. */
export function mrkdwn(text, context) {
  const pieces = text.replace(HOLE, "\uFFFD").split(/```\n?([\s\S]*?)\n?```\n?/);
  return fragment(
    pieces.map((piece, index) => {
      if (index % 2) return h("pre", {}, h("code", { text: unescaped(piece.replace(/<([^|<>]+\|)?([^<>]+)>/g, "$2")) }));
      return piece ? [...lines(piece, context)] : [];
    }),
  );
}

function* lines(text, context) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quoted = /^(&gt;|>)/.test(line);
    if (groups.at(-1)?.quoted !== quoted) groups.push({ quoted, lines: [] });
    groups.at(-1).lines.push(quoted ? line.replace(/^(&gt;|>) ?/, "") : line);
  }
  for (const group of groups) {
    const inside = inline(group.lines.join("\n"), context);
    yield group.quoted ? h("blockquote", {}, inside) : inside;
  }
}

/** Code and links are lifted out first: a star inside an address must not make half the line bold. */
function inline(text, context) {
  const holes = [];
  const lift = (node) => String.fromCharCode(0xe000 + holes.push(node) - 1);
  const lifted = text
    .replace(/`([^`\n]+)`/g, (_, code) => lift(h("code", { text: unescaped(code) })))
    .replace(/<([^<>\n]+)>/g, (_, inside) => lift(reference(inside, context)));
  return formatted(lifted, holes);
}

function formatted(text, holes) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(FORMAT)) {
    const node = token(match, holes);
    if (!node) continue;
    nodes.push(unescaped(text.slice(at, match.index)), node);
    at = match.index + match[0].length;
  }
  nodes.push(unescaped(text.slice(at)));
  return fragment(nodes);
}

function token([whole, bold, italic, strike, shortcode, address, hole, newline], holes) {
  if (bold) return h("strong", {}, formatted(bold, holes));
  if (italic) return h("em", {}, formatted(italic, holes));
  if (strike) return h("s", {}, formatted(strike, holes));
  if (shortcode) return emojiNode(shortcode);
  if (address) return link(unescaped(address));
  if (hole) return holes[hole.charCodeAt(0) - 0xe000];
  return newline ? h("br") : whole;
}

/** An emoji with its name for screen readers, or null for a shortcode that is none. */
export function emojiNode(name) {
  const character = emoji(name);
  return character ? h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), text: character }) : null;
}

function reference(inside, context) {
  const [target, ...rest] = inside.split("|");
  const label = unescaped(rest.join("|"));
  if (target.startsWith("@")) return mention("@", context.users[target.slice(1)] ?? (label || target.slice(1)));
  if (target.startsWith("#")) return mention("#", context.channels[target.slice(1)] ?? (label || target.slice(1)));
  if (target.startsWith("!date^")) return date(target, label, context);
  if (target.startsWith("!")) return mention("@", label.replace(/^@/, "") || target.slice(1).split("^")[0]);
  if (!/^[a-z][a-z0-9+.-]*:\S/i.test(target)) return h("span", { text: unescaped(`<${inside}>`) });
  const address = unescaped(target);
  return link(address, label || address.replace(/^mailto:/, ""));
}

export const mention = (sign, name) => h("span", { class: "mention", text: sign + name });

function date(target, fallback, context) {
  const [, seconds, pattern, address] = target.split("^");
  const epoch = Number(seconds);
  if (!Number.isFinite(epoch) || !pattern) return h("span", { text: fallback });
  const shown = h("time", { datetime: new Date(epoch * 1000).toISOString(), text: slackDate(epoch, pattern, context.zone, context.now()) });
  return address ? link(unescaped(address), shown) : shown;
}
