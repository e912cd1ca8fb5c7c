// What is kept in this browser: how the page was set, and nothing that anybody said.

import { at } from "./element.js";

const NAME = "steady-legs";
const CHOICES = ["device", "locale"];
const SWITCHES = ["sound", "patience"];

export function keep() {
  const kept = {};
  for (const id of CHOICES) kept[id] = at(id).value;
  for (const id of SWITCHES) kept[id] = at(id).checked;
  try {
    localStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing is set anew each time.
  }
}

export function restore() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return;
  }
  for (const id of CHOICES) if ([...at(id).options].some((each) => each.value === kept[id])) at(id).value = kept[id];
  for (const id of SWITCHES) if (typeof kept[id] === "boolean") at(id).checked = kept[id];
}
