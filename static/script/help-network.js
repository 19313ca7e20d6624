// Draws a few thousand people and their ties with WebGL, at the places that the server worked out. Without WebGL, or
// without this script, the server's own drawing stands; the table beside it is the same for all.
"use strict";
(() => {
  const box = document.getElementById("points");
  const drawing = document.getElementById("drawing");
  const canvas = box && box.querySelector("canvas");
  const gl = canvas && canvas.getContext("webgl", { antialias: true });
  if (!gl) return;
  box.hidden = false;

  const told = box.querySelector("[role=status]");
  const VERTEX = "attribute vec2 place; attribute float size; uniform vec2 middle; uniform vec2 scale;" +
    "void main() { gl_Position = vec4((place - middle) * scale, 0.0, 1.0); gl_PointSize = size; }";
  const FRAGMENT = "precision mediump float; uniform vec4 ink; uniform bool round;" +
    "void main() { if (round && distance(gl_PointCoord, vec2(0.5)) > 0.5) discard; gl_FragColor = ink; }";
  const view = { x: 0.5, y: 0.5, zoom: 1 };
  let nodes = [];
  let counts = { lines: 0, nodes: 0 };
  let program, buffers, chosen = -1;

  function shader(kind, source) {
    const made = gl.createShader(kind);
    gl.shaderSource(made, source);
    gl.compileShader(made);
    gl.attachShader(program, made);
  }

  function filled(numbers) {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(numbers), gl.STATIC_DRAW);
    return buffer;
  }

  function prepare(data) {
    nodes = data.nodes;
    program = gl.createProgram();
    shader(gl.VERTEX_SHADER, VERTEX);
    shader(gl.FRAGMENT_SHADER, FRAGMENT);
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    const ends = data.lines.flatMap(([one, other]) => [...nodes[one].slice(0, 2), ...nodes[other].slice(0, 2)]);
    const most = Math.max(1, ...nodes.map((node) => node[3] + node[4]));
    const sizes = nodes.map((node) => 3 + 10 * Math.sqrt((node[3] + node[4]) / most));
    buffers = {
      lines: filled(ends),
      nodes: filled(nodes.flatMap((node) => node.slice(0, 2))),
      sizes: filled(sizes.map((size) => size * devicePixelRatio)),
    };
    counts = { lines: ends.length / 2, nodes: nodes.length };
  }

  function ink(name, alpha) {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.style.setProperty("color", `var(${name})`);
    probe.fillStyle = getComputedStyle(canvas).color;
    canvas.style.removeProperty("color");
    probe.fillRect(0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    gl.uniform4f(gl.getUniformLocation(program, "ink"), red / 255, green / 255, blue / 255, alpha);
  }

  function scale() {
    const flat = canvas.clientWidth / canvas.clientHeight;
    const base = 1.85 * view.zoom;
    return flat > 1.6 ? [(base * 1.6) / flat, -base] : [base, (-base * flat) / 1.6];
  }

  function draw() {
    if (!program) return;
    canvas.width = canvas.clientWidth * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(gl.getUniformLocation(program, "middle"), view.x, view.y);
    gl.uniform2f(gl.getUniformLocation(program, "scale"), ...scale());
    paint(buffers.lines, gl.LINES, 0, counts.lines, "--field", Math.min(0.6, Math.max(0.1, 15 / Math.sqrt(counts.lines))));
    paint(buffers.nodes, gl.POINTS, 0, counts.nodes, "--accent", 0.9);
    if (chosen >= 0) paint(buffers.nodes, gl.POINTS, chosen, 1, "--amber", 1);
  }

  function paint(buffer, kind, first, number, colour, alpha) {
    const place = gl.getAttribLocation(program, "place");
    const size = gl.getAttribLocation(program, "size");
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 0, 0);
    if (kind === gl.POINTS) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffers.sizes);
      gl.enableVertexAttribArray(size);
      gl.vertexAttribPointer(size, 1, gl.FLOAT, false, 0, 0);
    } else {
      gl.disableVertexAttribArray(size);
    }
    gl.uniform1i(gl.getUniformLocation(program, "round"), kind === gl.POINTS ? 1 : 0);
    ink(colour, alpha);
    gl.drawArrays(kind, first, number);
  }

  function at(event) {
    const frame = canvas.getBoundingClientRect();
    const [wide, high] = scale();
    const x = ((event.clientX - frame.left) / frame.width) * 2 - 1;
    const y = 1 - ((event.clientY - frame.top) / frame.height) * 2;
    return [view.x + x / wide, view.y + y / high];
  }

  function name(event) {
    const [x, y] = at(event);
    let near = 0.02 / view.zoom;
    chosen = -1;
    nodes.forEach((node, place) => {
      const far = Math.hypot(node[0] - x, node[1] - y);
      if (far < near) [near, chosen] = [far, place];
    });
    const node = nodes[chosen];
    told.textContent = node ? `${node[2]}: helped others ${node[3]} times, was helped ${node[4]} times.` : "";
    draw();
  }

  function zoom(factor) {
    view.zoom = Math.min(40, Math.max(1, view.zoom * factor));
    if (view.zoom === 1) Object.assign(view, { x: 0.5, y: 0.5 });
    draw();
  }

  function move(x, y) {
    view.x = Math.min(1, Math.max(0, view.x + x / view.zoom));
    view.y = Math.min(1, Math.max(0, view.y + y / view.zoom));
    draw();
  }

  async function open() {
    if (!program) {
      told.textContent = "";
      const answer = await fetch(box.dataset.source, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      prepare(await answer.json());
    }
    show(true);
    draw();
    canvas.focus();
  }

  function show(all) {
    box.querySelector(".sheet-gl").hidden = !all;
    box.querySelector(".tools").hidden = !all;
    box.querySelector("[data-do=open]").hidden = all;
    drawing.hidden = all;
  }

  const deeds = { open, in: () => zoom(1.5), out: () => zoom(1 / 1.5), whole: () => zoom(0), close: () => show(false) };
  box.addEventListener("click", (event) => deeds[event.target.dataset.do]?.());
  const keys = {
    ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1),
    ArrowDown: () => move(0, 0.1), "+": () => zoom(1.5), "-": () => zoom(1 / 1.5),
  };
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!event.buttons) return name(event);
    const [wide, high] = scale();
    const frame = canvas.getBoundingClientRect();
    move((-2 * event.movementX * view.zoom) / frame.width / wide, (2 * event.movementY * view.zoom) / frame.height / high);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
  }, { passive: false });
  addEventListener("resize", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
