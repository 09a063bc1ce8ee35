// The data_visualization block: a drawn chart, its legend, and its numbers as a table for those who want or need them.

import { h, svg, uid } from "./dom.js";
import { COLOURS, HIGH, percent, pie, plotted, width } from "./plot.js";
import { tableOf } from "./table.js";

const KINDS = { bar: "Bar chart", line: "Line chart", area: "Area chart", pie: "Pie chart" };

function ofSegments(segments) {
  const whole = segments.reduce((sum, one) => sum + Number(one.value), 0) || 1;
  return {
    drawing: svg("g", {}, ...pie(segments)),
    wide: HIGH,
    legend: segments.map((one) => `${one.label} · ${percent(Number(one.value) / whole)}`),
    rows: [["", "Value", "Share"], ...segments.map((one) => [one.label, String(one.value), percent(Number(one.value) / whole)])],
  };
}

function ofSeries(kind, series, axis) {
  const categories = axis?.categories ?? [...new Set(series.flatMap((one) => one.data.map((point) => point.label)))];
  const wide = width();
  const value = (one, label) => String(one.data.find((point) => point.label === label)?.value ?? "");
  return {
    drawing: svg("g", {}, ...plotted(kind, series, categories, wide)),
    wide,
    legend: series.map((one) => one.name),
    rows: [[axis?.x_label ?? "", ...series.map((one) => one.name)], ...categories.map((label) => [label, ...series.map((one) => value(one, label))])],
  };
}

export function chart(block) {
  const { type, segments = [], series = [], axis_config: axis } = block.chart ?? {};
  const title = block.title?.text ?? block.title ?? "Chart";
  const { drawing, wide, legend, rows } = type === "pie" ? ofSegments(segments) : ofSeries(type, series, axis);
  const numbers = uid("numbers");
  const axes = [axis?.y_label, axis?.x_label && `by ${axis.x_label.toLowerCase()}`].filter(Boolean).join(" ");
  return h("figure", { class: `chart ${type}` },
    h("figcaption", {}, title, axes ? h("small", { text: axes }) : null),
    h("div", { class: "plot" },
      svg("svg", { viewBox: `0 0 ${wide} ${HIGH}`, role: "img", "aria-label": `${KINDS[type] ?? "Chart"}: ${title}. The numbers follow as a table.`, "aria-describedby": numbers }, drawing),
      h("ul", { class: "legend" }, legend.map((name, at) => h("li", {}, h("i", { class: `swatch series-${at % COLOURS}` }), name)))),
    h("details", { id: numbers }, h("summary", { text: "Show the numbers" }), tableOf(rows, { caption: title })));
}
