// The workbench: all that goes to the skill and back, and what can be done with it.
//
// `mount(element, {call, words, locales})` fills an element; `call(act, asked)` does something at the door and resolves
// with the answer, or one with an `error`; all answers come to `show(answer)` as well, from whoever gave `call`.

import { element, filled } from "./element.js";

const MOST_TURNS = 200;
const OPEN_AT_FIRST = 2;

let bench = null;

/** Fill an element with the workbench. */
export function mount(place, options) {
  bench = new Workbench(place, options);
  return bench;
}

/** Take in what came of an action. */
export function show(answer) {
  bench?.show(answer);
}

class Workbench {
  #call;
  #words;
  #conversation = null;
  #state = null;

  constructor(place, { call, words, locales = [] }) {
    this.#call = call;
    this.#words = words.workbench;
    this.status = element("p", { role: "status", class: "wb-status" });
    this.device = this.#choice(Object.entries(this.#words.devices));
    this.locale = this.#choice(locales.map((tag) => [tag, tag]));
    this.turns = element("ol", { class: "wb-turns" });
    this.empty = element("p", { class: "wb-empty" }, this.#words.empty);
    place.classList.add("wb");
    place.replaceChildren(...this.#all());
    if (!document.querySelector("link[data-workbench]")) {
      const href = new URL("./workbench.css", import.meta.url).href;
      document.head.append(element("link", { rel: "stylesheet", href, "data-workbench": true }));
    }
  }

  show({ conversation, turns, state, missed = {} }) {
    if (conversation !== this.#conversation) this.turns.replaceChildren();
    this.#conversation = conversation;
    this.#state = state;
    if (![...this.locale.options].some((option) => option.value === state.locale)) {
      this.locale.append(element("option", { value: state.locale }, state.locale));
    }
    this.device.value = state.device;
    this.locale.value = state.locale;
    if (turns.length) this.turns.querySelectorAll(":scope > li > details").forEach((each) => (each.open = false));
    this.turns.append(...turns.map((turn, place) => this.#turn(turn, missed[turn.number], place === turns.length - 1)));
    while (this.turns.children.length > MOST_TURNS) this.turns.firstElementChild.remove();
    this.empty.hidden = this.turns.children.length > 0;
  }

  #all() {
    const { title, statement, device, locale, forget, forgotten, turns } = this.#words;
    return [
      element("h2", {}, title),
      element("p", { class: "wb-statement" }, statement),
      element(
        "div",
        { class: "wb-row" },
        element("label", {}, device, this.device),
        element("label", {}, locale, this.locale),
        this.#button(forget, async () => (await this.#do("forget")) && forgotten),
      ),
      this.#raw(),
      this.#export(),
      this.#replay(),
      this.status,
      element("h3", {}, turns),
      this.empty,
      this.turns,
    ];
  }

  #choice(options) {
    const select = element("select", {}, ...options.map(([value, text]) => element("option", { value }, text)));
    select.addEventListener("change", () =>
      this.#attempt(select, async () => {
        await this.#do("open", { locale: this.locale.value, device: this.device.value });
        return this.#words.switched;
      }),
    );
    return select;
  }

  // Whoever does it may also tell in the answer that it was not done.
  async #do(act, asked = {}) {
    const answer = await this.#call(act, asked);
    if (!answer || answer.error) throw Object.assign(new Error(answer?.error.said), { why: answer?.error.why });
    return answer;
  }

  // Everything that is done here ends in a line for whoever cannot see what it changed.
  async #attempt(button, act) {
    this.#say("");
    button.setAttribute("aria-busy", "true");
    try {
      this.#say((await act()) ?? "");
    } catch (error) {
      this.#say(filled(this.#words.failed, { why: error.why ?? error.message ?? "" }), true);
    } finally {
      button.removeAttribute("aria-busy");
      if (this.#state) [this.device.value, this.locale.value] = [this.#state.device, this.#state.locale];
    }
  }

  #say(text, wrong = false) {
    this.status.textContent = text;
    this.status.classList.toggle("wb-wrong", wrong);
  }

  #button(text, act, attributes = {}) {
    const button = element("button", { type: "button", ...attributes }, text);
    button.addEventListener("click", () => this.#attempt(button, act));
    return button;
  }

  #copy(text) {
    return this.#button(this.#words.copy, async () => {
      await navigator.clipboard.writeText(text());
      return this.#words.copied;
    });
  }

  #fold(title, ...inside) {
    return element("details", { class: "wb-fold" }, element("summary", {}, title), ...inside);
  }

  #turn(turn, missed, open) {
    const words = this.#words;
    const took = turn.exchanges.reduce((sum, { ms, bytes }) => ({ ms: sum.ms + ms, bytes: sum.bytes + bytes }), {
      ms: 0,
      bytes: 0,
    });
    const wrong = Boolean(turn.failure || missed || turn.exchanges.some((each) => each.broken_rules.length));
    const summary = element(
      "summary",
      {},
      element("span", { class: "wb-number" }, filled(words.turn, turn)),
      element("q", {}, turn.utterance || words.quiet),
      element("span", { class: "wb-intent" }, turn.heard?.intent ?? kindOf(turn.exchanges.at(-1))),
      element("span", { class: "wb-took" }, this.#took(took)),
      wrong ? element("strong", { class: "wb-wrong" }, words.attention) : null,
    );
    const details = element("details", { open }, summary);
    // What is folded is made when it is first looked at.
    once(details, () => details.append(...this.#inside(turn, missed)));
    return element("li", {}, details);
  }

  #inside(turn, missed) {
    const words = this.#words;
    const { failure } = turn;
    return [
      failure && element("div", { class: "wb-failure" }, element("h4", {}, words.failure), element("p", {}, failure.said), lines(failure.why.split("\n"))),
      missed && element("div", { class: "wb-failure" }, element("h4", {}, words.missed), lines(missed)),
      element("h4", {}, words.heard),
      ...this.#heard(turn.heard),
      element("h4", {}, words.session),
      ...this.#change(turn.session, words.session),
      element("h4", {}, words.stored),
      ...this.#change(turn.stored, words.stored),
      ...turn.exchanges.map((each, place) => this.#exchange(turn, each, place)),
    ].filter(Boolean);
  }

  #heard(heard) {
    const words = this.#words;
    if (!heard) return [element("p", {}, words.not_heard)];
    const told = [
      [words.intent, heard.intent],
      [words.why, filled(words.how[heard.how], heard)],
      ...(heard.sample ? [[words.sample, heard.sample]] : []),
    ];
    const pairs = told.map(([term, said]) => [element("dt", {}, term), element("dd", {}, said)]);
    return [
      element("dl", {}, ...pairs.flat()),
      heard.slots.length ? table(words.slots, words.slot, heard.slots) : null,
    ].filter(Boolean);
  }

  #change({ before, after }, title) {
    const words = this.#words;
    const rows = [...changes(before, after)].map((row) => ({ ...row, what: words.changes[row.kind] }));
    return [
      rows.length ? table(title, words.change, rows) : element("p", {}, words.unchanged),
      Object.keys(after).length ? this.#fold(words.everything, this.#tree(after)) : null,
    ].filter(Boolean);
  }

  #exchange(turn, exchange, place) {
    const words = this.#words;
    const { request, response, broken_rules } = exchange;
    const section = this.#fold(
      element(
        "span",
        {},
        filled(words.exchange, { number: place + 1, kind: kindOf(exchange) }),
        " ",
        element("span", { class: "wb-took" }, this.#took(exchange)),
      ),
    );
    section.open = turn.exchanges.length === 1;
    once(section, () =>
      section.append(
        element("h5", {}, words.rules),
        broken_rules.length ? lines(broken_rules, "wb-wrong") : element("p", {}, words.no_rules),
        ...this.#json(words.request, request),
        element(
          "div",
          { class: "wb-row" },
          this.#button(words.again, () => this.#edit(request)),
          this.#saving(turn.number, place),
        ),
        ...(response === null
          ? [element("h5", {}, words.response), element("p", {}, words.no_response)]
          : this.#json(words.response, response)),
      ),
    );
    return section;
  }

  #took({ ms, bytes }) {
    return filled(this.#words.took, { ms: Math.round(ms * 10) / 10, bytes });
  }

  #json(title, value) {
    const heading = element("h5", {}, title, " ", this.#copy(() => JSON.stringify(value, null, 2)));
    return [heading, this.#tree(value, OPEN_AT_FIRST)];
  }

  #tree(value, open = 1) {
    const box = element("div", { class: "wb-tree" });
    box.append(...this.#nodes(value, open));
    return box;
  }

  #nodes(value, open) {
    return Object.entries(value ?? {}).map(([key, inner]) => {
      if (inner === null || typeof inner !== "object" || !Object.keys(inner).length) {
        const text = JSON.stringify(inner);
        return element("p", {}, element("b", {}, key), ": ", element("span", { class: `wb-${typeof inner}` }, text));
      }
      const { one, many } = this.#words.entries;
      const count = Object.keys(inner).length;
      const note = element("small", {}, count === 1 ? one : filled(many, { count }));
      const node = element("details", { open: open > 1 }, element("summary", {}, element("b", {}, key), " ", note));
      once(node, () => node.append(...this.#nodes(inner, open - 1)));
      return node;
    });
  }

  #saving(turn, exchange) {
    const words = this.#words;
    const name = element("input", { type: "text", maxlength: 60, spellcheck: "false", autocomplete: "off", required: true });
    const form = element(
      "form",
      { class: "wb-row" },
      element("label", {}, words.fixture_name, name),
      element("button", { type: "submit" }, words.fixture),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#attempt(form, async () => {
        const { saved } = await this.#do("save_fixture", { turn, exchange, name: name.value.trim() });
        return filled(words.saved, { path: saved });
      });
    });
    return form;
  }

  #edit(request) {
    this.box.value = JSON.stringify(request, null, 2);
    this.box.closest("details").open = true;
    this.box.focus();
  }

  #raw() {
    const words = this.#words;
    this.box = this.#text();
    return this.#fold(
      words.raw,
      element("label", {}, words.raw_label, this.box),
      this.#button(words.send, async () => {
        let envelope = null;
        try {
          envelope = JSON.parse(this.box.value);
        } catch (error) {
          throw new Error(filled(words.raw_bad, { why: error.message }));
        }
        const { turns } = await this.#do("raw", { envelope });
        return filled(words.sent, turns[0]);
      }),
    );
  }

  #export() {
    const words = this.#words;
    const box = this.#text({ readonly: true });
    const file = { name: "" };
    const save = this.#button(words.download, () => download(file.name, box.value));
    const result = element("div", { hidden: true }, element("label", {}, words.exported, box));
    result.append(element("div", { class: "wb-row" }, this.#copy(() => box.value), save));
    const buttons = Object.entries(words.export_as).map(([format, text]) =>
      this.#button(text, async () => {
        const answer = await this.#do("export", { format });
        file.name = answer.name;
        box.value = answer.text;
        result.hidden = false;
        box.focus();
        return answer.left_out ? filled(words.left_out, { count: answer.left_out }) : words.written;
      }),
    );
    return this.#fold(words.export, element("div", { class: "wb-row" }, ...buttons), result);
  }

  #replay() {
    const words = this.#words;
    const box = this.#text();
    const file = element("input", { type: "file", accept: ".yaml,.yml,.json" });
    file.addEventListener("change", () =>
      this.#attempt(file, async () => {
        box.value = await file.files[0]?.text() ?? box.value;
      }),
    );
    return this.#fold(
      words.replay,
      element("label", {}, words.choose, file),
      element("label", {}, words.replay_label, box),
      this.#button(words.start, async () => {
        // Only one of the formats is an object in braces.
        const format = box.value.trimStart().startsWith("{") ? "toolkit" : "dialogue";
        const { turns, missed } = await this.#do("replay", { format, text: box.value });
        return filled(words.replayed, { turns: turns.length, missed: Object.keys(missed).length });
      }),
    );
  }

  #text(attributes = {}) {
    return element("textarea", { rows: 10, spellcheck: "false", autocomplete: "off", ...attributes });
  }
}

/** Every part that is not the same before and after, by its way from the top. */
function* changes(before, after, way = "") {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]];
    const name = way ? `${way}.${key}` : key;
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    if (isObject(old) && isObject(now)) yield* changes(old, now, name);
    else {
      const kind = !(key in before) ? "added" : !(key in after) ? "removed" : "changed";
      yield { key: name, kind, before: JSON.stringify(old) ?? "", after: JSON.stringify(now) ?? "" };
    }
  }
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** Rows as a table with a title; `heads` are the columns by their keys. */
function table(title, heads, rows) {
  const keys = Object.keys(heads);
  const head = element("tr", {}, ...keys.map((key) => element("th", { scope: "col" }, heads[key])));
  const cells = (row) =>
    keys.map((key, place) => element(place ? "td" : "th", place ? {} : { scope: "row" }, String(row[key] ?? "")));
  const body = rows.map((row) => element("tr", { class: row.kind && `wb-${row.kind}` }, ...cells(row)));
  const caption = element("caption", { class: "unseen" }, title);
  const made = element("table", {}, caption, element("thead", {}, head), element("tbody", {}, ...body));
  return element("div", { class: "wb-scroll", tabindex: 0, role: "group", "aria-label": title }, made);
}

const lines = (texts, name = null) => element("ul", { class: name }, ...texts.map((text) => element("li", {}, text)));

/** The intent or else the type of a request. */
function kindOf(exchange) {
  const asked = exchange?.request?.request;
  return String(asked?.intent?.name ?? asked?.type ?? "");
}

/** Do something when details are first open. */
function once(details, act) {
  if (details.open) act();
  else details.addEventListener("toggle", act, { once: true });
}

function download(name, text) {
  const href = URL.createObjectURL(new Blob([text]));
  element("a", { href, download: name }).click();
  URL.revokeObjectURL(href);
}
