// Photos: read, made smaller, which removes what the camera noted about time and place, and sent. What may be sent, and
// how large, is decided by the caller.

// Photos of more pixels are decoded at reduced size where the browser can. Larger values let phones with little memory
// fail; smaller ones cost quality. Sensible: 8 to 24 million.
const LARGE = 16e6;
// How many bytes of a file are searched for its width and height: a camera's notes, colour profile and preview come before
// them. Sensible: 64 KiB to 1 MiB.
const HEAD = 1 << 19;

const failure = (message, name = "Error") => Object.assign(new Error(message), { name });

/** Width and height of a JPEG or PNG as stored, before it is rotated; empty for other formats. */
function size(bytes) {
  try {
    if (bytes.getUint32(0) === 0x89504e47) return [bytes.getUint32(16), bytes.getUint32(20)];
    for (let at = 2; bytes.getUint16(0) === 0xffd8; at += 2 + bytes.getUint16(at + 2)) {
      const marker = bytes.getUint16(at);
      if (marker < 0xffc0) break;
      // SOF0 to SOF15, except three markers of tables
      if (marker < 0xffd0 && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) return [bytes.getUint16(at + 7), bytes.getUint16(at + 5)];
    }
  } catch {
    // The file ends early: the decoder decides whether it can be read.
  }
  return [];
}

async function picture(file) {
  const image = new Image();
  image.src = address(file);
  try {
    await image.decode();
    return image;
  } finally {
    release(image.src);
  }
}

async function decode(file, longest) {
  const [width, height] = size(new DataView((await head(file, HEAD)).buffer));
  const large = width * height > LARGE;
  const side = width < height ? "resizeHeight" : "resizeWidth";
  const fitted = large && { [side]: longest, resizeQuality: "high" };
  for (const way of [
    () => createImageBitmap(file, { imageOrientation: "from-image", ...fitted }),
    () => picture(file), // the only way in which Safari reads HEIC
    // Older browsers know no options. Firefox reads no Blob of several pieces, on pages whose policy forbids images of blobs.
    async () => createImageBitmap(new Blob([await file.arrayBuffer()], { type: file.type })),
  ]) {
    const drawable = await Promise.resolve().then(way).catch(() => 0);
    if (drawable.width) return drawable;
  }
  throw failure(large ? "too-large" : "cannot-read");
}

/** A JPEG of at most `longest` pixels on either side, upright, without metadata. */
export async function shrink(file, longest, quality) {
  const source = await decode(file, longest);
  const canvas = document.createElement("canvas");
  try {
    const scale = Math.min(1, longest / Math.max(source.width, source.height));
    canvas.width = Math.max(1, Math.round(source.width * scale));
    canvas.height = Math.max(1, Math.round(source.height * scale));
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw failure("too-large");
    // Browsers that protect against fingerprinting read noise from a canvas: it would be sent in place of the photo.
    context.fillStyle = "#07f";
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    if (red > 9 || Math.abs(green - 119) > 9 || blue < 246) throw failure("cannot-read");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (!blob) throw failure("too-large");
    return blob;
  } catch (error) {
    throw /^(cannot-read|too-large)$/.test(error.message) ? error : failure("too-large");
  } finally {
    source.close?.();
    canvas.width = canvas.height = 0; // Safari keeps the memory of a canvas long after it is dropped
  }
}

/** The first bytes of a file, where a camera notes the location. */
export async function head(file, bytes) {
  try {
    return new Uint8Array(await file.slice(0, bytes).arrayBuffer());
  } catch {
    throw failure("cannot-read"); // moved or deleted after it was chosen
  }
}

/** The same JPEG with a segment inserted after its first marker. */
export function withHead(blob, bytes) {
  return new Blob([blob.slice(0, 2), bytes, blob.slice(2)], { type: blob.type });
}

/** An address that an `img` can show; the blob stays in memory until `release`. */
export function address(blob) {
  return URL.createObjectURL(blob);
}

export function release(url) {
  URL.revokeObjectURL(url);
}

/**
 * Sends a form with files. `pairs` is name, value, name, value…; `files` is name, blob, file name…. Fails after `timeout`
 * milliseconds. `cancel.now` is set to a function that aborts.
 */
export function send(url, pairs, files, progress, timeout, cancel) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (name, message) => () => reject(failure(message, name));
    const unreachable = fail("NetworkError", "the connection failed");
    request.onerror = unreachable;
    request.ontimeout = fail("TimeoutError", "no answer in time");
    request.onabort = fail("AbortError", "cancelled");
    request.onload = () => {
      // getResponseHeader() of a header that another origin does not expose writes an error to the console.
      const after = /^retry-after: *(.*)$/im.exec(request.getAllResponseHeaders());
      resolve({
        status: request.status,
        body: request.responseText,
        type: request.getResponseHeader("content-type") ?? "",
        retryAfter: after?.[1].trim() ?? "",
      });
    };
    const form = new FormData();
    for (let at = 0; at < pairs.length; at += 2) form.append(pairs[at], pairs[at + 1]);
    for (let at = 0; at < files.length; at += 3) form.append(files[at], files[at + 1], files[at + 2]);
    try {
      request.open("POST", url);
      request.timeout = timeout;
      request.setRequestHeader("accept", "application/json");
      // Listening to the progress of an upload to another origin causes a preflight request.
      if (new URL(url, document.baseURI).origin === location.origin) {
        request.upload.onprogress = ({ loaded, total }) => total && progress(loaded / total);
      }
      if (cancel) cancel.now = () => request.abort();
      request.send(form);
    } catch {
      unreachable();
    }
  });
}
