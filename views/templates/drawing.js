/* Finds and chooses among the marks of a picture: what does not match goes faint, rows without a match go away.
   Plain ES2015: government desktops still run Chrome 90. Nothing here makes HTML out of text. */
(function () {
  "use strict";
  document.documentElement.className += " scripted";
  function byId(id) { return document.getElementById(id); }
  function all(what, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(what)); }
  var picture = byId("picture"), marks = all(".mark", picture), rows = all("#picture tr.row"), listed = all("#rows tbody tr");
  var find = byId("find"), unit = byId("unit"), state = byId("state"), doubt = byId("doubt"), found = byId("found");
  var texts = marks.map(function (mark) {
    var row = mark.closest("tr");
    return ((row ? row.textContent : mark.textContent) + " " + (mark.getAttribute("title") || "")).toLowerCase();
  });
  var words = listed.map(function (row) { return row.textContent.toLowerCase(); });

  function matches(mark, text) {
    var wanted = find.value.trim().toLowerCase();
    if (wanted && text.indexOf(wanted) < 0) { return false; }
    if (unit && unit.value && (mark.getAttribute("data-units") || "").split("|").indexOf(unit.value) < 0) { return false; }
    if (state && state.value && mark.getAttribute("data-state") !== state.value) { return false; }
    return !(doubt && doubt.checked) || mark.getAttribute("data-doubt") === "1";
  }

  function choose() {
    var choosing = Boolean(find.value.trim() || (unit && unit.value) || (state && state.value) || (doubt && doubt.checked)), count = 0;
    marks.forEach(function (mark, at) {
      var fits = matches(mark, texts[at]);
      count += fits ? 1 : 0;
      mark.classList.toggle("faint", choosing && !fits);
    });
    rows.forEach(function (row) {
      row.classList.toggle("gone", choosing && all(".mark", row).every(function (mark) { return mark.classList.contains("faint"); }));
    });
    listed.forEach(function (row, at) {
      row.classList.toggle("gone", words[at].indexOf(find.value.trim().toLowerCase()) < 0);
    });
    found.textContent = choosing ? found.getAttribute("data-words").replace("{found}", count).replace("{all}", marks.length) : "";
  }

  [find, unit, state, doubt].forEach(function (one) {
    if (one) { one.addEventListener("input", choose); one.addEventListener("change", choose); }
  });
  find.addEventListener("keydown", function (event) {
    var first = marks.filter(function (mark) { return !mark.classList.contains("faint"); })[0];
    if (event.key === "Enter" && first) { event.preventDefault(); first.scrollIntoView({ block: "center", inline: "nearest" }); }
  });
  byId("reset").onclick = function () {
    find.value = "";
    if (doubt) { doubt.checked = false; }
    if (unit) { unit.value = ""; }
    if (state) { state.value = ""; }
    choose();
  };
  byId("print").onclick = function () { window.print(); };
  choose();
}());
