// The browser's own voice, where no voice is installed with the speaker. Only one that runs on this machine is used.

const SLACK_MS = 4000; // a voice that never says that it has ended is not waited for longer than this

export class BrowserVoice {
  /** Whether there is such a voice for a locale. */
  has(locale) {
    return this.#find(locale) !== undefined;
  }

  hush() {
    globalThis.speechSynthesis?.cancel();
  }

  /** Say marks [[ms, words, count]...] in their time; `silent` tells whether to be heard. */
  recite(marks, locale, silent) {
    const voice = this.#find(locale);
    let begun = performance.now();
    let timer = 0;
    let over = false;
    const recital = { now: () => performance.now() - begun };
    recital.ended = new Promise((resolve) => {
      const finish = () => {
        over = true;
        resolve();
      };
      recital.stop = () => {
        if (over) return;
        clearTimeout(timer);
        this.hush();
        finish();
      };
      const step = (index) => {
        if (over) return;
        if (index === marks.length) return finish();
        const [ms, words, count] = marks[index];
        const next = index + 1;
        const length = (marks[next]?.[0] ?? ms + 60 * words.length + 500) - ms;
        const go = () => {
          // What was said later than planned moves all that follows, so that no word is cut off.
          begun = Math.max(begun, performance.now() - (marks[next]?.[0] ?? ms + length));
          step(next);
        };
        timer = setTimeout(() => {
          if (!words || silent() || !voice) return void (timer = setTimeout(go, length));
          if (count !== null) {
            this.hush();
            this.#utter(words, voice);
            timer = setTimeout(go, length - (recital.now() - ms));
            return;
          }
          let told = false;
          const once = () => {
            if (told || over) return;
            told = true;
            clearTimeout(timer);
            timer = setTimeout(go, Math.max(0, length - (recital.now() - ms)));
          };
          timer = setTimeout(once, 3 * length + SLACK_MS);
          this.#utter(words, voice, once);
        }, Math.max(0, ms - recital.now()));
      };
      step(0);
    });
    return recital;
  }

  #utter(words, voice, ended = () => undefined) {
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.addEventListener("end", ended);
    utterance.addEventListener("error", ended);
    speechSynthesis.speak(utterance);
  }

  #find(locale) {
    const voices = (globalThis.speechSynthesis?.getVoices() ?? []).filter((each) => each.localService);
    const language = locale.split("-")[0];
    const tag = (each) => each.lang.replace("_", "-");
    return voices.find((each) => tag(each) === locale) ?? voices.find((each) => tag(each).startsWith(language));
  }
}
