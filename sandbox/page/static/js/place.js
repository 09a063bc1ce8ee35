// Who the tab is and where they look: kept in the address, so that two tabs can be two people.

export function here() {
  const query = new URLSearchParams(location.search);
  return { as: query.get("as") || "", place: query.get("in") || "", tab: query.get("tab") || "" };
}

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
