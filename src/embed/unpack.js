// Puts a wasm together that the build has taken apart (xtask/src/pack.rs): what is alike lies together there, and compresses
// better. Knows the lengths of WebAssembly's instructions and nothing of what they do.

// Streams, by number. Those below hold what follows an instruction: its first value by its code, its second at 256 more.
const CODES = 512;
const LOCALS = 513;
const BEFORE = 514; // the functions in the table
const BETWEEN = 515; // those, and all functions
const AFTER = 516;
const PLACES = 517; // in the table
const DISTANCES = 518; // of a function in the table from the one before
const END = 519;

/** The wasm in these bytes; the bytes themselves if they were never taken apart. */
export function unpack(packed) {
  if (packed[8]) return packed; // the first section has a number: only the one that holds a packed wasm has none
  let at = 9;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = packed[at++];
      value |= (byte & 127) << shift;
      if (byte < 128 || byte === undefined) return value;
    }
  };
  number(); // the section's length
  at += 2; // its name
  const wasm = new Uint8Array(number());
  const streams = [];
  for (let count = number(), stream = END; count--; ) streams.push([(stream -= number()), number()]);
  const next = [];
  const end = [];
  for (const [stream, length] of streams) {
    next[stream] = at;
    end[stream] = at += length;
  }
  if (at > packed.length) throw new Error("it is cut off");

  wasm.set(packed.subarray(0, 8));
  let to = 8;
  const bytes = (stream, length = end[stream] - next[stream]) => {
    wasm.set(packed.subarray(next[stream], (next[stream] += length)), to);
    to += length;
  };
  const read = (stream) => {
    at = next[stream];
    const value = number();
    next[stream] = at;
    return value;
  };
  const write = (value) => {
    for (; value > 127; value >>= 7) wasm[to++] = value | 128;
    wasm[to++] = value;
  };
  // One number, as it is written; gives its value.
  const copy = (stream) => {
    const from = next[stream];
    const value = read(stream);
    next[stream] = from;
    bytes(stream, at - from);
    return value;
  };

  bytes(BEFORE);
  if (next[PLACES]) {
    let follows = 0;
    for (let rows = copy(PLACES); rows--; ) {
      for (let head = 4; head--; ) copy(PLACES);
      for (let left = copy(PLACES); left--; ) {
        const distance = read(DISTANCES);
        follows += distance & 1 ? -(distance + 1) / 2 : distance / 2;
        write(follows++);
      }
    }
    bytes(BETWEEN);
  }
  while (next[CODES] < end[CODES]) {
    const start = to;
    for (let left = 2 * copy(LOCALS); left--; ) copy(LOCALS);
    for (let depth = 1; depth; ) {
      const code = (wasm[to++] = packed[next[CODES]++]);
      if (code === 11) depth--;
      else if (code > 1 && code < 5) {
        depth++;
        copy(code);
      } else if (code === 14) for (let left = copy(code); left-- >= 0; ) copy(code);
      else if (code === 67 || code === 68) bytes(code, code === 67 ? 4 : 8);
      else if (code === 252) {
        const more = copy(code);
        if (more > 7) copy(508);
        if (more === 10) copy(508);
      } else {
        if ((code > 11 && code < 18 && code !== 15) || code === 28 || (code > 31 && code < 67) || code === 208 || code === 210) copy(code);
        if (code === 17 || code === 28 || (code > 39 && code < 63)) copy(code + 256);
      }
    }
    // A function begins with its length, which is known only now.
    const length = to - start;
    const width = length < 128 ? 1 : length < 16384 ? 2 : 3;
    wasm.copyWithin(start + width, start, to);
    to = start;
    write(length);
    to += length;
  }
  if (next[AFTER]) bytes(AFTER);
  return wasm;
}
