// The data_visualization block drawn as plain SVG, with its numbers as a table for those who want them.

import { h, svg } from "./dom.js";
import { tableOf } from "./table.js";

const WIDE = 480;
const HIGH = 200;
const LEFT = 44;
const BOTTOM = 26;

function axisMarks(low, high) {
  const y = (value) => HIGH - BOTTOM - ((value - low) / (high - low || 1)) * (HIGH - BOTTOM - 12);
  const marks = [low, (low + high) / 2, high].map((value) => [
    svg("line", { x1: LEFT, x2: WIDE, y1: y(value), y2: y(value), class: "grid" }),
    svg("text", { x: LEFT - 6, y: y(value) + 4, class: "tick end" }, short(value)),
  ]);
  return { y, marks: marks.flat() };
}

const short = (value) => new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 }).format(value);

function plotted(chart, categories) {
  const values = chart.series.map((one) => categories.map((label) => Number(one.data.find((point) => point.label === label)?.value ?? 0)));
  const flat = values.flat();
  const { y, marks } = axisMarks(Math.min(0, ...flat), Math.max(0, ...flat) || 1);
  const step = (WIDE - LEFT) / categories.length;
  const draw = chart.type === "bar" ? bars : curves;
  const every = Math.ceil(categories.length / 8);
  const labels = categories.map((label, at) =>
    at % every ? "" : svg("text", { x: LEFT + step * (at + 0.5), y: HIGH - 8, class: "tick middle" }, label.length > 11 ? `${label.slice(0, 10)}…` : label),
  );
  return [...marks, ...draw(values, { y, step, area: chart.type === "area" }), ...labels];
}

function bars(values, { y, step }) {
  const width = (step * 0.7) / values.length;
  return values.flatMap((row, series) =>
    row.map((value, at) => {
      const top = Math.min(y(value), y(0));
      const x = LEFT + step * at + step * 0.15 + width * series;
      return svg("rect", { x, y: top, width: Math.max(width - 1, 1), height: Math.max(Math.abs(y(value) - y(0)), 1), rx: 2, class: `series-${series % 6}` });
    }),
  );
}

function curves(values, { y, step, area }) {
  return values.flatMap((row, series) => {
    const points = row.map((value, at) => [LEFT + step * (at + 0.5), y(value)]);
    const line = points.map(([x, top]) => `${x},${top}`).join(" ");
    const dots = points.map(([cx, cy]) => svg("circle", { cx, cy, r: 3, class: `series-${series % 6}` }));
    const ground = `${points.at(-1)?.[0]},${y(0)} ${points[0]?.[0]},${y(0)}`;
    const filling = area ? [svg("polygon", { points: `${line} ${ground}`, class: `area series-${series % 6}` })] : [];
    return [...filling, svg("polyline", { points: line, class: `line series-${series % 6}` }), ...dots];
  });
}

function pie(segments) {
  const whole = segments.reduce((sum, segment) => sum + Number(segment.value), 0) || 1;
  const at = (share) => [WIDE / 2 + 86 * Math.sin(2 * Math.PI * share), HIGH / 2 - 86 * Math.cos(2 * Math.PI * share)];
  let start = 0;
  return segments.map((segment, index) => {
    const share = Number(segment.value) / whole;
    const [from, to] = [at(start), at(start + Math.min(share, 0.9999))];
    start += share;
    const path = `M${WIDE / 2},${HIGH / 2} L${from} A86,86 0 ${share > 0.5 ? 1 : 0} 1 ${to} Z`;
    return svg("path", { d: path, class: `slice series-${index % 6}` });
  });
}

export function chart(block) {
  const what = block.chart ?? {};
  const title = block.title?.text ?? block.title ?? "Chart";
  const segments = what.segments ?? [];
  const series = what.series ?? [];
  const categories = what.axis_config?.categories ?? [...new Set(series.flatMap((one) => one.data.map((point) => point.label)))];
  const drawn = what.type === "pie" ? pie(segments) : plotted({ ...what, series }, categories);
  const rows = what.type === "pie"
    ? [["", "Value"], ...segments.map((segment) => [segment.label, String(segment.value)])]
    : [["", ...series.map((one) => one.name)], ...categories.map((label) => [label, ...series.map((one) => String(one.data.find((point) => point.label === label)?.value ?? ""))])];
  const names = what.type === "pie" ? segments.map((segment) => segment.label) : series.map((one) => one.name);
  return h(
    "figure", { class: "chart" },
    h("figcaption", { text: title }),
    svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": `${title} (${what.type ?? "chart"})` }, ...drawn),
    h("ul", { class: "legend" }, names.map((name, index) => h("li", {}, h("i", { class: `swatch series-${index % 6}` }), name))),
    h("details", {}, h("summary", { text: "Show the numbers" }), tableOf(rows, { caption: title })),
  );
}
