// Blocks that hold others or stand for something to open: card, carousel, container, video.

import { rendered } from "./blocks.js";
import { h, link } from "./dom.js";
import { drawn } from "./elements.js";
import { picture } from "./picture.js";
import { richText } from "./richtext.js";
import { text } from "./text.js";

const line = (tag, className, object, stage) => (object ? h(tag, { class: className }, text(object, stage)) : null);

export function card(block, stage) {
  const buttons = (block.actions ?? []).map((element) => drawn(element, block, stage));
  return h("div", { class: "block card" },
    block.hero_image ? picture(block.hero_image, "hero") : null,
    h("div", { class: "card-head" },
      block.icon ? picture(block.icon, "card-icon") : null,
      h("div", {}, line("p", "heading", block.title, stage), line("p", "hint", block.subtitle, stage))),
    line("div", "card-body", block.body, stage),
    line("p", "hint", block.subtext, stage),
    buttons.length ? h("div", { class: "actions" }, buttons) : null);
}

/** Cards side by side; the row scrolls, with the keyboard too. */
export function carousel(block, stage) {
  return h("div", { class: "block carousel", role: "group", "aria-label": "Cards", tabindex: "0" }, rendered(block.elements ?? [], stage));
}

export function container(block, stage) {
  const title = block.rich_text_title ? richText(block.rich_text_title, stage) : text(block.title, stage);
  const head = [block.icon ? picture(block.icon, "card-icon") : null, h("div", {}, h("div", { class: "heading" }, title), line("p", "hint", block.subtitle, stage))];
  const inside = h("div", { class: "container-body" }, rendered(block.child_blocks ?? [], stage));
  const look = `block container ${block.has_header_divider ? "divided" : ""}`;
  if (!block.is_collapsible) return h("div", { class: look }, h("div", { class: "card-head" }, head), inside);
  return h("details", { class: look, open: !block.default_collapsed }, h("summary", { class: "card-head" }, head), inside);
}

/** The sandbox plays nothing: a video is its picture and a link. */
export function video(block, stage) {
  const from = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h("div", { class: "block card video" },
    h("p", { class: "heading" }, link(block.title_url ?? block.video_url, text(block.title, stage))),
    from ? h("p", { class: "hint", text: from }) : null,
    line("p", "", block.description, stage),
    block.thumbnail_url ? link(block.video_url, picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "hero")) : null);
}
