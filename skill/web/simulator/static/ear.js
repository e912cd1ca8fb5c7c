// Listening, where the browser can; it keeps no recording, and neither does this page.

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;

export class Ear {
  #recognition = null;

  get can() {
    return Recognition !== undefined;
  }

  get listening() {
    return this.#recognition !== null;
  }

  /** Listen once; resolves with what was heard, "" for nothing, and rejects with a reason. */
  async listen(locale, onPart) {
    this.stop();
    const recognition = new Recognition();
    this.#recognition = recognition;
    recognition.lang = locale;
    recognition.interimResults = true;
    recognition.maxAlternatives = 1;
    // Where the browser can do it on this machine, nothing that is said leaves it.
    if (await isLocal(locale)) recognition.processLocally = true;
    if (this.#recognition !== recognition) return "";
    return new Promise((resolve, reject) => {
      let heard = "";
      recognition.onresult = ({ results }) => {
        heard = [...results].map((each) => each[0].transcript).join(" ").trim();
        onPart(heard);
      };
      recognition.onerror = ({ error }) => {
        if (error === "no-speech" || error === "aborted") return;
        this.#recognition = null;
        reject(new Error(error));
      };
      recognition.onend = () => {
        if (this.#recognition === recognition) this.#recognition = null;
        resolve(heard);
      };
      try {
        recognition.start();
      } catch (error) {
        this.#recognition = null;
        reject(error);
      }
    });
  }

  /** Listen no longer; what was heard so far is heard. */
  stop() {
    this.#recognition?.stop();
  }
}

async function isLocal(locale) {
  try {
    return (await Recognition.available?.({ langs: [locale], processLocally: true })) === "available";
  } catch {
    return false;
  }
}
