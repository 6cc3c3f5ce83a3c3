/* Keys of the explorer; without this file every page works all the same. Nothing here is newer than Chrome 90. */
(function () {
  "use strict";
  var picked = -1;

  function rows() { return Array.prototype.slice.call(document.querySelectorAll("main table tbody tr")); }

  function pick(step) {
    var found = rows();
    if (!found.length) { return; }
    if (found[picked]) { found[picked].classList.remove("picked"); }
    picked = Math.max(0, Math.min(found.length - 1, picked + step));
    found[picked].classList.add("picked");
    found[picked].scrollIntoView({ block: "nearest" });
    var link = found[picked].querySelector("a");
    if (link) { link.focus({ preventScroll: true }); }
  }

  function open() {
    var row = rows()[picked], link = row && row.querySelector("a.hit, td a, th a");
    if (link) { link.click(); }
  }

  /* Files that show progress are told by name and SHA-256: both go into the form, the files themselves stay where they are. */
  function tell(picker) {
    var lines = picker.form.elements[picker.parentNode.getAttribute("data-hashes")];
    Array.prototype.forEach.call(picker.files, function (file) {
      file.arrayBuffer().then(function (held) { return crypto.subtle.digest("SHA-256", held); }).then(function (hash) {
        var signs = Array.prototype.map.call(new Uint8Array(hash), function (one) { return ("0" + one.toString(16)).slice(-2); });
        lines.value = lines.value.replace(/\s*$/, "") + (lines.value.trim() ? "\n" : "") + signs.join("") + "  " + file.name;
      });
    });
    picker.value = "";
  }

  if (window.crypto && crypto.subtle) {
    Array.prototype.forEach.call(document.querySelectorAll("[data-hashes]"), function (label) {
      label.hidden = false;
      label.querySelector("input").addEventListener("change", function (event) { tell(event.target); });
    });
  }

  document.addEventListener("keydown", function (event) {
    var at = event.target.tagName, found;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (at === "INPUT" || at === "TEXTAREA" || at === "SELECT") {
      if (event.key === "Escape") { event.target.blur(); }
      return;
    }
    if (event.key === "/") {
      found = document.getElementById("ask") || document.getElementById("q");
      found.focus();
      found.select();
      event.preventDefault();
    } else if (event.key === "j") { pick(1); }
    else if (event.key === "k") { pick(-1); }
    else if (event.key === "o") { open(); }
    else if (event.key === "?") { document.querySelector(".ways a[href^='/keys']").click(); }
    else {
      found = document.querySelector("[data-key='" + (/^[a-z]$/.test(event.key) ? event.key : "none") + "']");
      if (found) { found.click(); event.preventDefault(); }
    }
  });
}());
