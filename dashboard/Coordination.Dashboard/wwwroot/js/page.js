// Keys, the walk over the tiles, drafts that survive a lost connection, and the reconnect notice.
// A choice finds its options by their letters, so it is typed into, too.
const typing = e => e.target.closest("input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox]");
let goPending = -Infinity;

document.addEventListener("keydown", e => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
  const tile = e.target.closest?.(".st");
  if (tile && e.key.startsWith("Arrow")) { walk(tile, e); return; }
  if (typing(e)) { if (e.key === "Escape" && e.target.matches("[data-find]")) e.target.blur(); return; }
  const go = document.querySelector("[data-key-f]");
  if (e.key === "/") {
    const find = document.querySelector("[data-find]");
    if (find) { find.focus(); find.select(); } else { document.querySelector("a[data-board]")?.click(); }
    e.preventDefault();
  } else if (e.key === "f" && go) { go.click(); e.preventDefault(); }
  else if (e.key === "g") { goPending = e.timeStamp; }
  else if (e.timeStamp - goPending < 1500) {
    const to = { b: "[data-board]", h: "[data-holds]", r: "[data-handback]", c: "[data-compose]", v: "[data-verify]", j: "[data-journal]", a: "[data-approvals]", k: "[data-calendar]", i: "[data-incidents]" }[e.key];
    if (to) { document.querySelector("a" + to)?.click(); e.preventDefault(); }
    goPending = -Infinity;
  }
});

// The table's grid prevents what a key does by itself until it knows that it has no use for the key, Tab and Ctrl+R too: only its own keys reach it.
// Enter opens the row that is marked, wherever it has moved since.
document.addEventListener("keydown", e => {
  if (!e.target.matches?.(".rz-data-grid-data")) return;
  if (e.ctrlKey || e.metaKey || e.altKey || !/^(Arrow|Page|Home$|End$|Enter$| $)/.test(e.key)) e.stopImmediatePropagation();
  else if (e.key === "Enter") e.target.querySelector("tbody tr.rz-state-focused a")?.click();
});

// The nearest tile in the arrow's direction, by what is drawn rather than by the order in the document.
function walk(from, e) {
  const a = from.getBoundingClientRect(), ax = a.left + a.width / 2, ay = a.top + a.height / 2;
  let best = null, least = Infinity;
  for (const t of document.querySelectorAll(".st")) {
    if (t === from) continue;
    const b = t.getBoundingClientRect(), dx = b.left + b.width / 2 - ax, dy = b.top + b.height / 2 - ay;
    const [along, across] = { ArrowRight: [dx, dy], ArrowLeft: [-dx, dy], ArrowDown: [dy, dx], ArrowUp: [-dy, dx] }[e.key];
    if (along <= 4) continue;
    const far = along + Math.abs(across) * 3;
    if (far < least) { least = far; best = t; }
  }
  if (best) { best.querySelector("a")?.focus(); e.preventDefault(); }
}

// What was typed is kept in this tab until it was sent.
window.coordinatorDraft = {
  read: name => { try { return sessionStorage.getItem("draft/" + name); } catch { return null; } },
  drop: name => { try { sessionStorage.removeItem("draft/" + name); } catch { /* nothing was kept */ } },
};
document.addEventListener("input", e => {
  const name = e.target.dataset?.draft;
  if (name) try { sessionStorage.setItem("draft/" + name, e.target.value); } catch { /* kept on the page alone */ }
});
// Whoever has to confirm that it is them leaves the page for a moment: what they had typed comes back into the fields of the same names, in this tab,
// on this page, for half an hour. Never a password, nothing hidden.
const keptFields = () => [...document.querySelectorAll("main textarea, main input")].filter(e => /^(textarea|text|search|email|tel|url|date|datetime-local|number)$/.test(e.type) && !e.readOnly && keptName(e));
const keptName = e => e.getAttribute("name") || e.id;
const keptHere = () => "kept" + location.pathname;
document.addEventListener("click", e => {
  if (!e.target.closest("[data-confirm-you]")) return;
  const typed = {};
  for (const f of keptFields()) if (f.value && !(keptName(f) in typed)) typed[keptName(f)] = f.value;
  try { sessionStorage.setItem(keptHere(), JSON.stringify({ at: Date.now(), typed })); } catch { /* kept nowhere */ }
});
document.addEventListener("submit", e => {
  if (e.target.getAttribute("action") !== "/sign-out") return;
  try { for (const k of Object.keys(sessionStorage)) if (k.startsWith("kept/")) sessionStorage.removeItem(k); } catch { /* nothing was kept */ }
});
function giveBack() {
  let kept;
  try { kept = JSON.parse(sessionStorage.getItem(keptHere())); } catch { /* nothing was kept */ }
  if (!kept || !document.querySelector(".live.good")) return;
  for (const f of keptFields()) {
    const words = kept.typed[keptName(f)];
    if (words === undefined) continue;
    delete kept.typed[keptName(f)];
    if (f.value === "") {
      f.value = words;
      f.dispatchEvent(new Event("input", { bubbles: true })); f.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  try {
    if (Object.keys(kept.typed).length && Date.now() - kept.at < 1800000) sessionStorage.setItem(keptHere(), JSON.stringify(kept)); else sessionStorage.removeItem(keptHere());
  } catch { /* as above */ }
}
setInterval(giveBack, 400);
// A field that a phone has in another form bears the same id with "-phone".
window.coordinatorFocus = id => [id, id + "-phone"].map(i => document.getElementById(i)).find(e => e?.checkVisibility())?.focus();

window.coordinatorFocusHeading = () => {
  const at = document.activeElement;
  if (!at?.matches("input, textarea, select")) document.querySelector("h1")?.focus();
};

// The line: lost, tried again, regained. The notice says from when the screen is.
let lostAt = 0, ticking = 0;
const notice = () => document.getElementById("components-reconnect-modal");
function tick() {
  const at = document.querySelector("[data-as-of]")?.dataset.asOf, when = notice()?.querySelector(".when");
  if (!when) return;
  const since = at ? Math.max(0, Math.round((Date.now() - Date.parse(at)) / 1000)) : Math.round((Date.now() - lostAt) / 1000);
  when.textContent = at ? `What you see is from ${new Date(at).toLocaleTimeString("en-GB", { timeZone: "Europe/London" })}, ${since} s ago.` : `What you see is at least ${since} s old.`;
}
function lineChanged(e) {
  const state = e.detail.state;
  if (state === "hide") { cut(false); shown(); }
  else { cut(true); if (state === "rejected") location.reload(); if (state === "failed") again(); }
}
function cut(on) {
  document.body.classList.toggle("cut", on);
  if (on && !ticking) { lostAt = Date.now(); tick(); ticking = setInterval(tick, 500); }
  if (!on && ticking) { clearInterval(ticking); ticking = 0; }
}
function shown() {
  const r = document.getElementById("regained");
  if (!r || !lostAt) return;
  r.querySelector("span").textContent = `Connection regained after ${Math.max(1, Math.round((Date.now() - lostAt) / 1000))} s. What you see is live again.`;
  r.classList.add("shown"); setTimeout(() => r.classList.remove("shown"), 5000);
}
async function again() {
  try { if (!await Blazor.reconnect()) location.reload(); }
  catch { setTimeout(again, 2000); }
}
document.addEventListener("click", e => { if (e.target.closest("[data-reconnect]")) again(); });
document.addEventListener("click", e => { if (e.target.closest("[data-print]")) print(); });
document.addEventListener("DOMContentLoaded", () => {
  notice()?.addEventListener("components-reconnect-state-changed", lineChanged);
  if (!window.Blazor) return;
  Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 100000, retryIntervalMilliseconds: n => n < 5 ? 300 : n < 20 ? 1000 : 3000 } } });
  Blazor.addEventListener?.("enhancedload", () => window.coordinatorTheme?.());
});

// A new proposal is heard once on each device, unless its sound is off there. Two short tones, made here: nothing is loaded.
const heard = new Set();
const muted = () => { try { return localStorage.getItem("proposals-muted") === "1"; } catch { return false; } };
function mutes() { for (const b of document.querySelectorAll("[data-mute]")) { const on = String(muted()); if (b.getAttribute("aria-pressed") !== on) b.setAttribute("aria-pressed", on); b.textContent = muted() ? "Sound off" : "Sound on"; } }
function sound() {
  const context = new AudioContext(), at = context.currentTime;
  for (const [start, pitch] of [[0, 880], [0.25, 660]]) {
    const tone = context.createOscillator(), level = context.createGain();
    tone.frequency.value = pitch; level.gain.setValueAtTime(0.2, at + start); level.gain.exponentialRampToValueAtTime(0.001, at + start + 0.22);
    tone.connect(level).connect(context.destination); tone.start(at + start); tone.stop(at + start + 0.24);
  }
  setTimeout(() => context.close(), 1000);
}
setInterval(() => {
  const fresh = [...document.querySelectorAll("[data-alarm]")].map(e => e.dataset.alarm).filter(id => !heard.has(id));
  for (const id of fresh) heard.add(id);
  mutes();
  if (fresh.length && !muted()) { try { sound(); } catch { /* a browser may refuse before the first key or click */ } }
}, 1000);
document.addEventListener("click", e => {
  if (!e.target.closest("[data-mute]")) return;
  try { localStorage.setItem("proposals-muted", muted() ? "0" : "1"); } catch { /* the choice cannot be kept here */ }
  mutes();
});
