// Tables: the table and data_table blocks, and those that markdown and charts need.

import { h } from "./dom.js";
import { richText } from "./richtext.js";

function cell(content, context) {
  if (content?.type === "rich_text") return richText(content, context);
  const shown = content?.text ?? content?.value ?? content ?? "";
  return typeof shown === "object" ? String(shown.text ?? "") : String(shown);
}

/** Rows of ready nodes; the first row is the heading. */
export function tableOf(rows, { caption, settings = [] } = {}) {
  const side = (column) => `align-${settings[column]?.align ?? "left"}`;
  const [head = [], ...body] = rows;
  return h(
    "div", { class: "table-frame", tabindex: "0", role: "group", "aria-label": caption || "Table" },
    h(
      "table", {},
      caption ? h("caption", { text: caption }) : null,
      h("thead", {}, h("tr", {}, head.map((inside, column) => h("th", { scope: "col", class: side(column) }, inside)))),
      h("tbody", {}, body.map((row) => h("tr", {}, row.map((inside, column) => h("td", { class: side(column) }, inside))))),
    ),
  );
}

export function table(block, context) {
  const rows = (block.rows ?? []).map((row) => (row.cells ?? row).map((content) => cell(content, context)));
  return tableOf(rows, { caption: block.caption?.text ?? block.caption, settings: block.column_settings ?? [] });
}
