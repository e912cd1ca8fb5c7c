// Saying an answer: by the sound that the speaker made, else by the browser's own voice, else in silence but in time.

import { BrowserVoice } from "./voice.js";

export class Speech {
  #running = null;

  /** `audio` plays what the speaker made. */
  constructor(audio) {
    this.audio = audio;
    this.silent = false;
    this.voice = new BrowserVoice();
  }

  /** Whether something is being said. */
  get sounding() {
    return this.#running !== null;
  }

  /** Milliseconds into what is being said. */
  get now() {
    return this.#running?.now() ?? 0;
  }

  set muted(muted) {
    this.silent = muted;
    this.audio.muted = muted;
    if (muted) this.voice.hush();
  }

  /**
   * Say a sound; resolves with "ended", "stopped", "refused" where the browser wants a click first, or "failed".
   * `heard` is told the moment at which it began, and a later one when it was held up since.
   */
  say(sound, locale, heard = () => undefined) {
    this.stop();
    if (!sound || !sound.marks.length) return Promise.resolve("ended");
    return new Promise((resolve) => {
      const run = sound.url ? this.#play(sound.url, heard) : this.#recite(sound.marks, locale, heard);
      run.end = (how) => {
        if (this.#running !== run) return;
        this.#running = null;
        run.leave();
        resolve(how);
      };
      this.#running = run;
      run.begin();
    });
  }

  /** Be quiet at once. */
  stop() {
    this.#running?.end("stopped");
  }

  #play(url, heard) {
    const { audio } = this;
    const left = new AbortController();
    const run = { now: () => audio.currentTime * 1000 };
    // An audio says that it plays a little before anything is heard of it; a hidden page has no frames to look in.
    const until_heard = (from) => {
      let is_heard = false;
      const look = () => {
        if (is_heard || left.signal.aborted) return;
        if (audio.currentTime === from) return void requestAnimationFrame(look);
        is_heard = true;
        heard(Date.now() - run.now());
      };
      audio.addEventListener("timeupdate", look, { signal: left.signal });
      look();
    };
    run.begin = () => {
      audio.addEventListener("playing", () => until_heard(audio.currentTime), { signal: left.signal });
      audio.addEventListener("ended", () => run.end("ended"), { signal: left.signal });
      audio.addEventListener("error", () => run.end("failed"), { signal: left.signal });
      audio.src = url;
      audio.play().catch((error) => {
        if (error.name !== "AbortError") run.end(error.name === "NotAllowedError" ? "refused" : "failed");
      });
    };
    run.leave = () => {
      left.abort();
      audio.pause();
    };
    return run;
  }

  #recite(marks, locale, heard) {
    const run = { now: () => 0 };
    run.begin = () => {
      heard(Date.now());
      const recital = this.voice.recite(marks, locale, () => this.silent);
      run.now = () => recital.now();
      run.recital = recital;
      recital.ended.then(() => run.end("ended"));
    };
    run.leave = () => run.recital?.stop();
    return run;
  }
}
