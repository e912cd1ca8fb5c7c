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

  /** Say a sound; resolves with "ended", "stopped", "refused" where the browser wants a click first, or "failed". */
  say(sound, locale) {
    this.stop();
    if (!sound || !sound.marks.length) return Promise.resolve("ended");
    return new Promise((resolve) => {
      const run = sound.url ? this.#play(sound.url) : this.#recite(sound.marks, locale);
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

  #play(url) {
    const { audio } = this;
    const left = new AbortController();
    const run = { now: () => audio.currentTime * 1000 };
    run.begin = () => {
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

  #recite(marks, locale) {
    const run = { now: () => 0 };
    run.begin = () => {
      const recital = this.voice.recite(marks, locale, () => this.silent);
      run.now = () => recital.now();
      run.recital = recital;
      recital.ended.then(() => run.end("ended"));
    };
    run.leave = () => run.recital?.stop();
    return run;
  }
}
