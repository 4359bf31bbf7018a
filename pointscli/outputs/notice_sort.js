"use strict";
document.querySelectorAll("[data-script]").forEach((one) => { one.hidden = false; });
document.querySelectorAll("table.ranking").forEach((table) => {
  const published = Array.from(table.tBodies);
  const read = (body, place, number) => {
    const cell = body.rows[0].cells[place];
    if (number) return cell.dataset.value === "" ? null : Number(cell.dataset.value);
    return (cell.querySelector("bdi") || cell).textContent.trim() || null;
  };
  table.querySelectorAll("thead th button").forEach((button) => {
    button.addEventListener("click", () => {
      const head = button.closest("th"), number = "number" in head.dataset, place = head.cellIndex;
      const before = head.getAttribute("aria-sort"), first = head.dataset.first;
      const order = before ? (before === "ascending" ? "descending" : "ascending") : first;
      const sign = order === "ascending" ? 1 : -1;
      const compare = (a, b) => {
        if (a === null || b === null) return (a === null) - (b === null);
        return sign * (number ? a - b : a.localeCompare(b, document.documentElement.lang));
      };
      const keyed = published.map((body) => [read(body, place, number), body]);
      keyed.sort((a, b) => compare(a[0], b[0]));
      keyed.forEach((pair) => table.appendChild(pair[1]));
      table.querySelectorAll("th[aria-sort]").forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
    });
  });
});
