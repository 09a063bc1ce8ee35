// An image, or what it shows in words where the sandbox has no address for it or cannot fetch it.

import { h } from "./dom.js";

const words = (alt) => h("span", { class: "no-picture", role: "img", "aria-label": alt, text: alt || "Picture" });

export function picture(element, className) {
  const alt = element.alt_text ?? "";
  const address = element.image_url ?? element.slack_file?.url;
  if (!address) return words(alt);
  const node = h("img", { class: className, src: address, alt });
  node.addEventListener("error", () => node.replaceWith(words(alt)), { once: true });
  return node;
}
