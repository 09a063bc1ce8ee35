// Dates and times in the zone of the person the tab is.

const LOCALE = "en-US";
const made = new Map();

/** To make a formatter takes far longer than to use it, and a conversation needs each of them hundreds of times. */
function formatter(locale, zone, options) {
  const key = `${locale}|${zone}|${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone || "UTC", ...options }));
  return made.get(key);
}

const format = (epoch, zone, options) => formatter(LOCALE, zone, options).format(new Date(epoch * 1000));

export const clockTime = (epoch, zone) => format(epoch, zone, { hour: "numeric", minute: "2-digit" });
export const dayName = (epoch, zone) => format(epoch, zone, { weekday: "long", month: "long", day: "numeric", year: "numeric" });
export const fullTime = (epoch, zone) =>
  format(epoch, zone, { weekday: "short", month: "short", day: "numeric", year: "numeric", hour: "numeric", minute: "2-digit" });
export const universal = (epoch) => `${new Date(epoch * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;

function parts(epoch, zone) {
  const options = { hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
  const pieces = formatter("en-CA", zone, options).formatToParts(new Date(epoch * 1000));
  return Object.fromEntries(pieces.map(({ type, value }) => [type, value]));
}

/** Seconds since 1970 as the "YYYY-MM-DDTHH:MM" that a date-time field shows in that zone. */
export function toField(epoch, zone) {
  const p = parts(epoch, zone);
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/** The other way round; a time that the clocks skip moves forward. NaN for what is no date. */
export function fromField(field, zone) {
  const wanted = Date.parse(`${field}Z`) / 1000;
  if (Number.isNaN(wanted)) return wanted;
  const shown = (epoch) => Date.parse(`${toField(epoch, zone)}Z`) / 1000;
  const guess = wanted + (wanted - shown(wanted));
  return guess + (wanted - shown(guess));
}

const DAY = 86400;

function pretty(epoch, zone, now, otherwise) {
  const same = (a, b) => toField(a, zone).slice(0, 10) === toField(b, zone).slice(0, 10);
  if (same(epoch, now)) return "Today";
  if (same(epoch, now - DAY)) return "Yesterday";
  return same(epoch, now + DAY) ? "Tomorrow" : otherwise;
}

function ago(epoch, now) {
  const seconds = epoch - now;
  const units = [["day", DAY], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const STYLES = {
  date_num: (epoch, zone) => toField(epoch, zone).slice(0, 10),
  date: (epoch, zone) => format(epoch, zone, { month: "long", day: "numeric", year: "numeric" }),
  date_long: dayName,
  date_short: (epoch, zone) => format(epoch, zone, { month: "short", day: "numeric", year: "numeric" }),
  date_slash: (epoch, zone) => format(epoch, zone, { month: "2-digit", day: "2-digit", year: "numeric" }),
  time: clockTime,
  time_secs: (epoch, zone) => format(epoch, zone, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (epoch, _zone, now) => ago(epoch, now),
};

/** Slack's date format ("{date_short} at {time}") filled in; a placeholder it does not know stays. */
export function slackDate(epoch, pattern, zone, now) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    const base = name.replace(/_pretty$/, "");
    const style = STYLES[base] ?? (base === "day_divider" ? dayName : null);
    if (!style) return whole;
    const plain = style(epoch, zone, now);
    return base === name ? plain : pretty(epoch, zone, now, plain);
  });
}
