"""What a page notes of itself while somebody is at it: scripts that run in it before its own."""

from __future__ import annotations

WATCH = """
{
  window.seen = [];
  const looking = new Set();
  const note = (what, more) => {
    seen.push({ what, at: performance.now(), ...more });
    for (const look of looking) look();
  };
  window.until = (what, like, times, after) => new Promise((found, give_up) => {
    const look = () => {
      const is_like = (each) => Object.keys(like).every((key) => each[key] === like[key]);
      const noted = seen.filter((each) => each.what === what && each.at > after && is_like(each));
      if (noted.length < times) return;
      looking.delete(look);
      found(noted.at(-1));
    };
    looking.add(look);
    setTimeout(() => looking.delete(look) && give_up(new Error(`not seen: ${what} ${JSON.stringify(like)}`)), 60_000);
    look();
  });
  const clock = (audio) => ({ audio: audio.id, url: audio.getAttribute("src"), ms: audio.currentTime * 1000 });
  document.addEventListener("DOMContentLoaded", () => {
    const places = ["answer", "stream", "count", "urgent"].map((id) => document.getElementById(id));
    if (window !== top || !places[0]) return;
    const [answer, stream, count, urgent] = places;
    document.addEventListener("keydown", (event) => note("key", { key: event.key }), true);
    for (const audio of [answer, stream])
      for (const what of ["playing", "pause", "ended", "seeked"])
        audio.addEventListener(what, () => note(what, clock(audio)));
    const sounding = () => (answer.paused || answer.ended ? stream : answer);
    const tell = () => note("count", { text: count.textContent, ...clock(sounding()) });
    new MutationObserver(tell).observe(count, { childList: true, characterData: true, subtree: true });
    new MutationObserver(() => urgent.hidden || note("urgent")).observe(urgent, { attributeFilter: ["hidden"] });
    let before = null;
    addEventListener("message", ({ data: { texts, counted, told_at } }) => {
      if (!texts) return;
      const at = told_at - performance.timeOrigin;
      note("screen", { at, texts });
      const ms = answer.currentTime * 1000 - (performance.now() - at);
      if (counted !== before && counted) note("count", { at, text: counted, audio: "answer", ms });
      before = counted;
    });
  });
}
"""
"""Notes with their moments what is pressed, what sounds, what is on the screen, and what is counted there or by it."""

WATCH_SCREEN = """
if (window !== top) document.addEventListener("DOMContentLoaded", () => {
  let before = "";
  new MutationObserver(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode.data);
    if (texts.join("|") === before) return;
    before = texts.join("|");
    const place = texts.findIndex((text, index) => /^\\d+$/.test(text) && /^of \\d/.test(texts[index + 1]));
    const told_at = performance.timeOrigin + performance.now();
    parent.postMessage({ texts, counted: texts[place] ?? null, told_at }, "*");
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
});
"""
"""Tells the page of all texts in the frame that draws the screen, when they change, and which of them is a count."""

SKIP = """async () => {
  const frame = () => new Promise((go) => requestAnimationFrame(go));
  while (!document.getElementById("answer").currentTime) await frame();
  // By then the screen has been told when the sound really began.
  for (let frames = 0; frames < 3; frames += 1) await frame();
  const { contentWindow } = document.querySelector("#screen iframe");
  contentWindow.postMessage({ do: "heard", at: Date.now() - 10_000 }, "*");
}"""
"""Has the screen take it that what it says began ten seconds ago."""

SKIPPED = """async () => {
  const frame = () => new Promise((go) => requestAnimationFrame(go));
  while (Date.now() - time.made.startTime < 10_000) await frame();
  for (let frames = 0; frames < 3; frames += 1) await frame();
}"""
"""Waits until it does."""

AWAY = """
{
  let away = false;
  const held = [];
  const draw = requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (act) => draw((now) => (away ? held.push(act) : act(now)));
  Object.defineProperty(document, "hidden", { get: () => away });
  window.leave = () => {
    away = true;
    document.dispatchEvent(new Event("visibilitychange"));
  };
}
"""
"""Lets a page be hidden, as a browser hides it: it is told so, and draws nothing any more."""
