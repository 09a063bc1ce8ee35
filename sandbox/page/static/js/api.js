// Speaks with the sandbox: small JSON requests, and one stream that brings whatever changes.

import { here } from "./place.js";

const GONE = "The sandbox does not answer. Is it still running?";

/** Sends what the person did. Returns `{seen, state}`; a failure comes back as a `seen` with its sentence. */
export async function post(path, body = {}, options = {}) {
  const { as, place } = here();
  try {
    const reply = await fetch(`/page/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as, in: place, ...body }),
      ...options,
    });
    return await reply.json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return { seen: { ok: false, text: GONE, errors: {} } };
    throw error;
  }
}

export async function get(path, query = {}) {
  const { as, place } = here();
  const reply = await fetch(`/page/${path}?${new URLSearchParams({ as, in: place, ...query })}`);
  return reply.json();
}

let source = null;

/** Keeps `onState` told of every change for whom and where the address says, until called again. */
export function follow(onState, onBroken) {
  stopFollowing();
  const { as, place } = here();
  source = new EventSource(`/page/stream?${new URLSearchParams({ as, in: place })}`);
  source.addEventListener("state", (event) => onState(JSON.parse(event.data)));
  source.addEventListener("open", () => onBroken(""));
  source.addEventListener("error", () => onBroken(GONE));
}

/** A browser allows six connections to one server: a tab nobody looks at must not keep one. */
export function stopFollowing() {
  source?.close();
  source = null;
}
