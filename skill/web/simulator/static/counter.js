// The count on the page, which moves with the sound: it is read off the clock of whatever plays.

import { filled } from "./element.js";

export class Counter {
  #frame = 0;
  #followed = null;

  constructor(section, count, caption, words) {
    this.section = section;
    this.count = count;
    this.caption = caption;
    this.ring = section.querySelector(".done");
    this.words = words;
  }

  /**
   * Show the count of marks [[ms, count, words]...] at the time that `now` tells, as long as this goes on; `name` tells
   * what is counted, and the same again changes nothing.
   */
  follow(name, marks, now) {
    if (name === this.#followed) return;
    this.leave();
    this.#followed = name;
    const counted = marks.filter(([, count]) => count != null);
    if (!counted.length) return;
    const total = counted.at(-1)[1];
    let shown = -1;
    const step = () => {
      this.#frame = requestAnimationFrame(step);
      const mark = last(marks, now());
      if (mark === shown) return;
      shown = mark;
      this.#show(mark < 0 ? null : marks[mark], total, counted[0], now());
    };
    step();
  }

  /** Show no count any more. */
  leave() {
    cancelAnimationFrame(this.#frame);
    this.#followed = null;
    this.section.hidden = true;
    this.count.textContent = this.caption.textContent = "";
  }

  #show(mark, total, first, now) {
    const count = mark?.[1] ?? (now >= first[0] ? total : null);
    const said = mark?.[2] ?? "";
    // Before the first count there is the countdown to see, but nothing of what is explained before it.
    const short = said.split(" ").length <= 2 && first[0] - now < 6000;
    this.section.hidden = count === null && !short;
    if (this.section.hidden) return;
    this.count.textContent = count ?? said;
    this.count.classList.toggle("words", count === null);
    this.caption.textContent = count === null ? "" : filled(this.words.page.count, { count, total });
    this.ring.style.strokeDashoffset = 1 - (count ?? 0) / total;
    this.count.classList.remove("beat");
    void this.count.offsetWidth;
    this.count.classList.add("beat");
  }
}

/** The place of the last mark that has come; -1 before the first. */
function last(marks, now) {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle][0] <= now) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
