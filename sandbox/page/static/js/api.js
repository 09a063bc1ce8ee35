// Speaks with the sandbox: small JSON requests, and one stream that brings whatever changes.

import { whereabouts } from "./place.js";

const GONE = "The sandbox does not answer. Is it still running?";

/** Sends what the person did. Returns `{seen, state}`; a failure comes back as a `seen` with its sentence. */
export async function post(path, body = {}, options = {}) {
  try {
    const reply = await fetch(`/page/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...whereabouts(), ...body }),
      ...options,
    });
    return await reply.json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return { seen: { ok: false, text: GONE, errors: {}, again: true } };
    throw error;
  }
}

/** Asks for something; undefined when the sandbox does not answer. */
export async function get(path, query = {}) {
  try {
    const reply = await fetch(`/page/${path}?${new URLSearchParams({ ...whereabouts(), ...query })}`);
    return await reply.json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

let source = null;

/** Keeps `onState` told of every change for whom and where the address says, until called again. */
export function follow(onState, onBroken) {
  stopFollowing();
  source = new EventSource(`/page/stream?${new URLSearchParams(whereabouts())}`);
  source.addEventListener("state", (event) => onState(JSON.parse(event.data)));
  source.addEventListener("open", () => onBroken(""));
  source.addEventListener("error", () => onBroken(GONE));
}

/** A browser allows six connections to one server: a tab nobody looks at must not keep one. */
export function stopFollowing() {
  source?.close();
  source = null;
}
