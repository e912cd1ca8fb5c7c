// What was said, written: the person's words, the answers, and what there is to know beside them.

import { element } from "./element.js";

const MOST = 80; // entries that stay on the page

export class Talk {
  /** `urgent` is what has to be in sight before all else, while it is shown. */
  constructor(log, urgent, words) {
    this.log = log;
    this.urgent = urgent;
    this.words = words;
    new ResizeObserver(() => this.show()).observe(log);
  }

  /** What somebody said. */
  said(text) {
    const who = element("span", { class: "unseen" }, `${this.words.page.you}: `);
    this.#add(element("p", { class: "you" }, who, text));
  }

  /** What somebody did. */
  done(text) {
    this.#add(element("p", { class: "did" }, text));
  }

  /** An answer; the entry, to which more can be added. */
  answered(text, { card = null, urgent = false, failed = false } = {}) {
    const who = element("span", { class: "unseen" }, `${this.words.page.speaker}: `);
    const entry = element("div", { class: "answer" }, element("p", {}, who, text));
    entry.classList.toggle("urgent", urgent);
    entry.classList.toggle("failed", failed);
    if (card && !text.includes(card.text)) {
      const lines = card.text.split("\n").map((line) => element("span", {}, line));
      entry.append(element("div", { class: "card" }, element("h3", {}, card.title), ...lines));
    }
    this.#add(entry);
    return entry;
  }

  /** Something that is neither. */
  noted(text) {
    this.#add(element("p", { class: "note" }, text));
  }

  clear() {
    this.log.replaceChildren();
    this.log.hidden = true;
    document.body.classList.remove("talking");
  }

  #add(entry) {
    this.log.hidden = false;
    document.body.classList.add("talking");
    this.log.append(entry);
    while (this.log.childElementCount > MOST) this.log.firstElementChild.remove();
    this.show();
  }

  /** Have what was said last in sight, and as much of the answer as there is room for. */
  show() {
    const said = [...this.log.querySelectorAll(".you")].at(-1) ?? this.log.lastElementChild;
    if (!said) return;
    if (getComputedStyle(this.log).overflowY === "auto") this.log.scrollTop = said.offsetTop - 4;
    else (this.urgent.hidden ? said : this.urgent).scrollIntoView({ block: "start", inline: "nearest" });
  }
}
