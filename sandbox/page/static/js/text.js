// Text objects: mrkdwn formatted, plain_text as it stands.

import { fragment, h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

const lines = (text) => text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));

/** Nodes for a text object; emoji stay as typed where they are turned off. */
export function text(object, stage) {
  if (!object) return "";
  if (object.type === "mrkdwn") return mrkdwn(object.text, stage);
  return fragment(lines(object.emoji === false ? object.text : withEmoji(object.text ?? "")));
}
