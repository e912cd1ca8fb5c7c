// The page: what is said goes to the speaker, and what comes back is written, said, played and shown.

import { Counter } from "./counter.js";
import { Door } from "./door.js";
import { Ear } from "./ear.js";
import { at, element, filled } from "./element.js";
import { Player } from "./player.js";
import { Screen } from "./screen.js";
import { keep, restore } from "./settings.js";
import { Speech } from "./speech.js";
import { Talk } from "./talk.js";

const SILENCE_MS = 8000; // so long a device waits for an answer before it asks once more
const TICK_MS = 15_000; // so often the speaker is asked whether a timer is over
const MOST_ANSWERS = 100; // that are shown by a workbench which is opened later
const BY_THEMSELVES = new Set(["tick", "heard", "broken", "export", "save_fixture", "forget"]); // interrupt nobody
const UNSAID = new Set(["open", "replay", "export", "save_fixture", "forget"]); // of these nothing is said aloud

const words = await (await fetch(`/local/words/${document.documentElement.lang}.json`)).json();

class Page {
  #turn = 0; // the latest turn; what belongs to an earlier one is over
  #silence = 0;
  #said = [];
  #past = 0;
  #workbench = null;
  #answers = [];
  #sounds = {};
  #offered = "";
  #state = null;

  constructor() {
    this.talk = new Talk(at("talk"), at("urgent"), words);
    this.counter = new Counter(at("counter"), at("count"), at("caption"), words);
    this.speech = new Speech(at("answer"));
    this.ear = new Ear();
    this.player = new Player(at("stream"), words, (act, asked) => this.act(act, asked), this.counter);
    this.door = new Door(words, () => this.player.heard());
    this.screen = new Screen(at("screen"), words);
  }

  async begin() {
    restore();
    this.speech.muted = !at("sound").checked;
    this.#wire();
    await this.open();
    setInterval(() => this.#tick(), TICK_MS);
  }

  /** Begin a new conversation at the chosen device. */
  open() {
    return this.act("open", { locale: at("locale").value, device: at("device").value });
  }

  /** Say something to the speaker. */
  say(text) {
    const said = text.trim();
    if (!said) return;
    if (this.#said.at(-1) !== said) this.#said.push(said);
    this.#past = this.#said.length;
    this.talk.said(said);
    at("words").placeholder = words.page.say;
    at("urgent").hidden = true;
    return this.act("say", { text: said });
  }

  /** Stop whatever sounds or waits, as somebody does who says so. */
  stop() {
    if (this.speech.sounding || this.player.playing || this.#state?.in_session) this.say(words.page.stop.toLowerCase());
  }

  /** Do something at the device and follow what comes of it; resolves with the answer, or with its error. */
  async act(act, asked = {}) {
    const turn = BY_THEMSELVES.has(act) ? this.#turn : this.#hush();
    if (act === "press") this.talk.done(words.page.pressed[asked.button]);
    if (act === "touch") this.talk.done(words.page.touched);
    try {
      const answer = await this.door.call(act, asked);
      this.#show(answer);
      this.#follow(answer, act, turn);
      return answer;
    } catch (error) {
      if (error.gone && act !== "open") return this.#again(act, asked);
      if (!BY_THEMSELVES.has(act)) this.talk.noted(error.message);
      return { error: { said: error.message, why: error.why ?? String(error) } };
    }
  }

  async #again(act, asked) {
    await this.open();
    this.talk.noted(words.errors.gone);
    return act === "say" ? this.act(act, asked) : { turns: [], state: this.#state };
  }

  /** Be quiet at once: what is said ends, what plays waits. */
  #hush() {
    this.#turn += 1;
    clearTimeout(this.#silence);
    if (this.speech.sounding) this.counter.leave();
    this.speech.stop();
    this.player.duck();
    this.screen.hush();
    this.#show_sounding();
    return this.#turn;
  }

  /** Write, play, show and say what came of an act; what has been overtaken is only written. */
  async #follow(answer, act, turn) {
    for (const each of answer.turns) this.#write(each, act);
    if (turn !== this.#turn) return;
    const announced = BY_THEMSELVES.has(act) && answer.turns.some((each) => each.speech);
    const now = announced ? this.#hush() : turn;
    this.#take(answer);
    const last = answer.turns.at(-1);
    if (UNSAID.has(act)) return;
    if (last?.speech) await this.#speak(last.audio, now, { entry: last.entry });
    if (now !== this.#turn) return;
    this.screen.execute(answer.state.screen?.commands ?? []);
    if (BY_THEMSELVES.has(act) && !announced) return;
    const told = await this.door.call("spoken").catch(() => null);
    if (!told) return;
    this.#show(told);
    if (now !== this.#turn) return;
    this.#take(told);
    // Where nothing is asked again, a screen goes on by itself and nobody is listened to.
    if (told.state.in_session && last?.reprompt) this.#wait(now, last);
  }

  /** Have everything as the device has it. */
  #take({ turns, state }) {
    this.#state = state;
    this.#sounds = state.screen?.sounds ?? {};
    at("emergency")?.replaceChildren(state.emergency);
    at("device").value = state.device;
    at("locale").value = state.locale;
    this.#suggest(state.suggestions);
    this.screen.follow(state.viewport, state.screen);
    const started = {};
    for (const { request } of turns.flatMap((each) => each.exchanges)) {
      const { type, token, offsetInMilliseconds } = request.request ?? {};
      if (type === "AudioPlayer.PlaybackStarted") started[token] = offsetInMilliseconds;
    }
    const away = state.in_session || !at("urgent").hidden;
    this.player.follow(state.player, started, away).then(() => this.#show_sounding());
    this.#show_sounding();
  }

  /** Let the workbench have an answer, or keep it for when there is one. */
  #show(answer) {
    if (this.#workbench) return this.#workbench.show(answer);
    this.#answers.push(answer);
    if (this.#answers.length > MOST_ANSWERS) this.#answers.shift();
  }

  #write(turn, act) {
    if (act === "replay" && turn.utterance) this.talk.said(turn.utterance);
    if (!turn.speech) {
      if (act === "silence") this.talk.noted(words.page.nobody);
      return;
    }
    const { card, urgent, failure } = turn;
    turn.entry = this.talk.answered(turn.speech, { card, urgent, failed: failure !== null });
    at("urgent").hidden = !urgent;
    if (!urgent) return;
    at("advice").textContent = turn.speech;
    at("call").hidden = !turn.call.length;
    at("numbers").replaceChildren(...turn.call.map((number) => element("span", {}, number)));
    this.talk.show();
  }

  /**
   * Say a sound, with the count moving along where it is `counted` here; where the browser wants a click first, after
   * that. `heard` is told when it began.
   */
  async #speak(sound, turn, { entry, counted = true, heard } = {}) {
    if (sound && !sound.url) this.#hint(this.speech.voice.has(at("locale").value) ? "own_voice" : "no_voice");
    const marks = (counted && sound?.marks.map(([ms, said, count]) => [ms, count, said])) || [];
    for (;;) {
      const saying = this.speech.say(sound, at("locale").value, heard);
      if (marks.some(([, count]) => count !== null)) this.counter.follow(sound, marks, () => this.speech.now);
      entry?.classList.add("speaking");
      this.#show_sounding();
      const how = await saying;
      entry?.classList.remove("speaking");
      this.#show_sounding();
      if (turn !== this.#turn) return;
      if (marks.length) this.counter.leave();
      if (how !== "refused") return;
      const listen = element("button", { type: "button", class: "listen" }, words.page.listen);
      entry?.append(listen);
      await new Promise((resolve) => listen.addEventListener("click", resolve, { once: true }));
      this.#keeping_focus(listen, () => listen.remove());
      if (turn !== this.#turn) return;
    }
  }

  /** Wait for an answer as a device does: ask once more, then give up. */
  #wait(turn, last, again = true) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(async () => {
      if (turn !== this.#turn || at("patience").checked) return;
      if (at("words").value || this.ear.listening || document.hidden) return this.#wait(turn, last, again);
      if (!again) return void this.act("silence");
      await this.#speak(last.reprompt_audio, turn, { entry: this.talk.answered(last.reprompt) });
      if (turn === this.#turn) this.#wait(turn, last, false);
    }, SILENCE_MS);
  }

  #tick() {
    if (!document.hidden && !this.speech.sounding && !this.ear.listening && this.#state) this.act("tick");
  }

  /** Do what takes a focused button away, and leave the focus where words are typed. */
  #keeping_focus(place, act) {
    const held = place.contains(document.activeElement);
    act();
    if (place.isConnected && !place.hidden && place.contains(document.activeElement)) return;
    // Where one types with the fingers, a focus would bring up a keyboard that nobody asked for.
    if (held && !matchMedia("(pointer: coarse)").matches) at("words").focus();
  }

  #suggest(phrases) {
    if (phrases.join() === this.#offered) return;
    this.#offered = phrases.join();
    at("suggested").hidden = !phrases.length;
    this.#keeping_focus(at("suggestions"), () => this.#offer(phrases));
  }

  #offer(phrases) {
    at("suggestions").replaceChildren(
      ...phrases.map((phrase) => {
        const button = element("button", { type: "button" }, phrase);
        button.addEventListener("click", () => this.say(phrase));
        return element("li", {}, button);
      }),
    );
  }

  #show_sounding() {
    const sounding = this.speech.sounding || this.player.playing;
    this.#keeping_focus(at("stop"), () => (at("stop").hidden = !sounding));
  }

  #hint(key, values = {}) {
    at("hint").textContent = filled(words.page[key] ?? "", values);
  }

  async #listen() {
    if (this.ear.listening) return this.ear.stop();
    this.#hush();
    at("speak").setAttribute("aria-pressed", "true");
    this.#hint("listening");
    try {
      const heard = await this.ear.listen(at("locale").value, (part) => (at("words").value = part));
      at("words").value = "";
      this.#hint(heard ? "" : "did_not_hear");
      if (heard) this.say(heard);
      else this.act("tick");
    } catch (error) {
      this.#hint("hearing_failed", { why: error.message });
    } finally {
      at("speak").setAttribute("aria-pressed", "false");
    }
  }

  #wire() {
    at("ask").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = at("words").value;
      at("words").value = "";
      this.say(text);
    });
    at("words").addEventListener("keydown", (event) => this.#recall(event));
    at("stop").addEventListener("click", () => this.stop());
    at("speak").hidden = !this.ear.can;
    at("speak").addEventListener("click", () => this.#listen());
    at("speak-note").hidden = !this.ear.can;
    if (!this.ear.can) this.#hint("cannot_hear");
    document.addEventListener("keydown", (event) => this.#key(event));
    // Whoever comes back to the page hears what was due meanwhile.
    document.addEventListener("visibilitychange", () => this.#tick());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!target.closest("#settings")) at("settings").open = false;
    });
    for (const id of ["device", "locale"])
      at(id).addEventListener("change", () => {
        keep();
        this.open();
      });
    at("patience").addEventListener("change", keep);
    at("sound").addEventListener("change", () => {
      keep();
      this.speech.muted = !at("sound").checked;
    });
    at("fresh").addEventListener("click", () => {
      this.talk.clear();
      at("urgent").hidden = true;
      this.open();
    });
    at("open-workbench").addEventListener("click", () => this.#toggle_workbench());
    this.screen.addEventListener("touched", ({ detail }) => {
      const { arguments: given, source } = detail;
      this.act("touch", { token: this.#state.screen?.token ?? "", arguments: given ?? [], source: source ?? {} });
    });
    this.screen.addEventListener("speak", ({ detail }) => this.#speak_item(detail.url));
    this.screen.addEventListener("hush", () => this.speech.stop());
    this.screen.addEventListener("failed", ({ detail }) => {
      this.talk.noted(words.screen.failed);
      // The platform has errors of one type only.
      const errors = [{ type: "LIST_ERROR", reason: "INTERNAL_ERROR", message: detail.why, listId: "" }];
      this.act("broken", { token: this.#state?.screen?.token ?? "", errors });
    });
  }

  /** What an item on the screen says; it is counted on the screen. */
  async #speak_item(url) {
    const turn = this.#turn;
    clearTimeout(this.#silence);
    const sound = { url: url.startsWith("/") ? url : null, marks: this.#sounds[url] ?? [] };
    await this.#speak(sound, turn, { counted: false, heard: (when) => this.screen.heard(when) });
    if (turn === this.#turn) this.screen.spoken();
  }

  #recall(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !this.#said.length) return;
    event.preventDefault();
    this.#past = Math.min(Math.max(this.#past + step, 0), this.#said.length);
    at("words").value = this.#said[this.#past] ?? "";
  }

  #key(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && at("settings").open) {
      at("settings").open = false;
      at("settings").firstElementChild.focus();
      return;
    }
    const used = event.target.closest("input, select, textarea, button, summary, a, [contenteditable]");
    if (event.key === "Escape" || (event.key === " " && !used && (this.speech.sounding || this.player.playing))) {
      event.preventDefault();
      this.stop();
    }
  }

  async #toggle_workbench() {
    const aside = at("workbench");
    const shown = aside.hidden;
    aside.hidden = !shown;
    at("open-workbench").setAttribute("aria-expanded", String(shown));
    if (!shown || this.#workbench) return;
    const workbench = await import("./workbench.js");
    const locales = [...at("locale").options].map((each) => each.value);
    workbench.mount(aside, { call: (act, asked) => this.act(act, asked), words, locales });
    this.#workbench = workbench;
    for (const answer of this.#answers.splice(0)) workbench.show(answer);
  }
}

await new Page().begin();
