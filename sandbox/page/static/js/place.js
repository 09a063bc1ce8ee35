// Who the tab is and where they look: kept in the address, so that two tabs can be two people.

export const AT_FIRST = 40;
export const MORE = 60;
let newest = AT_FIRST;

export function here() {
  const query = new URLSearchParams(location.search);
  return { as: query.get("as") || "", place: query.get("in") || "", tab: query.get("tab") || "" };
}

/** What every request says of the tab: who, where, and how many of the newest messages it shows. */
export function whereabouts() {
  const { as, place } = here();
  return { as, in: place, newest };
}

/** How far back the tab looks; says whether that changed. */
export function lookBack(count) {
  const changed = count !== newest;
  newest = count;
  return changed;
}

export const lookingBack = () => newest;

/** Changes the address; what is not named stays, an empty value is left out. */
export function addressOf(changes) {
  const now = here();
  const next = { as: now.as, in: now.place, tab: now.tab, ...changes };
  const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value));
  return `?${query}`;
}

export function go(changes) {
  history.pushState(null, "", addressOf(changes));
}
