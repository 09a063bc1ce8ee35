// What blocks need to know where they stand: names, time, what elements hold, and how to act.

import { get, post } from "./api.js";

/** Names and time for the person the tab is, from the state the server sent. */
export function contextOf(state, now) {
  const named = (list) => Object.fromEntries(list.map((one) => [one.value, one.label]));
  return {
    users: named(state.directory.everybody),
    channels: named(state.directory.channels),
    directory: state.directory,
    zone: state.me.zone,
    now,
  };
}

/**
 * A stage on a message or view; `holder` is `{message: ts}` or `{view: id}`, `entries` its state values.
 * `did(answer, again)` is told what came of an act, and how to repeat it.
 */
export function stageOn(context, holder, entries, { did, drafts }) {
  const act = async (block, action, value) => {
    const send = () => post("act", { holder, block, action, value });
    did(await (drafts ? drafts.queue(send) : send()), () => act(block, action, value));
  };
  return {
    ...context,
    entry: (block, action) => drafts?.entry(block, action) ?? entries?.[block]?.[action],
    put: (block, action, value) => drafts?.put(block, action, value),
    act,
    suggest: async (block, action, query) => (await get("suggestions", { ...holder, block, action, query }))?.options ?? [],
  };
}
