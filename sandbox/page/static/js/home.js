// The app's Home tab: redrawn only when the app published it anew.

import { rendered } from "./blocks.js";
import { h, keepingFocus } from "./dom.js";
import { Drafts } from "./drafts.js";
import { stageOn } from "./stage.js";

let home = { id: null, hash: null, drafts: null };

export function showHome(panel, state, context, did) {
  const view = state.home;
  if (view?.id === home.id && view?.hash === home.hash && panel.childElementCount) return;
  if (view?.id !== home.id) home.drafts?.drop();
  const drafts = view && view.id === home.id ? home.drafts : view && new Drafts(view.id);
  home = { id: view?.id ?? null, hash: view?.hash ?? null, drafts };
  const stage = view && stageOn(context, { view: view.id }, view.values, { did, drafts });
  const none = h("p", { class: "empty", text: "The app has not published a home for you yet." });
  keepingFocus(panel, () => panel.replaceChildren(...(view ? rendered(view.blocks, stage) : [none])));
}
