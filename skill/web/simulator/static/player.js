// The player: it plays what the device plays, and tells how far it really came. What happens next the device decides.

import { at, filled } from "./element.js";

const NEARLY_MS = 10_000; // a stream is nearly finished so long before its end, as a device has it
const OFF_MS = 150; // nearer than this to where it should be, a stream is left alone

export class Player {
  #stream = null; // what the device said last: token, url, activity and so on
  #told = ""; // the stream of which it was told that it is nearly finished
  #ducked = false;
  #seeking = 0; // moves of the bar that have not been followed yet

  /** `call` does something at the device and follows what comes of it. */
  constructor(audio, words, call, counter) {
    this.audio = audio;
    this.words = words;
    this.call = call;
    this.counter = counter;
    this.#listen();
  }

  /** How far the stream was heard; nothing where none plays. */
  heard() {
    if (this.#stream?.activity !== "PLAYING") return undefined;
    return { token: this.#stream.token, offset_ms: Math.round(this.audio.currentTime * 1000) };
  }

  get playing() {
    return this.#stream?.activity === "PLAYING" && !this.#ducked;
  }

  /** Be still at once, while somebody is listened to. */
  duck() {
    this.#ducked = true;
    this.audio.pause();
  }

  /**
   * Do as the device does now. `started` are the offsets at which it began streams anew, by their tokens; `away`: while
   * it is still, nobody has use for it.
   */
  async follow(stream, started, away) {
    this.#ducked = false;
    const before = this.#stream;
    this.#stream = stream;
    const still = stream?.activity !== "PLAYING";
    const over = !stream || (still && away) || (stream.activity === "FINISHED" && !stream.queue.length);
    at("player").hidden = over;
    if (still) this.audio.pause();
    if (over) {
      if (before) this.counter.leave();
      return;
    }
    if (stream.token !== before?.token || stream.url !== before?.url) {
      this.audio.src = stream.url ?? "";
      this.audio.currentTime = stream.offset_ms / 1000;
    } else if (stream.token in started) {
      if (Math.abs(this.audio.currentTime * 1000 - started[stream.token]) > OFF_MS)
        this.audio.currentTime = started[stream.token] / 1000;
    } else if (stream.activity === "PAUSED" || stream.activity === "STOPPED") {
      if (Math.abs(this.audio.currentTime * 1000 - stream.offset_ms) > OFF_MS)
        this.audio.currentTime = stream.offset_ms / 1000;
    }
    this.counter.follow(stream.token, stream.cues, () => this.audio.currentTime * 1000);
    if (!still && stream.url) await this.audio.play().catch((error) => this.#refused(error));
    this.#draw();
  }

  #listen() {
    const { audio } = this;
    audio.addEventListener("ended", () => this.#tell(this.#stream.length_ms));
    audio.addEventListener("playing", () => this.#nearly());
    audio.addEventListener("timeupdate", () => {
      this.#draw_time();
      this.#nearly();
    });
    audio.addEventListener("error", () => {
      if (this.#stream?.url && this.#stream.activity === "PLAYING")
        this.#tell(Math.round(audio.currentTime * 1000), this.words.player.failed);
    });
    for (const button of ["previous", "next"]) at(button).addEventListener("click", () => this.press(button));
    at("play").addEventListener("click", () => this.press(this.playing ? "pause" : "play"));
    at("seek").addEventListener("input", () => {
      at("now").textContent = clock(at("seek").valueAsNumber);
      at("seek").setAttribute("aria-valuetext", this.#position(at("seek").valueAsNumber));
    });
    at("seek").addEventListener("change", () => this.seek(at("seek").valueAsNumber));
    const session = navigator.mediaSession;
    if (!session) return;
    const handlers = {
      play: () => this.press("play"),
      pause: () => this.press("pause"),
      stop: () => this.press("pause"),
      nexttrack: () => this.press("next"),
      previoustrack: () => this.press("previous"),
      seekto: ({ seekTime }) => this.seek(Math.round(seekTime * 1000)),
    };
    for (const [action, handler] of Object.entries(handlers)) {
      try {
        session.setActionHandler(action, handler);
      } catch {
        // A browser that does not know an action has no control for it.
      }
    }
  }

  press(button) {
    if (button === "pause") this.audio.pause();
    return this.call("press", { button });
  }

  async seek(offset_ms) {
    this.#seeking += 1;
    await this.call("seek", { offset_ms });
    this.#seeking -= 1;
    this.#draw_time();
  }

  #nearly() {
    const { token, length_ms, activity } = this.#stream ?? {};
    const left = length_ms - this.audio.currentTime * 1000;
    if (activity !== "PLAYING" || left > NEARLY_MS) {
      if (left > NEARLY_MS && this.#told === token) this.#told = "";
      return;
    }
    if (this.#told === token) return;
    this.#told = token;
    this.#tell(Math.round(this.audio.currentTime * 1000));
  }

  #tell(offset_ms, error) {
    return this.call("heard", { token: this.#stream.token, offset_ms, error });
  }

  #refused(error) {
    if (error.name === "NotAllowedError") {
      // The browser wants a click first, and the play button is there for it.
      document.body.classList.add("wants-click");
      at("play").focus();
      this.#ducked = true;
      this.#draw();
    }
  }

  #draw() {
    const { title, subtitle, length_ms, queue } = this.#stream;
    const playing = this.playing;
    at("stream-title").textContent = title;
    at("stream-subtitle").textContent = subtitle;
    at("play").setAttribute("aria-label", playing ? this.words.player.pause : this.words.player.play);
    at("player").classList.toggle("playing", playing);
    at("seek").max = length_ms ?? 1000;
    at("seek").disabled = !length_ms;
    at("length").textContent = length_ms ? clock(length_ms) : "";
    at("following").textContent = queue.length ? filled(this.words.player.following, queue[0]) : "";
    this.#draw_time();
    if (!navigator.mediaSession) return;
    const artwork = [{ src: "/local/icon.svg", sizes: "any", type: "image/svg+xml" }];
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist: subtitle, album: this.words.page.title, artwork });
    navigator.mediaSession.playbackState = playing ? "playing" : "paused";
  }

  #draw_time() {
    const offset_ms = this.audio.currentTime * 1000;
    const { length_ms } = this.#stream ?? {};
    if (!length_ms) return;
    // Whoever moves the bar goes on from where it was moved to, also before the stream has come there.
    if (!this.#seeking && !at("seek").matches(":active")) {
      at("seek").value = offset_ms;
      at("now").textContent = clock(offset_ms);
      at("seek").setAttribute("aria-valuetext", this.#position(offset_ms));
    }
    try {
      navigator.mediaSession?.setPositionState?.({ duration: length_ms / 1000, position: Math.min(offset_ms, length_ms) / 1000 });
    } catch {
      // A position that a browser does not like is no reason to stop.
    }
  }

  #position(offset_ms) {
    return filled(this.words.player.time, { now: clock(offset_ms), length: clock(this.#stream?.length_ms ?? 0) });
  }
}

const clock = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
