// The left side: the workspace, who one is, and where one can go.

import { h } from "./dom.js";
import { avatar } from "./messages.js";
import { addressOf } from "./place.js";

const read = (person) => Number(localStorage.getItem(`read|${person}`) ?? 0);

/** Remembers that this person has now seen their conversation with the app. */
export function markRead(state) {
  const me = state.people.find((one) => one.name === state.me.name);
  if (me && Number(me.latest) > read(me.id)) localStorage.setItem(`read|${me.id}`, me.latest);
}

const isNew = (person) => Number(person.latest) > read(person.id);
const dot = (shown) => (shown ? h("span", { class: "dot" }, h("span", { class: "unseen", text: "new message" })) : null);

function place(label, address, current, extra) {
  return h("li", {}, h("a", { href: address, "data-go": true, "aria-current": current ? "page" : undefined }, label, extra));
}

function person(one, state) {
  const me = one.name === state.me.name;
  return h("li", {}, h("a", { class: "person", href: addressOf({ as: one.name, in: "app", tab: "" }), "data-go": true, "aria-current": me ? "true" : undefined },
    avatar({ value: one.id, label: one.real_name }),
    h("span", {}, h("span", { text: one.real_name }), one.title ? h("small", { text: one.title }) : null),
    me ? null : dot(isNew(one))));
}

function teams(state) {
  const names = [...new Set(state.people.map((one) => one.team_name))];
  return names.map((name) => h("li", {}, h("p", { class: "team", text: name }),
    h("ul", { "aria-label": name }, state.people.filter((one) => one.team_name === name).map((one) => person(one, state)))));
}

export function showSidebar(nav, state) {
  const me = state.people.find((one) => one.name === state.me.name);
  const fingerprint = JSON.stringify([state.workspace, state.people, state.channels, state.place, read(me.id)]);
  if (nav.dataset.shown === fingerprint) return;
  nav.dataset.shown = fingerprint;
  const focused = nav.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const channels = state.channels.map((one) => place(`# ${one.name}`, addressOf({ in: one.id, tab: "" }), state.place.id === one.id));
  nav.querySelector(".workspace").textContent = state.workspace.name;
  nav.querySelector(".channels").replaceChildren(...channels);
  nav.querySelector(".apps").replaceChildren(place(state.app.name, addressOf({ in: "app", tab: "" }), state.place.app, dot(isNew(me))));
  nav.querySelector(".people").replaceChildren(...teams(state));
  if (focused) nav.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}
