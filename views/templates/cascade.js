/* Draws the pictures of the page with vis-network. Plain ES2015: government desktops still run Chrome 90.
   Nothing here makes HTML out of text: all that documents say goes in as text nodes or canvas text. */
(function () {
  "use strict";
  var FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';
  var READABLE = 0.72, LARGEST = 1, SMALLEST = 0.12;
  var data = JSON.parse(document.getElementById("payload").textContent);
  var words = data.words, card = data.card, LOOKS = {
    plain: { edge: "#6b737b", fill: "#ffffff", dash: [], wide: 1.2 },
    missing: { edge: "#b3261e", fill: "#fff9f8", dash: [8, 5], wide: 2 },
    unsure: { edge: "#5f666d", fill: "#fafbfb", dash: [2, 4], wide: 2 },
    added: { edge: "#0d47a1", fill: "#f8fbff", dash: [], wide: 1.4, double: true },
    folded: { edge: "#6b737b", fill: "#f1f3f5", dash: [], wide: 1.2, stacked: true }
  };
  function byId(id) { return document.getElementById(id); }
  var root = document.documentElement, scroller = byId("scroller"), network = null;
  root.className += " scripted";
  wireTree();
  if (!scroller || !data.views.length) { return; }
  if (typeof vis === "undefined") { byId("board").style.display = "none"; return; }

  var sizer = byId("sizer"), stage = byId("stage"), heads = byId("heads"), panel = byId("panel"), view = null;
  root.classList.toggle("mapped", data.views.length > 1);
  var chosen = null, doubted = {};
  data.links.forEach(function (link) { if (link.weak) { doubted[link.parent] = true; doubted[link.child] = true; } });
  var scale = 1, fitted = null, selected = null, lit = null, places = {}, order = [], edges = null, parents = {}, children = {};

  /* ---- one view: its cards, lines and lanes ---- */

  function facts(id) { return view.folds[id] || data.tasks[id]; }

  function show(index, keep) {
    view = data.views[index];
    byId("view").value = String(index);
    Array.prototype.forEach.call(document.querySelectorAll("#map [data-view]"), function (one) {
      one.setAttribute("aria-pressed", String(Number(one.getAttribute("data-view")) === index));
    });
    byId("view-note").textContent = view.folded ? " " + words["note.folded"].replace("{count}", view.folded) : "";
    places = {}; parents = {}; children = {};
    view.nodes.forEach(function (node) {
      places[node.id] = { id: node.id, x: node.x, y: node.y, height: facts(node.id).height, column: columnOf(node.x) };
    });
    order = Object.keys(places).sort(function (a, b) {
      return places[a].column - places[b].column || places[a].y - places[b].y;
    });
    view.edges.forEach(function (edge) {
      (children[edge.from] = children[edge.from] || []).push(edge.to);
      (parents[edge.to] = parents[edge.to] || []).push(edge.from);
    });
    var drawn = lines();
    edges = new vis.DataSet(drawn.edges);
    var nodes = new vis.DataSet(view.nodes.map(cardNode).concat(drawn.ports));
    if (network) { network.setData({ nodes: nodes, edges: edges }); } else { start(nodes); }
    buildHeads();
    select(keep && places[keep] ? keep : null);
    resize();
    fit(fitScale() >= READABLE ? fitScale : widthScale);
    scroller.scrollTop = 0; scroller.scrollLeft = 0;
    sync();
  }

  function columnOf(x) {
    var best = 0;
    view.columns.forEach(function (lane, at) { if (Math.abs(lane.x - x) < Math.abs(view.columns[best].x - x)) { best = at; } });
    return best;
  }

  function cardNode(node) {
    var own = facts(node.id), made = {}, key;
    for (key in node) { if (Object.prototype.hasOwnProperty.call(node, key)) { made[key] = node[key]; } }
    delete made.group;
    made.shape = "custom";
    /* vis-network leaves out what it takes to be out of sight, going by the size of a round node. */
    made.size = Math.max(card.width, own.height);
    made.ctxRenderer = function (at) {
      return { drawNode: function () { drawCard(at.ctx, node.id, own, at.x, at.y); },
        nodeDimensions: { width: card.width, height: own.height } };
    };
    return made;
  }

  /* A doubtful link has the colour of its kind, and is thin and dotted. */
  function lookOf(edge) {
    var look = data.lines[edge.kind];
    return edge.weak ? { colour: look.colour, width: data.weak.width, dashes: data.weak.dashes } : look;
  }

  /* Lines end at the sides of cards, never at their middle: so they stay in the lanes between the columns.
     Where one passes a column, it goes straight through the gap that the page was written with. */
  function lines() {
    var ports = [], made = [], met = {};
    function port(id, x, y) {
      if (!met[id]) {
        met[id] = true;
        ports.push({ id: id, x: x, y: y, shape: "dot", size: 0.1, borderWidth: 0, label: "", physics: false, fixed: true,
          color: "rgba(0,0,0,0)", chosen: false });
      }
      return id;
    }
    function segment(owner, from, to, straight, last, label) {
      var look = lookOf(owner);
      made.push({ id: "e" + made.length, from: from, to: to, pair: [owner.from, owner.to], kind: owner.kind, weak: owner.weak, label: label || undefined,
        color: { color: look.colour, inherit: false }, width: look.width, dashes: look.dashes, physics: false, chosen: false,
        arrows: last ? { to: { enabled: true, scaleFactor: 0.65 } } : "",
        smooth: straight ? { enabled: false, type: "continuous", roundness: 0 }
          : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.55 },
        font: { color: look.colour, size: 13, face: FONT, background: "#ffffff", strokeWidth: 0, align: "horizontal" } });
    }
    view.edges.forEach(function (edge, at) {
      var from = places[edge.from], to = places[edge.to], ahead = to.column >= from.column ? 1 : -1, half = card.width / 2;
      var here = port("p" + ahead + edge.from, from.x + ahead * half, from.y);
      edge.via.forEach(function (via, step) {
        var x = view.columns[via[0]].x, before = port("v" + at + "a" + step, x - ahead * half, via[1]);
        var after = port("v" + at + "b" + step, x + ahead * half, via[1]);
        segment(edge, here, before, false, false, "");
        segment(edge, before, after, true, false, step === 0 ? edge.label : "");
        here = after;
      });
      var end = port("q" + at, to.x - ahead * half, edge.port);
      segment(edge, here, end, false, true, edge.via.length ? "" : edge.label);
    });
    return { ports: ports, edges: made };
  }

  /* ---- drawing on the canvas ---- */

  function box(ctx, x, y, width, height, radius) {
    ctx.beginPath();
    ctx.moveTo(x + radius, y);
    ctx.arcTo(x + width, y, x + width, y + height, radius);
    ctx.arcTo(x + width, y + height, x, y + height, radius);
    ctx.arcTo(x, y + height, x, y, radius);
    ctx.arcTo(x, y, x + width, y, radius);
    ctx.closePath();
  }

  function font(style) { return style.weight + " " + style.size + "px " + FONT; }

  function drawCard(ctx, id, own, x, y) {
    var look = LOOKS[own.state] || LOOKS.plain, width = card.width, height = own.height;
    var left = x - width / 2, top = y - height / 2, colour = data.colours[own.level] || data.colours.unknown;
    ctx.save();
    /* What does not match what a person looks for stays in its place, faint. */
    if (chosen && !matches(id, own)) { ctx.globalAlpha = 0.16; }
    if (look.stacked) { ctx.fillStyle = "#fff"; ctx.strokeStyle = look.edge; ctx.lineWidth = 1; box(ctx, left + 5, top + 5, width, height, 7); ctx.fill(); ctx.stroke(); }
    box(ctx, left, top, width, height, 7);
    ctx.fillStyle = "#ffffff"; ctx.fill();
    ctx.fillStyle = look.fill; ctx.fill();
    ctx.save(); ctx.clip(); ctx.fillStyle = colour; ctx.fillRect(left, top, card.accent, height); ctx.restore();
    ctx.setLineDash(look.dash); ctx.lineWidth = look.wide; ctx.strokeStyle = look.edge;
    box(ctx, left, top, width, height, 7); ctx.stroke(); ctx.setLineDash([]);
    if (look.double) { box(ctx, left + 3, top + 3, width - 6, height - 6, 5); ctx.stroke(); }
    if (lit && lit[id]) {
      ctx.lineWidth = id === selected ? 4 : 2; ctx.strokeStyle = "#0b57d0";
      box(ctx, left - 3.5, top - 3.5, width + 7, height + 7, 9); ctx.stroke();
    }
    drawText(ctx, own, left + card.accent + card.padding, top, width - card.accent - 2 * card.padding, colour);
    ctx.restore();
  }

  function drawText(ctx, own, left, top, room, colour) {
    var style = data.styles.head, middle = top + 9 + style.line / 2, chip;
    ctx.textBaseline = "middle"; ctx.textAlign = "left";
    ctx.font = "600 " + style.size + "px " + FONT;
    chip = ctx.measureText(own.levelWord).width + 12;
    ctx.fillStyle = colour; box(ctx, left, middle - 9, chip, 18, 4); ctx.fill();
    ctx.fillStyle = "#ffffff"; ctx.fillText(own.levelWord, left + 6, middle + 0.5);
    ctx.fillStyle = style.colour; ctx.textAlign = "right"; ctx.font = font(style);
    ctx.fillText(own.path, left + room, middle + 0.5, room * 0.3);
    ctx.textAlign = "left"; ctx.font = "600 13px " + FONT; ctx.fillStyle = "#14181c";
    ctx.fillText(own.place, left + chip + 7, middle + 0.5, Math.max(20, room * 0.7 - chip - 12));
    own.lines.forEach(function (line) {
      var look = data.styles[line[0]], y = top + line[2];
      ctx.font = font(look);
      if (look.tint) {
        ctx.fillStyle = look.tint;
        ctx.fillRect(left - 4, y - look.line / 2, Math.min(room + 6, ctx.measureText(line[1]).width + 12), look.line - 1);
      }
      ctx.fillStyle = look.colour;
      ctx.fillText(line[1], left + (look.tint ? 2 : 0), y + 0.5, room);
    });
  }

  function drawLanes(ctx) {
    view.columns.forEach(function (lane) {
      ctx.fillStyle = data.tints[lane.level] || data.tints.unknown;
      ctx.fillRect(lane.x - card.width / 2 - 14, -4000, card.width + 28, view.height + 8000);
    });
    view.bands.forEach(function (band, at) {
      if (!band[0]) { return; }
      if (at) { ctx.fillStyle = "#c9ced4"; ctx.fillRect(0, band[1] - 1, view.width, 1.5); }
      ctx.font = "600 16px " + FONT; ctx.textBaseline = "middle"; ctx.textAlign = "left";
      var wide = ctx.measureText(band[0]).width;
      ctx.fillStyle = "#ffffff"; ctx.fillRect(10, band[1] + 5, wide + 20, 26);
      ctx.fillStyle = "#14181c"; ctx.fillText(band[0], 20, band[1] + 18);
    });
  }

  function start(nodes) {
    network = new vis.Network(byId("net"), { nodes: nodes, edges: edges }, {
      autoResize: false, physics: { enabled: false }, layout: { improvedLayout: false },
      interaction: { dragNodes: false, dragView: false, zoomView: false, selectable: false, hover: false, keyboard: false },
      nodes: { font: { face: FONT } }
    });
    network.on("beforeDrawing", drawLanes);
    var canvas = byId("net").querySelector("canvas");
    canvas.style.touchAction = "pan-x pan-y";
    canvas.setAttribute("aria-hidden", "true");
  }

  /* ---- scrolling and zooming: the scroll bars are the browser's own ---- */

  function resize() {
    var room = window.innerHeight - heads.getBoundingClientRect().top - window.pageYOffset - heads.offsetHeight - 34;
    scroller.style.height = Math.max(360, Math.min(room, window.innerHeight - 120)) + "px";
    panel.style.maxHeight = scroller.offsetHeight + heads.offsetHeight + "px";
    byId("map").style.maxHeight = scroller.offsetHeight + heads.offsetHeight + 30 + "px";
    refit();
  }

  function refit() { if (fitted) { fit(fitted); } else { measure(); } }

  function measure() {
    sizer.style.width = Math.max(1, Math.floor(view.width * scale)) + "px";
    sizer.style.height = Math.max(scroller.clientHeight, Math.ceil(view.height * scale)) + "px";
    stage.style.width = scroller.clientWidth + "px";
    stage.style.height = scroller.clientHeight + "px";
    sizer.style.minWidth = "100%";
    network.setSize(scroller.clientWidth + "px", scroller.clientHeight + "px");
    network.redraw();
    sync();
  }

  function offset() { return Math.max(0, (scroller.clientWidth - view.width * scale) / 2); }

  function sync() {
    network.moveTo({ scale: scale, animation: false, position: {
      x: (scroller.scrollLeft + scroller.clientWidth / 2 - offset()) / scale,
      y: (scroller.scrollTop + scroller.clientHeight / 2) / scale } });
    placeHeads();
  }

  function widthScale() { return Math.min(LARGEST, Math.max(READABLE, (scroller.clientWidth - 2) / view.width)); }
  function fitScale() { return Math.min(LARGEST, (scroller.clientWidth - 2) / view.width, (scroller.clientHeight - 2) / view.height); }

  /* A view that fits goes on fitting when the window or the panel changes, until a person zooms. */
  function fit(how) { fitted = null; zoom(how()); fitted = how; }

  function zoom(wanted, at) {
    fitted = null;
    var fresh = Math.max(SMALLEST, Math.min(3, wanted)), x = at ? at.x : scroller.clientWidth / 2, y = at ? at.y : scroller.clientHeight / 2;
    var worldX = (scroller.scrollLeft + x - offset()) / scale, worldY = (scroller.scrollTop + y) / scale;
    scale = fresh;
    measure();
    scroller.scrollLeft = worldX * scale + offset() - x;
    scroller.scrollTop = worldY * scale - y;
    sync();
  }

  function bring(id) {
    var at = places[id], left = (at.x - card.width / 2) * scale + offset(), top = (at.y - at.height / 2) * scale, margin = 24;
    if (left < scroller.scrollLeft + margin) { scroller.scrollLeft = left - margin; }
    if (left + card.width * scale > scroller.scrollLeft + scroller.clientWidth - margin) { scroller.scrollLeft = left + card.width * scale - scroller.clientWidth + margin; }
    if (top < scroller.scrollTop + margin) { scroller.scrollTop = top - margin; }
    if (top + at.height * scale > scroller.scrollTop + scroller.clientHeight - margin) { scroller.scrollTop = top + at.height * scale - scroller.clientHeight + margin; }
    sync();
  }

  function buildHeads() {
    clear(heads);
    view.columns.forEach(function (lane) {
      var made = add(heads, "div", "lane");
      made.style.borderLeftColor = data.colours[lane.level] || data.colours.unknown;
      var tint = data.tints[lane.level] || data.tints.unknown;
      made.style.background = "linear-gradient(" + tint + "," + tint + ") no-repeat left top";
      made.title = [lane.title].concat(lane.said).join("\n");
      add(made, "b", "", lane.title);
      lane.said.forEach(function (said) { add(made, "span", "", said); });
    });
  }

  function placeHeads() {
    var lanes = heads.children, at, x;
    for (at = 0; at < lanes.length; at += 1) {
      x = (view.columns[at].x - card.width / 2 - 14) * scale + offset() - scroller.scrollLeft;
      lanes[at].style.left = x + "px";
      lanes[at].style.backgroundSize = (card.width + 28) * scale + "px 100%";
      lanes[at].style.width = (at + 1 < lanes.length ? view.columns[at + 1].x - view.columns[at].x - 8 : card.width + 28) * scale + "px";
    }
  }

  /* ---- finding and choosing by unit, state and doubt ---- */

  function matches(id, own) { return own.folded ? own.folded.some(function (one) { return chosen[one]; }) : chosen[id]; }

  function fits(id, task, wanted, unit, state, doubt) {
    var text = [id, task.place, task.title, (task.carried || []).join(" "), task.deadline || "", task.policy || ""].join(" ").toLowerCase();
    if (wanted && text.indexOf(wanted) < 0) { return false; }
    if (unit && (task.carried || []).indexOf(unit) < 0) { return false; }
    if (state && !(task.states || []).some(function (one) { return one[0] === state; })) { return false; }
    return !doubt || doubted[id] || (task.states || []).some(function (one) { return one[0] === "unsure"; });
  }

  function choosing() {
    var wanted = byId("choose-find").value.trim().toLowerCase(), unit = byId("choose-unit").value, count = 0;
    var state = byId("choose-state").value, doubt = byId("choose-doubt").checked, any = Boolean(wanted || unit || state || doubt);
    chosen = any ? {} : null;
    if (any) {
      Object.keys(data.tasks).forEach(function (id) {
        if (fits(id, data.tasks[id], wanted, unit, state, doubt)) { chosen[id] = true; count += 1; }
      });
    }
    byId("choose-found").textContent = any ? words["choose.found"].replace("{found}", count) : "";
    narrowTree();
    relight();
    network.redraw();
  }

  /* The tree keeps what matches, and what stands above it. */
  function narrowTree() {
    var lines = document.querySelectorAll("#tree .tree li");
    Array.prototype.forEach.call(lines, function (line) { line.classList.toggle("gone", Boolean(chosen)); });
    Object.keys(chosen || {}).forEach(function (id) {
      var line = data.tasks[id].anchor && byId(data.tasks[id].anchor);
      for (line = line && line.closest("li"); line; line = line.parentNode.closest("li")) { line.classList.remove("gone"); }
    });
    Array.prototype.forEach.call(document.querySelectorAll("#tree .quotes li"), function (line) { line.classList.remove("gone"); });
  }

  /* The next card of this picture that matches; where it has none, the first of another picture. */
  function nextMatch() {
    var all = order.filter(function (id) { return matches(id, facts(id)); }), at = all.indexOf(selected), other;
    if (all.length) { choose(all[(at + 1) % all.length], true); return; }
    other = Object.keys(chosen || {})[0];
    if (other) { find(other); }
  }

  /* ---- choosing a card ---- */

  function chain(id) {
    var found = {};
    [parents, children].forEach(function (way) {
      var edge = [id], here;
      found[id] = true;
      while (edge.length) {
        here = edge.pop();
        (way[here] || []).forEach(function (one) { if (!found[one]) { found[one] = true; edge.push(one); } });
      }
    });
    return found;
  }

  function select(id) {
    selected = id;
    lit = id ? chain(id) : null;
    relight();
    if (id) { byId("spoken").textContent = [facts(id).levelWord, facts(id).place, facts(id).path, facts(id).title].join(" "); }
    network.redraw();
  }

  /* Lines of what is chosen are lit; those of cards that do not match are faint like them. */
  function relight() {
    edges.update(edges.get().map(function (edge) {
      var on = !lit || (lit[edge.pair[0]] && lit[edge.pair[1]]), look = lookOf(edge);
      var seen = !chosen || (matches(edge.pair[0], facts(edge.pair[0])) && matches(edge.pair[1], facts(edge.pair[1])));
      return { id: edge.id, width: look.width + (lit && on ? 1.5 : 0), color: { color: look.colour, opacity: on && seen ? 1 : seen ? 0.3 : 0.15, inherit: false } };
    }));
  }

  function hit(event) {
    var area = stage.getBoundingClientRect(), at = network.DOMtoCanvas({ x: event.clientX - area.left, y: event.clientY - area.top });
    return order.filter(function (id) {
      var place = places[id];
      return Math.abs(at.x - place.x) <= card.width / 2 && Math.abs(at.y - place.y) <= place.height / 2;
    })[0] || null;
  }

  function step(id, key) {
    var at = places[id], way = key === "ArrowLeft" ? parents : children, lane, index;
    if (key === "ArrowLeft" || key === "ArrowRight") { return (way[id] || [])[0] || id; }
    lane = order.filter(function (one) { return places[one].column === at.column; });
    index = lane.indexOf(id) + (key === "ArrowDown" ? 1 : -1);
    return lane[Math.max(0, Math.min(lane.length - 1, index))];
  }

  function choose(id, open) {
    select(id);
    if (open) { openPanel(id); }
    bring(id);
  }

  /* ---- the panel beside the picture: text only ---- */

  function clear(node) { while (node.firstChild) { node.removeChild(node.firstChild); } }

  function add(parent, name, kind, text) {
    var made = document.createElement(name);
    if (kind) { made.className = kind; }
    if (text !== undefined && text !== null) { made.textContent = text; }
    parent.appendChild(made);
    return made;
  }

  function quotes(parent, title, listed) {
    if (!listed.length) { return; }
    if (title) { add(parent, "h3", "", title); }
    var list = add(parent, "ul");
    listed.forEach(function (one) {
      var item = add(list, "li");
      add(item, "span", "what", one[0] + " ");
      add(item, "span", "where", one[1]);
      add(item, "q", one[3] ? "short" : "", one[2]);
    });
  }

  function openPanel(id) {
    var own = facts(id), bar, list;
    clear(panel);
    bar = add(panel, "div", "bar");
    if (own.anchor) { add(bar, "button", "", words["ui.to_tree"]).onclick = function () { toTree(own.anchor); }; }
    add(bar, "button", "", words["ui.close"]).onclick = closePanel;
    add(panel, "span", "chip " + own.level, own.levelWord + " " + own.place);
    add(panel, "h2", "", own.title);
    if (own.folded) {
      add(panel, "h3", "", words["panel.folded"]);
      list = add(panel, "ul");
      own.folded.forEach(function (task) { var one = data.tasks[task]; add(list, "li", "", [one.place, one.path, one.title].join(" ")); });
    } else { aboutTask(id, own); }
    links(words["panel.up"], id, "child", "parent");
    links(words["panel.down"], id, "parent", "child");
    if (!own.folded) { quotes(panel, words["panel.proofs"], own.quotes); }
    panel.hidden = false;
    panel.scrollTop = 0;
    refit();
  }

  function aboutTask(id, own) {
    own.states.forEach(function (one) { add(add(panel, "p"), "span", "state " + one[0], one[1]); });
    section(words["panel.policy"], [own.policy]);
    section(words["panel.units"], own.units.map(function (one) { return one[0] + words.colon + one[1]; }));
    section(words["panel.deadline"], own.deadline ? [own.deadline] : []);
    section(words["panel.targets"], own.targets);
    section(words["panel.key"], [id]);
  }

  function section(title, said) {
    if (!said.length) { return; }
    add(panel, "h3", "", title);
    said.forEach(function (one) { add(panel, "p", "", one); });
  }

  function links(title, id, mine, other) {
    var found = data.links.filter(function (link) { return link[mine] === id; }), list;
    if (!found.length) { return; }
    add(panel, "h3", "", title);
    list = add(panel, "ul");
    found.forEach(function (link) {
      var far = data.tasks[link[other]], item = add(list, "li"), to, more;
      to = add(item, "button", "to", far.place + " " + far.path + " " + far.title);
      to.onclick = function () { find(link[other]); };
      add(item, "b", "relation " + link.kind, link.word);
      add(item, "span", "where", " " + link.score);
      if (link.above.length || link.below.length) {
        more = add(item, "details");
        if (mine === "child") { more.open = true; }
        add(more, "summary", "", words["panel.proofs"]);
        quotes(more, words["panel.above"], link.above);
        quotes(more, words["panel.below"], link.below);
      }
    });
  }

  function closePanel() {
    panel.hidden = true;
    select(null);
    refit();
    scroller.focus({ preventScroll: true });
  }

  /* ---- between picture and tree ---- */

  function toTree(anchor) {
    var item = byId(anchor), up;
    for (up = item.parentNode; up; up = up.parentNode) { if (up.tagName === "DETAILS") { up.open = true; } }
    Array.prototype.forEach.call(document.querySelectorAll(".item.found"), function (one) { one.className = "item"; });
    item.className = "item found";
    item.scrollIntoView({ block: "center" });
    var summary = item.querySelector("summary");
    if (summary) { summary.focus({ preventScroll: true }); }
  }

  function find(id) {
    var at = data.views.indexOf(view), found = places[id] ? at : -1;
    data.views.forEach(function (one, index) {
      if (found < 0 && one.nodes.some(function (node) { return node.id === id; })) { found = index; }
    });
    if (found < 0) { standIn(id); return; }
    if (found !== at) { show(found); }
    byId("top").scrollIntoView();
    choose(id, true);
    scroller.focus({ preventScroll: true });
  }

  /* A task that no picture draws: the card that stands for it, else its line in the tree. */
  function standIn(id) {
    var card = null;
    data.views.forEach(function (one) {
      Object.keys(one.folds).forEach(function (key) { card = card || (one.folds[key].folded.indexOf(id) >= 0 ? key : null); });
    });
    if (card) { find(card); } else if (data.tasks[id] && data.tasks[id].anchor) { toTree(data.tasks[id].anchor); }
  }

  function wireTree() {
    function all(open) {
      Array.prototype.forEach.call(document.querySelectorAll("details.item"), function (one) { one.open = open; });
    }
    byId("open-all").onclick = function () { all(true); };
    byId("shut-all").onclick = function () { all(false); };
    window.addEventListener("beforeprint", function () { all(true); });
    byId("tree").addEventListener("click", function (event) {
      var task = event.target.getAttribute && event.target.getAttribute("data-task");
      if (task) { event.preventDefault(); if (network) { find(task); } }
    });
  }

  /* ---- print: the picture goes onto the paper in pieces, cut between trees ---- */

  function cuts(first, others) {
    var spans = order.map(function (id) { return [places[id].y - places[id].height / 2, places[id].y + places[id].height / 2]; });
    spans.sort(function (a, b) { return a[0] - b[0]; });
    var free = [], low = 0, found = [0], best = 0;
    spans.forEach(function (span) { if (low && span[0] > low) { free.push((low + span[0]) / 2); } low = Math.max(low, span[1]); });
    free.push(view.height);
    /* A tree that is taller than a sheet is cut through: a piece that no sheet holds would leave a sheet empty. */
    free = free.reduce(function (all, y) {
      var last = all.length ? all[all.length - 1] : 0;
      while (y - last > others) { last += all.length ? others : first; all.push(last); }
      return all.concat([y]);
    }, []);
    free.forEach(function (y) {
      if (y - found[found.length - 1] > (found.length > 1 ? others : first) && best > found[found.length - 1]) { found.push(best); }
      best = y;
    });
    found.push(view.height);
    return found;
  }

  function beforePrint() {
    var paper = byId("prints"), sharp = 2, at, image, pieces = cuts(view.width * 1.1, view.width * 1.38), was = lit;
    clear(paper);
    lit = null;
    add(paper, "h3", "", view.name + byId("view-note").textContent);
    for (at = 0; at + 1 < pieces.length; at += 1) {
      network.setSize(Math.ceil(view.width * sharp / (window.devicePixelRatio || 1)) + "px", Math.ceil((pieces[at + 1] - pieces[at]) * sharp / (window.devicePixelRatio || 1)) + "px");
      network.moveTo({ scale: sharp / (window.devicePixelRatio || 1), animation: false, position: { x: view.width / 2, y: (pieces[at] + pieces[at + 1]) / 2 } });
      network.redraw();
      image = add(paper, "img");
      image.alt = "";
      image.src = byId("net").querySelector("canvas").toDataURL("image/png");
    }
    lit = was;
    measure();
  }

  /* ---- wiring ---- */

  ["choose-find", "choose-unit", "choose-state", "choose-doubt"].forEach(function (one) {
    byId(one).addEventListener("input", choosing);
    byId(one).addEventListener("change", choosing);
  });
  byId("choose-find").addEventListener("keydown", function (event) {
    if (event.key === "Enter" && chosen) { event.preventDefault(); nextMatch(); this.focus({ preventScroll: true }); }
  });
  byId("choose-reset").onclick = function () {
    byId("choose-find").value = ""; byId("choose-unit").value = ""; byId("choose-state").value = ""; byId("choose-doubt").checked = false;
    choosing();
  };
  byId("map").addEventListener("click", function (event) {
    var to = event.target.closest && event.target.closest("[data-view]");
    if (to) { panel.hidden = true; show(Number(to.getAttribute("data-view"))); }
  });
  byId("map-toggle").onclick = function () {
    var shut = byId("map").classList.toggle("shut");
    this.setAttribute("aria-expanded", String(!shut));
    root.classList.toggle("mapped", !shut);
    refit();
  };
  byId("view").onchange = function () { panel.hidden = true; show(Number(this.value)); };
  byId("fit").onclick = function () { fit(fitScale); };
  byId("width").onclick = function () { fit(widthScale); };
  byId("in").onclick = function () { zoom(scale * 1.2); };
  byId("out").onclick = function () { zoom(scale / 1.2); };
  byId("print").onclick = function () { window.print(); };
  scroller.addEventListener("scroll", sync);
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", function () { clear(byId("prints")); });
  scroller.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) { return; }
    event.preventDefault();
    var area = scroller.getBoundingClientRect();
    zoom(scale * Math.pow(1.0015, -event.deltaY), { x: event.clientX - area.left, y: event.clientY - area.top });
  }, { passive: false });

  var drag = null;
  stage.addEventListener("mousedown", function (event) {
    if (event.button === 0) { drag = { x: event.clientX, y: event.clientY, left: scroller.scrollLeft, top: scroller.scrollTop, moved: false }; }
  });
  window.addEventListener("mousemove", function (event) {
    if (!drag) { stage.style.cursor = event.target && stage.contains(event.target) ? (hit(event) ? "pointer" : "grab") : ""; return; }
    if (Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) > 4) { drag.moved = true; }
    if (drag.moved) { scroller.scrollLeft = drag.left - event.clientX + drag.x; scroller.scrollTop = drag.top - event.clientY + drag.y; }
  });
  window.addEventListener("mouseup", function () { setTimeout(function () { drag = null; }, 0); });
  stage.addEventListener("click", function (event) {
    if (drag && drag.moved) { return; }
    var id = hit(event);
    if (id) { choose(id, true); } else if (!panel.hidden) { closePanel(); } else { select(null); }
  });

  scroller.addEventListener("keydown", function (event) {
    var key = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (key.indexOf("Arrow") === 0) { choose(selected ? step(selected, key) : order[0], !panel.hidden); }
    else if ((key === "Enter" || key === " ") && selected) { openPanel(selected); bring(selected); panel.focus(); }
    else if (key === "Escape") { closePanel(); }
    else if (key === "+" || key === "=") { zoom(scale * 1.2); }
    else if (key === "-") { zoom(scale / 1.2); }
    else if (key === "0") { fit(widthScale); }
    else { return; }
    event.preventDefault();
  });
  panel.addEventListener("keydown", function (event) { if (event.key === "Escape") { closePanel(); } });

  show(data.start);
}());
