// The one way to the speaker: actions in, what came of them out, one after the other.

/** An action was not done; the message can be shown. */
export class Refused extends Error {
  constructor(said, why, gone = false) {
    super(said);
    this.why = why;
    this.gone = gone;
  }
}

export class Door {
  #last = Promise.resolve();
  #conversation = null;

  /** `hearing` tells how far the stream was heard; `words` are those of the page. */
  constructor(words, hearing) {
    this.words = words;
    this.hearing = hearing;
  }

  /** Do something; resolves with the answer, rejects with Refused. */
  call(act, asked = {}) {
    const done = this.#last.then(() => this.#send(act, asked));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #send(act, asked) {
    const body = { do: act, conversation: this.#conversation, ...asked };
    const heard = act === "open" || act === "heard" ? undefined : this.hearing();
    if (heard) body.heard = heard;
    let response, answer;
    try {
      response = await fetch("/local", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        cache: "no-store",
      });
      answer = await response.json();
    } catch (error) {
      throw new Refused(this.words.errors.unreachable, String(error));
    }
    if (!response.ok) {
      const { said = this.words.errors.bad, why = String(answer.error) } = answer.error ?? {};
      throw new Refused(said, why, response.status === 404);
    }
    this.#conversation = answer.conversation;
    return answer;
  }
}
