// Light, dark, or as the system says: set before the first paint, so that nothing flashes.
(() => {
  const key = "theme", root = document.documentElement, system = matchMedia("(prefers-color-scheme: dark)");
  const read = () => { try { return localStorage.getItem(key) || "system"; } catch { return "system"; } };
  const apply = () => {
    const choice = read();
    root.dataset.theme = choice === "dark" || (choice === "system" && system.matches) ? "dark" : "light";
    root.dataset.themeChoice = choice;
    for (const b of document.querySelectorAll("[data-theme-choice-word]")) b.textContent = { light: "Light", dark: "Dark", system: "Auto" }[choice];
  };
  system.addEventListener("change", apply);
  document.addEventListener("click", e => {
    if (!e.target.closest("[data-theme-toggle]")) return;
    const next = { system: "light", light: "dark", dark: "system" }[read()];
    try { localStorage.setItem(key, next); } catch { /* private windows may refuse; the choice then lasts for this page */ }
    apply();
  });
  apply();
  document.addEventListener("DOMContentLoaded", apply);
  new MutationObserver(() => { if (!root.dataset.theme) apply(); }).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  window.coordinatorTheme = apply;
})();
