// The screen of the device. A frame that belongs to nobody draws it; it is spoken to by messages, and so does it answer.

import { element } from "./element.js";

const WAIT_MS = 20_000; // a renderer that has not drawn anything by then will not

/** Shows what a device shows; tells of "touched", "speak", "hush" and "failed" by events with a detail. */
export class Screen extends EventTarget {
  #frame = null;
  #viewport = null;
  #number = 0;
  #ready = Promise.resolve();
  #late = 0;

  constructor(section, words) {
    super();
    this.section = section;
    this.words = words;
    this.empty = element("p", { class: "dark" }, words.screen.empty);
    addEventListener("message", (event) => {
      if (this.#frame && event.source === this.#frame.contentWindow) this.#heard(event.data);
    });
    new ResizeObserver(() => this.#fit()).observe(section);
  }

  /** Show what the device shows: the viewport of its screen and a document, either of which may be none. */
  async follow(viewport, screen) {
    if (JSON.stringify(viewport) !== JSON.stringify(this.#viewport)) this.#replace(viewport);
    if (!viewport) return;
    this.empty.hidden = screen !== null;
    this.#frame.classList.toggle("off", screen === null);
    if (!screen) {
      if (this.#number) this.#send({ do: "clear" });
      this.#number = 0;
      clearTimeout(this.#late);
      return;
    }
    if (screen.number !== this.#number) {
      this.#number = screen.number;
      const { number, document, datasources } = screen;
      const theme = "dark";
      this.#send({ do: "render", number, document, datasources, viewport, theme });
      clearTimeout(this.#late);
      this.#late = setTimeout(() => this.#failed("late"), WAIT_MS);
    }
  }

  /** Have the document do something. */
  execute(commands) {
    if (commands.length) this.#send({ do: "execute", commands });
  }

  /** Tell at which moment what an item says began to be heard. */
  heard(at) {
    this.#send({ do: "heard", at });
  }

  /** Tell that what an item was to say has been said, or was broken off. */
  spoken() {
    this.#send({ do: "spoken" });
  }

  /** Have the document do nothing more by itself. */
  hush() {
    if (this.#number) this.#send({ do: "hush" });
  }

  #replace(viewport) {
    this.#viewport = viewport;
    this.#number = 0;
    clearTimeout(this.#late);
    this.#frame?.remove();
    this.#frame = null;
    this.section.hidden = !viewport;
    this.section.classList.toggle("round", viewport?.shape === "ROUND");
    if (!viewport) return;
    this.#frame = element("iframe", {
      src: "/local/screen.html",
      sandbox: "allow-scripts",
      title: this.words.screen.title,
      class: "off",
      width: viewport.width,
      height: viewport.height,
    });
    this.#ready = new Promise((resolve) => (this.resolve = resolve));
    this.section.replaceChildren(element("div", { class: "bezel" }, this.#frame, this.empty));
    this.#fit();
  }

  /** Its pixels as large as there is room for them. */
  #fit() {
    if (!this.#viewport) return;
    const bezel = this.section.firstElementChild;
    const room = this.section.clientWidth;
    const { width, height } = this.#viewport;
    const scale = Math.min(room / width, (innerHeight * 0.6) / height, 1);
    this.#frame.style.transform = `scale(${scale})`;
    bezel.style.width = `${width * scale}px`;
    bezel.style.height = `${height * scale}px`;
  }

  async #send(message) {
    const frame = this.#frame;
    await this.#ready;
    // The frame has no origin of its own that a message could be kept to; no other page can be in it.
    if (frame === this.#frame) frame?.contentWindow.postMessage(message, "*");
  }

  #heard(message) {
    const { tell, number } = message ?? {};
    if (tell === "ready") return this.resolve();
    if (number !== this.#number) return;
    if (tell === "drawn") clearTimeout(this.#late);
    if (tell === "failed") this.#failed(String(message.why));
    if (["touched", "speak", "hush"].includes(tell)) this.dispatchEvent(new CustomEvent(tell, { detail: message }));
  }

  #failed(why) {
    clearTimeout(this.#late);
    const known = this.words.screen.failures[why] ?? why;
    this.dispatchEvent(new CustomEvent("failed", { detail: { why: known } }));
  }
}
