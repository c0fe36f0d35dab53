"use strict";
(function () {
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const key = cell => {
    const sort = cell.dataset.sort || cell.textContent.trim();
    const number = Number(sort.replace(/,/g, ""));
    return sort !== "" && Number.isFinite(number) ? number : sort;
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", {numeric: true});

  document.querySelectorAll("table.data").forEach(table => {
    const body = table.tBodies[0];
    if (body.rows.length < 2) return;
    table.querySelectorAll("thead th").forEach((heading, column) => {
      const button = make("button", heading.textContent);
      button.type = "button";
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = heading.getAttribute("aria-sort") === "ascending";
        table.querySelectorAll("th[aria-sort]").forEach(other => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = Array.from(body.rows, row => [key(row.cells[column]), row]);
        rows.sort((a, b) => (down ? -1 : 1) * compare(a[0], b[0]));
        body.append(...rows.map(pair => pair[1]));
      });
    });
    if (body.rows.length < 8) return;
    const tool = make("p", "", "tool");
    const label = make("label", "Filter rows");
    const input = make("input", "");
    const count = make("span", "");
    input.type = "search";
    input.id = table.id + "-filter";
    label.htmlFor = input.id;
    count.setAttribute("aria-live", "polite");
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      Array.from(body.rows).forEach(row => {
        row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
        if (!row.hidden) shown++;
      });
      count.textContent = wanted === "" ? "" : shown + " of " + body.rows.length;
    });
    tool.append(label, input, count);
    (table.closest(".scroll") || table).before(tool);
  });

  if (navigator.clipboard) {
    document.querySelectorAll(".command").forEach(command => {
      const text = command.textContent;
      const button = make("button", "Copy", "copy");
      button.type = "button";
      button.setAttribute("aria-label", "Copy: " + text.slice(0, 60));
      button.addEventListener("click", () => navigator.clipboard.writeText(text).then(() => {
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 2000);
      }, () => { button.textContent = "Not allowed"; }));
      if (command.tagName === "PRE") command.append(button); else command.after(button);
    });
  }
})();
