// The workspace's clock: what time the app thinks it is, and the buttons that move it.

import { post } from "./api.js";
import { fullTime, toField, universal } from "./dates.js";
import { busy } from "./dom.js";

export class ClockBar {
  #bar;
  #said;
  #epoch = Date.now() / 1000;
  #heard = performance.now();
  #frozen = false;
  #zone = "UTC";

  constructor(bar, said) {
    this.#bar = bar;
    this.#said = said;
    for (const button of bar.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => this.#move(button, { by: button.dataset.move }));
    }
    bar.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#move(event.submitter, { to: bar.querySelector("form input").value });
    });
    bar.querySelector("details").addEventListener("toggle", () => {
      bar.querySelector("form input").value = toField(this.now(), this.#zone);
    });
    bar.querySelector("details").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.currentTarget.open = false;
      event.currentTarget.querySelector("summary").focus();
    });
    setInterval(() => this.#draw(), 1000);
  }

  /** Seconds since 1970 by the workspace's clock. */
  now = () => (this.#frozen ? this.#epoch : this.#epoch + (performance.now() - this.#heard) / 1000);

  show(state) {
    this.#epoch = state.clock.now;
    this.#heard = performance.now();
    this.#frozen = state.clock.frozen;
    this.#zone = state.me.zone;
    this.#bar.querySelector("[data-move=next]").hidden = !state.clock.knows_next;
    this.#draw();
  }

  #draw() {
    const time = this.#bar.querySelector("time");
    const shown = fullTime(this.now(), this.#zone);
    if (time.textContent === shown) return;
    time.textContent = shown;
    time.dateTime = new Date(this.now() * 1000).toISOString();
    time.title = `${universal(this.now())} · shown in ${this.#zone}`;
  }

  async #move(control, wish) {
    const answer = await busy(control, () => post("clock", wish));
    if (!answer) return;
    if (answer.seen?.ok) this.#bar.querySelector("details").open = false;
    this.#said(answer);
  }
}
