// The map on which a resident marks a location: the needed parts of Leaflet, our own pin, numbers and buttons, and keys
// that move the pin. Requests nothing but the tiles of `options.tiles`.
/*! Contains Leaflet 1.9.4, https://leafletjs.com, (c) 2010-2023 Volodymyr Agafonkin, (c) 2010-2011 CloudMade, BSD-2-Clause */

import { disableClickPropagation, off } from "leaflet/src/dom/DomEvent.js";
import { restoreOutline } from "leaflet/src/dom/DomUtil.js";
import { Marker } from "leaflet/src/layer/marker/Marker.js";
import { GridLayer } from "leaflet/src/layer/tile/GridLayer.js";
import { TileLayer } from "leaflet/src/layer/tile/TileLayer.js";
import { Polygon } from "leaflet/src/layer/vector/Polygon.js";
import { SVG } from "leaflet/src/layer/vector/SVG.js";
import { Map } from "leaflet/src/map/Map.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";
import css from "./map.css";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZOOMS = { "+": 1, "=": 1, "-": -1, _: -1 }; // with and without Shift, because keyboard layouts differ
const ROOM = { paddingTopLeft: [36, 60], paddingBottomRight: [36, 36], animate: false };

// Leaflet's own choice of a renderer would add the canvas renderer to the bundle.
Map.include({
  getRenderer({ options: { renderer } }) {
    this.addLayer(renderer); // adds it only once
    return renderer;
  },
});

// Resolves a template of tile addresses, whose braces a browser encodes.
const template = (tiles, base) => {
  try {
    return new URL(tiles, base).href.replace(/%7B/gi, "{").replace(/%7D/gi, "}");
  } catch {
    return tiles; // not an address: the map is shown without tiles
  }
};

// Leaflet empties a tile with a data: address, which the page's Content-Security-Policy may forbid.
const Tiles = TileLayer.extend({
  _abortLoading() {
    for (const key in this._tiles) {
      const { coords, el } = this._tiles[key];
      if (coords.z !== this._tileZoom && !el.complete) this._removeTile(key);
    }
  },
  _removeTile(key) {
    this._tiles[key]?.el.removeAttribute("src");
    GridLayer.prototype._removeTile.call(this, key);
  },
});

const Grid = GridLayer.extend({ createTile: () => make("div", "grid") });

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function button(className, text, name, press) {
  const element = make("button", className, text);
  element.type = "button";
  element.setAttribute("aria-label", name);
  element.onclick = press;
  return element;
}

function drawPin() {
  const element = make("div", "pin");
  const shape = (tag, attributes, parent) => {
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) drawn.setAttribute(name, value);
    return parent.appendChild(drawn);
  };
  const svg = shape("svg", { viewBox: "0 0 44 52", "aria-hidden": true }, element);
  shape("path", { d: "M22 50C18 42 6 33 6 20a16 16 0 1 1 32 0c0 13-12 22-16 30z" }, svg);
  shape("circle", { cx: 22, cy: 20, r: 6 }, svg);
  return element;
}

/** A marker drawn as the element; the style sheet aligns it with its location. */
function marker(place, element, options) {
  const icon = { createIcon: () => element, createShadow: () => null };
  return new Marker(place, { icon, keyboard: false, autoPanOnFocus: false, ...options });
}

/** The polygons in GeoJSON of any type, in Leaflet's form; those with impossible coordinates are left out. */
function polygons(shape) {
  if (!shape) return [];
  const { type, coordinates, geometry, geometries, features } = shape;
  if (type === "MultiPolygon") return coordinates.flatMap((one) => polygons({ type: "Polygon", coordinates: one }));
  if (type !== "Polygon") return [geometry, ...(features ?? geometries ?? [])].flatMap(polygons);
  const real = ([long, lat]) => Math.abs(lat) <= 90 && Math.abs(long) <= 360;
  return coordinates.flat().every(real) ? [coordinates.map((ring) => ring.map(([long, lat]) => [lat, long]))] : [];
}

function edge(boundary, className) {
  try {
    const found = polygons(boundary);
    if (found[0]) return new Polygon(found, { className, interactive: false, renderer: new SVG({ padding: 0.5 }) });
  } catch {
    // Without its boundary the map is still of use.
  }
  return null;
}

/** Two buttons; the one that has reached its limit is disabled. */
function zoomButtons(map, options, zoom) {
  const box = make("div", "zoom");
  const closer = button("", "+", options.zoomIn, () => zoom(1));
  const further = button("", "−", options.zoomOut, () => zoom(-1));
  box.append(closer, further);
  disableClickPropagation(box);
  const limits = () => {
    closer.setAttribute("aria-disabled", map.getZoom() >= map.getMaxZoom());
    further.setAttribute("aria-disabled", map.getZoom() <= map.getMinZoom());
  };
  map.on("zoomend", limits);
  limits();
  return box;
}

/** Adds the style sheet to the container's root; returns a function that removes it. */
function dress(container) {
  const root = container.getRootNode();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}

const known = (lat, long) => Number.isFinite(lat) && Number.isFinite(long);

/**
 * Opens a map in `container`. `on` is called with ("pin", lat, long) when the resident sets or moves the pin, and with
 * ("request", index, 0) when a request is pressed. Without `lat` and `long` the map shows the boundary, or else the world.
 * With `fixed` the pin cannot be moved, and keys move the map.
 */
export function open(container, options, on) {
  const undress = dress(container); // before Leaflet reads the container's position
  const still = options.reduced;
  const map = new Map(container, {
    minZoom: 2,
    maxZoom: options.maxZoom || 19,
    fadeAnimation: !still,
    inertia: !still,
    markerZoomAnimation: !still,
    zoomAnimation: !still,
    trackResize: false, // the observer below handles every change of size
  });
  const attributes = { tabindex: 0, role: "application", "aria-label": options.label, "aria-describedby": options.hint ?? "" };
  for (const name in attributes) container.setAttribute(name, attributes[name]);

  let pin;
  let numbers = [];

  const tell = () => {
    const { lat, lng } = pin.getLatLng().wrap();
    on("pin", lat, lng);
  };
  const place = (latlng) => {
    if (pin) return pin.setLatLng(latlng);
    pin = marker(latlng, drawPin(), { draggable: !options.fixed, autoPan: true, zIndexOffset: 1e6 }).addTo(map);
    pin.on("click", () => 0); // otherwise the map would receive it and move the pin
    return pin.on("dragend", tell);
  };
  const put = (latlng) => {
    place(latlng);
    tell();
  };
  const zoom = (steps) => {
    const fixed = pin && map.getBounds().contains(pin.getLatLng()) ? pin.getLatLng() : map.getCenter();
    map.setZoomAround(fixed, map.getZoom() + steps);
  };
  // During a zoom animation Leaflet ignores other views, and its end throws when the map has been removed by then.
  const settle = () => map._onZoomTransitionEnd();

  const pressed = (event) => {
    const { key, target, shiftKey } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[key];
    if (ZOOMS[key]) {
      zoom(ZOOMS[key]);
    } else if (target !== container) {
      return; // buttons on the map handle the key themselves
    } else if (options.fixed) {
      if (!step) return;
      map.panBy(step.map((one) => one * 80));
    } else if (step && pin) {
      const [x, y] = step.map((one) => one * (shiftKey ? 1 : 10));
      put(map.unproject(map.project(pin.getLatLng()).add([x, y])));
      map.panInside(pin.getLatLng(), ROOM);
    } else if (step || key === "Enter" || key === " ") {
      if (!pin) put(map.getCenter());
    } else {
      return;
    }
    event.preventDefault();
  };
  container.addEventListener("keydown", pressed);
  if (!options.fixed) map.on("click", ({ latlng }) => put(latlng));

  const city = edge(options.boundary, options.tiles ? "edge on-tiles" : "edge");
  if (known(options.lat, options.long)) map.setView([options.lat, options.long], options.zoom);
  else if (city) map.fitBounds(city.getBounds(), { animate: false });
  else map.setView([0, 0], 2);
  new Grid({ updateWhenIdle: false }).addTo(map);
  if (options.tiles) new Tiles(template(options.tiles, options.base), { maxZoom: 30 }).addTo(map);
  city?.addTo(map);
  const above = [zoomButtons(map, options, zoom)];
  if (options.attribution) above.push(make("p", "credit", options.attribution));
  container.append(...above);
  const observer = new ResizeObserver(() => map.invalidateSize());
  observer.observe(container);

  const handle = {
    /** Moves pin and view without calling `on`; coordinates that are not numbers remove the pin. */
    pin(lat, long) {
      if (known(lat, long)) {
        place([lat, long]);
        handle.view(lat, long);
      } else {
        pin?.remove();
        pin = undefined;
      }
    },
    view(lat, long, zoom) {
      settle();
      if (known(lat, long)) map.setView([lat, long], zoom, still ? { animate: false } : {});
    },
    requests(list) {
      for (const old of numbers) old.remove();
      numbers = [];
      list.forEach(([lat, long, name], index) => {
        if (!known(lat, long)) return;
        const face = button("number", index + 1, `${index + 1}. ${name}`, null);
        const one = marker([lat, long], face).addTo(map);
        face.onfocus = () => map.panInside(one.getLatLng(), ROOM);
        one.on("click", () => on("request", index, 0));
        numbers.push(one);
      });
    },
    resize() {
      map.invalidateSize();
    },
    close() {
      for (const name in handle) handle[name] = () => 0; // later calls do nothing
      observer.disconnect();
      container.removeEventListener("keydown", pressed);
      restoreOutline(); // Leaflet keeps a reference to the element that was pressed last
      settle();
      map.remove();
      map.panBy = () => map; // the end of a drag may come later
      off(container); // Leaflet leaves some listeners behind
      for (const element of above) element.remove();
      undress();
      for (const name in attributes) container.removeAttribute(name);
      container.classList.remove(...[...container.classList].filter((name) => name.startsWith("leaflet-")));
    },
  };
  if (options.pin && known(...options.pin)) place(options.pin);
  handle.requests(options.requests ?? []);
  return handle;
}
