"use strict";
// Fills the list of people and the page of one of them. Whatever stands in the data becomes text, never markup.
(() => {
  const byId = id => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const { words, people, rules } = data;
  const [NAME, ID, BRANCH, STAGE, RED, YELLOW, GREY, GREEN, FILE, ROW, ON] = Array(11).keys();
  const PAGE = 50, PRINTED = 1000, DAY = 86400000;
  const collator = new Intl.Collator(data.zh ? "zh-CN" : "en");

  const say = (word, values) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const put = (made, inside) => {
    for (const one of inside) if (one !== null && one !== undefined && one !== "") made.append(one);
    return made;
  };
  const el = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    return put(made, inside);
  };
  const svg = (tag, attributes, ...inside) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    return put(made, inside);
  };

  const branchOf = one => data.branches[one[BRANCH]] || words.notStated;
  const stageOf = one => data.stages[one[STAGE]] || words.beforeApplication;
  const placeOf = one => {
    const row = one[ROW] ? say("row", { row: one[ROW] }) : "";
    return [data.files[one[FILE]], row].filter(Boolean).join(" ");
  };

  // The details of some people at a time, read when somebody looks.
  const read = new Map();
  const details = n => {
    const number = Math.floor(n / data.chunk);
    if (!read.has(number)) {
      if (read.size > 60) read.delete(read.keys().next().value);
      read.set(number, JSON.parse(byId("chunk" + number).textContent));
    }
    const chunk = read.get(number);
    return { texts: chunk.t, person: chunk.p[n % data.chunk] };
  };

  // What is listed
  const searched = people.map(one => [one[NAME], one[ID], branchOf(one), placeOf(one)].join("\n").toLowerCase());
  const state = { text: "", lamp: "", branch: "", stage: "", rule: "", by: "red", down: true, from: 0 };
  const lamps = {
    lampOn: one => one[RED] + one[YELLOW] > 0,
    lampRed: one => one[RED] > 0,
    lampYellow: one => one[YELLOW] > 0,
    lampGreen: one => one[GREEN] > 0,
    lampOff: one => one[RED] + one[YELLOW] === 0,
  };
  const keys = {
    name: one => one[NAME], branch: branchOf, stage: one => one[STAGE],
    red: one => one[RED] * 1000 + one[YELLOW], yellow: one => one[YELLOW], grey: one => one[GREY], green: one => one[GREEN],
  };
  let found = [];
  const find = () => {
    const text = state.text.trim().toLowerCase();
    const branch = state.branch === "" ? -1 : +state.branch;
    const stage = state.stage === "" ? -1 : +state.stage;
    const rule = state.rule === "" ? -1 : +state.rule;
    const lamp = lamps[state.lamp];
    found = [];
    for (let n = 0; n < people.length; n++) {
      const one = people[n];
      if (branch >= 0 && one[BRANCH] !== branch) continue;
      if (stage >= 0 && one[STAGE] !== stage) continue;
      if (lamp && !lamp(one)) continue;
      if (rule >= 0 && !one[ON].includes(rule)) continue;
      if (text && !searched[n].includes(text)) continue;
      found.push(n);
    }
    const key = keys[state.by];
    if (key) {
      const values = new Map(found.map(n => [n, key(people[n])]));
      const texts = state.by === "name" || state.by === "branch";
      // Collating is slow, so each text is collated once.
      const rank = texts ? new Map([...new Set(values.values())].sort(collator.compare).map((one, n) => [one, n])) : null;
      const value = n => (rank ? rank.get(values.get(n)) : values.get(n));
      const sign = state.down ? -1 : 1;
      found.sort((a, b) => sign * (value(a) - value(b)) || a - b);
    }
  };

  // The list
  const choice = (name, first, options) => {
    const made = el("select", { "aria-label": first });
    made.append(el("option", { value: "" }, first));
    for (const [value, label] of options) made.append(el("option", { value }, label));
    made.addEventListener("change", () => change({ [name]: made.value }));
    return made;
  };
  const used = index => new Set(people.map(one => one[index]));
  const named = (names, index, none) =>
    [...used(index)].map(n => [n, names[n] || none]).sort((a, b) => collator.compare(a[1], b[1]));
  const stages = [...used(STAGE)].sort((a, b) => a - b).map(n => [n, data.stages[n] || words.beforeApplication]);
  const lit = rules.map((rule, n) => [n, rule[1]]).filter(([n]) => people.some(one => one[ON].includes(n)));
  const inputs = {
    text: el("input", { type: "search", placeholder: words.search, "aria-label": words.search }),
    lamp: choice("lamp", words.anyLamp, data.lamps.map(name => [name, words[name]])),
    branch: choice("branch", words.anyBranch, named(data.branches, BRANCH, words.notStated)),
    stage: choice("stage", words.anyStage, stages),
    rule: choice("rule", words.anyRule, lit.sort((a, b) => collator.compare(a[1], b[1]))),
  };
  let waiting = 0;
  inputs.text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ text: inputs.text.value }), 120);
  });
  const reset = el("button", { type: "button" }, words.reset);
  reset.addEventListener("click", () => change({ text: "", lamp: "", branch: "", stage: "", rule: "" }));
  const head = el("tr", {}), body = el("tbody", { id: "rows" });
  for (const [name, sort] of data.columns) {
    const cell = el("th", { class: sort, scope: "col" });
    if (keys[name]) {
      const button = el("button", { type: "button" }, words[name]);
      button.addEventListener("click", () => change({ by: name, down: state.by === name ? !state.down : name !== "name" && name !== "branch" }));
      cell.dataset.label = words[name];
      cell.append(button);
    } else cell.append(words[name]);
    head.append(cell);
  }
  const count = el("span", { id: "count", role: "status" });
  const previous = el("button", { type: "button" }, words.previous);
  const next = el("button", { type: "button" }, words.next);
  previous.addEventListener("click", () => turn(-PAGE));
  next.addEventListener("click", () => turn(PAGE));
  const printed = el("p", { class: "only-print" });
  byId("people").append(
    el("div", { class: "filters" }, inputs.text, inputs.lamp, inputs.branch, inputs.stage, inputs.rule, reset),
    el("table", {}, el("thead", {}, head), body), printed,
    el("div", { class: "pager" }, count, previous, next),
  );

  const told = n => {
    const one = people[n];
    if (state.rule !== "") {
      const { texts, person } = details(n);
      const finding = person[1].find(each => each[0] === +state.rule);
      if (finding) return texts[finding[5]];
    }
    const shown = one[ON].slice(0, 3).map(rule => rules[rule][1]).join(data.zh ? "；" : "; ");
    return one[ON].length > 3 ? shown + (data.zh ? "" : " ") + say("more", { many: one[ON].length }) : shown;
  };
  const number = index => n => people[n][index] ? String(people[n][index]) : "";
  const cells = {
    name: n => el("a", { href: "#p" + n }, people[n][NAME] || people[n][ID]),
    branch: n => branchOf(people[n]), stage: n => stageOf(people[n]), source: n => placeOf(people[n]), rules: told,
    red: number(RED), yellow: number(YELLOW), grey: number(GREY), green: number(GREEN),
  };
  const inks = { red: " ink-red", yellow: " ink-yellow", grey: " ink-grey", green: " ink-green", source: " place" };
  const line = n => {
    const made = el("tr", {},
      ...data.columns.map(([name, sort]) => el("td", { class: sort + (inks[name] || "") }, cells[name](n))));
    made.addEventListener("click", () => { location.hash = "p" + n; });
    return made;
  };
  const list = (most = PAGE) => {
    const from = most === PAGE ? state.from : 0, shown = found.slice(from, from + most);
    body.replaceChildren(...shown.map(line));
    count.textContent = found.length
      ? say("shown", { from: from + 1, to: from + shown.length, all: found.length }) : words.nobody;
    previous.disabled = from === 0;
    next.disabled = from + most >= found.length;
    [...head.children].forEach((cell, n) => {
      if (data.columns[n][0] === state.by) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  };
  const change = changes => {
    Object.assign(state, changes, { from: 0 });
    for (const name in inputs) if (inputs[name].value !== state[name]) inputs[name].value = state[name];
    find();
    list();
  };
  const turn = by => {
    state.from += by;
    list();
    byId("people").scrollIntoView();
  };

  // The tables of the summary lead to the people.
  const valueOf = {
    rule: value => rules.findIndex(rule => rule[0] === value),
    branch: value => data.branches.indexOf(value),
    stage: value => data.stages.indexOf(value),
  };
  for (const row of document.querySelectorAll("tr[data-filter]")) {
    const { filter, value } = row.dataset;
    if (valueOf[filter](value) < 0) continue;
    row.classList.add("live");
    row.addEventListener("click", () => {
      change({ text: "", lamp: "", branch: "", stage: "", rule: "", [filter]: String(valueOf[filter](value)) });
      byId("people").scrollIntoView();
    });
  }

  // One person
  const iso = n => new Date(n * DAY).toISOString().slice(0, 10);
  const dayText = (low, high) => {
    if (low === null) return words.noDay;
    const first = iso(low), last = iso(high);
    if (low === high) return first;
    const after = iso(high + 1);
    if (first.endsWith("-01-01") && after.endsWith("-01-01") && high - low < 366) return first.slice(0, 4);
    if (first.endsWith("-01") && after.endsWith("-01") && high - low < 31) return first.slice(0, 7);
    return first + " – " + last;
  };
  const timeline = (records, texts) => {
    if (!records.length) return el("p", { class: "place" }, words.noRecords);
    const made = svg("svg", { class: "time", role: "img", "aria-label": words.timeline });
    const dots = [];
    let y = 16, last = null;
    for (const [kind, low, high, lamp] of records) {
      if (last !== null) y += 26 + (low === null ? 0 : Math.min(32, Math.max(0, low - last) / 12));
      const day = dayText(low, high), long = day.length > 10;
      const beside = long ? { x: 110 } : { x: 84, "text-anchor": "end" };
      dots.push(
        svg("text", { ...beside, y: y + 4.5, class: "faint" }, day),
        svg("circle", { cx: 97, cy: y, r: 6, class: "d" + lamp }),
      );
      if (long) y += 18;
      dots.push(svg("text", { x: 110, y: y + 4.5, class: "r" + lamp }, texts[kind]));
      last = low === null ? last || 0 : low;
    }
    made.setAttribute("viewBox", "0 0 340 " + (y + 14));
    made.append(svg("line", { x1: 97, y1: 16, x2: 97, y2: y, class: "way" }), ...dots);
    return made;
  };
  const finding = ([rule, lamp, , mark, article, message, lines], texts) =>
    el("div", { class: "finding l" + lamp },
      el("div", { class: "head" }, el("span", { class: "mark l" + lamp }, texts[mark]), el("b", {}, rules[rule][1]), el("span", { class: "article" }, texts[article])),
      message ? el("p", {}, texts[message]) : null,
      ...lines.map(([label, text]) => el("p", {}, el("b", {}, texts[label]), texts[text])),
      el("p", { class: "small" }, rules[rule][0]));
  const grey = (title, numbers) => numbers.length
    ? el("details", {}, el("summary", {}, title + " (" + numbers.length + ")"),
      el("ul", { class: "listed" }, ...numbers.map(n => el("li", {}, rules[n][1]))))
    : null;
  const link = (label, n) => {
    const made = el("button", { type: "button" }, label);
    if (n === undefined) made.disabled = true;
    else made.addEventListener("click", () => { location.hash = n === null ? "" : "p" + n; });
    return made;
  };
  const person = n => {
    const one = people[n], { texts, person: [records, findings, unknown, manual] } = details(n), at = found.indexOf(n);
    const part = ([number, title, empty]) => {
      const own = findings.filter(each => each[2] === number);
      if (!own.length && !empty) return [];
      return [el("h3", {}, title), ...(own.length ? own.map(each => finding(each, texts)) : [el("p", {}, empty)])];
    };
    const pill = (index, lamp) => one[index] ? el("span", { class: "pill ink-" + lamp }, words[lamp] + " " + one[index]) : null;
    byId("person").replaceChildren(
      el("div", { class: "bar" }, link(words.back, null), link(words.before, at > 0 ? found[at - 1] : undefined), link(words.after, at >= 0 ? found[at + 1] : undefined)),
      el("h2", {}, one[NAME] || one[ID]),
      el("p", { class: "place" }, [stageOf(one), branchOf(one), placeOf(one), one[ID], words.asOf + " " + data.asOf].filter(Boolean).join(" · ")),
      el("div", { class: "pills" }, pill(RED, "red"), pill(YELLOW, "yellow"), pill(GREY, "grey"), pill(GREEN, "green")),
      el("div", { class: "two" },
        el("div", {}, el("h3", {}, words.timeline), timeline(records, texts)),
        el("div", {}, ...data.parts.flatMap(part), grey(words.unknown, unknown), grey(words.manual, manual))),
    );
  };

  let scrolled = 0;
  const route = () => {
    const asked = /^#p(\d+)$/.exec(location.hash), there = asked && +asked[1] < people.length;
    if (there && !byId("overview").hidden) scrolled = window.scrollY;
    byId("overview").hidden = Boolean(there);
    byId("person").hidden = !there;
    if (there) person(+asked[1]);
    window.scrollTo(0, there ? 0 : scrolled);
  };
  addEventListener("hashchange", route);
  addEventListener("beforeprint", () => {
    if (byId("overview").hidden) return;
    for (const one of document.querySelectorAll(".tables details")) one.open = true;
    list(PRINTED);
    printed.textContent = found.length > PRINTED ? say("printed", { many: PRINTED }) : "";
  });
  addEventListener("afterprint", () => list());
  change({});
  route();
})();
