// Asks before an action whose element has a `confirm` object.

import { h, uid } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

const shown = (text, context) => (text?.type === "mrkdwn" ? mrkdwn(text.text, context) : text?.text ?? "");

/** Resolves to whether the person agreed; at once where there is nothing to ask. */
export function confirmed(confirm, context) {
  if (!confirm) return Promise.resolve(true);
  const title = uid("confirm");
  const agree = h("button", { type: "submit", value: "yes", class: `button ${confirm.style ?? "primary"}`, text: confirm.confirm?.text ?? "Yes" });
  const deny = h("button", { type: "submit", value: "no", class: "button", text: confirm.deny?.text ?? "Cancel" });
  const dialog = h(
    "dialog", { class: "confirm", "aria-labelledby": title },
    h("form", { method: "dialog" },
      h("h2", { id: title, text: confirm.title?.text ?? "Are you sure?" }),
      h("p", {}, shown(confirm.text, context)),
      h("div", { class: "dialog-foot" }, deny, agree)),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
