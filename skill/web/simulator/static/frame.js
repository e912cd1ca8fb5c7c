// Inside the frame: Amazon's renderer, told what to draw by messages and telling what came of it.

"use strict";

const VIEWHOST = "/local/vendor/apl-viewhost-web-1.4.0/index.js";

const TICK_MS = 100;

const tell = (message) => parent.postMessage(message, "*");

// A hidden page draws no frames, and the renderer, which looks once a frame, would lead nobody on: then a clock ticks.
const frames = new Map();
const draw = requestAnimationFrame.bind(window);
let asked = 0;

const run = (its) => {
  const act = frames.get(its);
  frames.delete(its);
  act?.(performance.now());
};

const ask = (its) => (document.hidden ? setTimeout(run, TICK_MS, its) : draw(() => run(its)));

window.requestAnimationFrame = (act) => {
  asked += 1;
  frames.set(asked, act);
  ask(asked);
  return asked;
};
window.cancelAnimationFrame = (its) => frames.delete(its);
document.addEventListener("visibilitychange", () => [...frames.keys()].forEach(ask));

let renderer = null;
let time = null;
let number = 0;
let speaking = null;

// The time of a document stands still from when a sound is asked for until it is heard, as a device has fetched it by
// then: what moves along with words does so however long they took to be made.
class Time {
  #latest = 0;
  #begin = null; // the moment at which the latest sound began by this time; null before the first
  #waits = false;
  #settles = false;

  constructor(made) {
    this.made = made;
    const go_on = made.updateTime.bind(made);
    made.updateTime = () => {
      const now = Date.now();
      const still = this.#settles || this.#waits || now - made.startTime < this.#latest;
      this.#settles = false;
      if (still) return;
      // What there is to do then may take its time.
      go_on();
      this.#latest = now - made.startTime;
    };
  }

  /** Commands begin, of which the renderer hears a frame later: then it is the same time still. */
  settle() {
    this.#settles = true;
  }

  /** A sound is asked for. */
  wait() {
    this.#begin = this.made.startTime + this.#latest;
    this.#waits = true;
  }

  /** The sound began at a moment; a later one where it was held up. */
  heard(at) {
    if (this.#begin === null) return;
    this.made.startTime += at - this.#begin;
    this.#begin = at;
    this.#waits = false;
  }

  /** Nothing is waited for. */
  go() {
    if (this.#waits) this.heard(Date.now());
  }
}

// The renderer says what an item speaks through this, and the page says it: so a word stops it like all else.
const player = (listener) => {
  let id = 0;
  const urls = new Map();
  return {
    prepare(url) {
      time?.wait();
      id += 1;
      urls.set(String(id), url);
      const prepared = String(id);
      setTimeout(() => listener.onPrepared(prepared));
      return prepared;
    },
    play(prepared) {
      speaking = () => listener.onPlaybackFinished(prepared);
      listener.onPlaybackStarted(prepared);
      tell({ tell: "speak", number, url: urls.get(prepared) });
    },
    flush() {
      speaking = null;
      time?.go();
      tell({ tell: "hush", number });
    },
  };
};

const execute = (commands) => {
  time?.settle();
  renderer?.executeCommands(JSON.stringify(commands));
};

const spoken = () => {
  const said = speaking;
  speaking = null;
  time?.go();
  time?.settle();
  said?.();
};

const hush = () => {
  speaking = null;
  time?.go();
  renderer?.cancelExecution();
};

const clear = () => {
  speaking = null;
  renderer?.destroy?.();
  renderer = time = null;
  const fresh = document.createElement("div");
  fresh.id = "view";
  document.getElementById("view").replaceWith(fresh);
  return fresh;
};

const render = async ({ document: shown, datasources, viewport, theme, number: its }) => {
  const view = clear();
  number = its;
  view.classList.toggle("round", viewport.shape === "ROUND");
  try {
    const content = AplRenderer.Content.create(JSON.stringify(shown));
    for (const name of shown.mainTemplate?.parameters ?? []) {
      const data = name === "payload" ? datasources : (datasources[name] ?? {});
      content.addData(name, JSON.stringify(data));
    }
    if (content.isError?.()) throw new Error("unreadable");
    if (content.isWaiting?.()) throw new Error("imports");
    const { width, height, dpi, shape, mode } = viewport;
    const made = AplRenderer.default.create({
      content,
      view,
      theme,
      viewport: { width, height, dpi, shape, isRound: shape === "ROUND" },
      mode,
      environment: { agentName: "Steady Legs", agentVersion: "1", allowOpenUrl: false, disallowVideo: true },
      utcTime: Date.now(),
      localTimeAdjustment: -new Date().getTimezoneOffset() * 60_000,
      notLoadFonts: true,
      audioPlayerFactory: player,
      onSendEvent: ({ arguments: given, source }) => tell({ tell: "touched", number: its, arguments: given, source }),
      onRunTimeError: (errors) => tell({ tell: "failed", number: its, why: JSON.stringify(errors) }),
    });
    // It ignores a mouse for half a second after a touch, and takes its own beginning for one.
    made.lastPointerEventTimestamp = 0;
    time = new Time(made);
    await made.init();
    if (number !== its) return made.destroy?.();
    renderer = made;
    requestAnimationFrame(() => tell({ tell: "drawn", number: its }));
  } catch (error) {
    tell({ tell: "failed", number: its, why: String(error?.message ?? error) });
  }
};

let last = Promise.resolve();
const acts = {
  render: (message) => (last = last.then(() => render(message))),
  clear: () => (last = last.then(clear)),
  execute: ({ commands }) => (last = last.then(() => execute(commands))),
  heard: ({ at }) => time?.heard(at),
  spoken,
  hush,
};

addEventListener("message", (event) => {
  if (event.source === parent) acts[event.data?.do]?.(event.data);
});

const script = document.createElement("script");
script.src = VIEWHOST;
script.onload = async () => {
  // Its fonts lie elsewhere; those of this machine stand in for them.
  for (const style of document.querySelectorAll("style")) if (style.textContent.includes("@font-face")) style.remove();
  // In the same task as it is loaded, or it never starts.
  await AplRenderer.initEngine();
  tell({ tell: "ready" });
};
document.head.append(script);
