// The square that stands for a person, or for the app.

import { h } from "./dom.js";

const TONES = 8;
const given = new Map();
const initials = (name) => name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();

/** Colours go round in the order of the list, so that neighbours differ. */
export function giveTones(people) {
  people.forEach((one, at) => given.set(one.id, at % TONES));
}

export const avatar = (person) => h("span", { class: `avatar tone-${given.get(person.value) ?? TONES - 1}`, "aria-hidden": "true", text: initials(person.label) });

export const appIcon = () => h("span", { class: "avatar app-icon", "aria-hidden": "true" });
