// Inside the frame: Amazon's renderer, told what to draw by messages and telling what came of it.

"use strict";

const VIEWHOST = "/local/vendor/apl-viewhost-web-1.4.0/index.js";

const tell = (message) => parent.postMessage(message, "*");

let renderer = null;
let number = 0;
let speaking = null;

// The renderer says what an item speaks through this, and the page says it: so a word stops it like all else.
const player = (listener) => {
  let id = 0;
  const urls = new Map();
  return {
    prepare(url) {
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
      tell({ tell: "hush", number });
    },
  };
};

const spoken = () => {
  const said = speaking;
  speaking = null;
  said?.();
};

const clear = () => {
  speaking = null;
  renderer?.destroy?.();
  renderer = null;
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
  execute: ({ commands }) => (last = last.then(() => void renderer?.executeCommands(JSON.stringify(commands)))),
  spoken: () => spoken(),
  hush: () => {
    speaking = null;
    renderer?.cancelExecution();
  },
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
