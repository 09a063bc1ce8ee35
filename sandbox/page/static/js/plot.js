// The drawing of a chart: axes with round numbers, bars, lines, areas and pies as SVG nodes.

import { svg } from "./dom.js";

const WIDE = 520;
const NARROW = 320;
export const HIGH = 220;
const LEFT = 46;
const RIGHT = 8;
const TOP = 12;
const BOTTOM = 28;
const LABEL = 62;
const RADIUS = 92;
export const COLOURS = 8;

export const short = (value) => new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 }).format(value);
const cut = (label) => (label.length > 11 ? `${label.slice(0, 10)}…` : label);
const colour = (at) => `series-${at % COLOURS}`;

function named(node, words) {
  node.append(svg("title", {}, words));
  return node;
}

/** About four steps of 1, 2 or 5 times a power of ten that hold both ends. */
export function ticks(low, high) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** How wide to draw: letters are part of the drawing, and one that a phone shrinks could not be read. */
export const width = () => (matchMedia("(max-width: 480px)").matches ? NARROW : WIDE);

/** The drawing of series over categories, `wide` units wide; a series may leave a category out. */
export function plotted(kind, series, categories, wide) {
  const values = series.map((one) => categories.map((label) => one.data.find((point) => point.label === label)?.value ?? null));
  const numbers = values.flat().filter((value) => value !== null).map(Number);
  const marks = ticks(Math.min(0, ...numbers), Math.max(0, ...numbers));
  const [low, high] = [marks[0], marks.at(-1)];
  const scale = {
    wide,
    step: (wide - LEFT - RIGHT) / Math.max(categories.length, 1),
    y: (value) => HIGH - BOTTOM - ((value - low) / (high - low || 1)) * (HIGH - BOTTOM - TOP),
    words: (at, where) => `${series[at].name}, ${categories[where]}: ${values[at][where]}`,
  };
  const shapes = kind === "bar" ? bars(values, scale) : values.flatMap((row, at) => curve(row, at, scale, kind === "area"));
  return [...grid(marks, scale), ...shapes, ...labels(categories, scale)];
}

function grid(marks, { y, wide }) {
  return marks.flatMap((value) => [
    svg("line", { x1: LEFT, x2: wide - RIGHT, y1: y(value), y2: y(value), class: value === 0 ? "grid zero" : "grid" }),
    svg("text", { x: LEFT - 8, y: y(value) + 4, class: "tick end" }, short(value)),
  ]);
}

function labels(categories, { step }) {
  const every = Math.max(1, Math.ceil(LABEL / step));
  const shown = categories.map((label, at) => (at % every ? null : svg("text", { x: LEFT + step * (at + 0.5), y: HIGH - 9, class: "tick middle" }, cut(label))));
  return shown.filter(Boolean);
}

function bars(values, { step, y, words }) {
  const width = Math.min((step * 0.7) / values.length, 48);
  const start = (step - width * values.length) / 2;
  return values.flatMap((row, at) =>
    row.flatMap((value, where) => {
      if (value === null) return [];
      const high = Math.max(Math.abs(y(Number(value)) - y(0)), 1);
      const place = { x: LEFT + step * where + start + width * at, y: Math.min(y(Number(value)), y(0)), width: Math.max(width - 2, 1), height: high };
      return named(svg("rect", { ...place, rx: 2, class: colour(at) }), words(at, where));
    }),
  );
}

function curve(row, at, { step, y, words }, filled) {
  const points = row.map((value, where) => ({ where, x: LEFT + step * (where + 0.5), y: y(Number(value)), none: value === null })).filter((one) => !one.none);
  const line = points.map((one) => `${one.x},${one.y}`).join(" ");
  const dots = points.map((one) => named(svg("circle", { cx: one.x, cy: one.y, r: 3.5, class: colour(at) }), words(at, one.where)));
  const ground = points.length ? `${points.at(-1).x},${y(0)} ${points[0].x},${y(0)}` : "";
  const area = filled ? [svg("polygon", { points: `${line} ${ground}`, class: `area ${colour(at)}` })] : [];
  return [...area, svg("polyline", { points: line, class: `line ${colour(at)}` }), ...dots];
}

const MIDDLE = { x: HIGH / 2, y: HIGH / 2 };
const onRim = (share) => `${MIDDLE.x + RADIUS * Math.sin(2 * Math.PI * share)},${MIDDLE.y - RADIUS * Math.cos(2 * Math.PI * share)}`;

export function pie(segments) {
  const whole = segments.reduce((sum, one) => sum + Number(one.value), 0) || 1;
  let start = 0;
  return segments.map((one, at) => {
    const share = Number(one.value) / whole;
    const [from, to] = [onRim(start), onRim(start + Math.min(share, 0.9999))];
    start += share;
    const path = `M${MIDDLE.x},${MIDDLE.y} L${from} A${RADIUS},${RADIUS} 0 ${share > 0.5 ? 1 : 0} 1 ${to} Z`;
    return named(svg("path", { d: path, class: `slice ${colour(at)}` }), `${one.label}: ${one.value} (${percent(share)})`);
  });
}

export const percent = (share) => new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 }).format(share);
