// A server as a city would run one, for `cargo xtask bench`: the widget's files compressed with
// brotli and cacheable for ever, all other paths handed on to the sandbox on the same origin.
// Arguments: the folder of files, the sandbox's base URL.
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const zlib = require("node:zlib");

const [folder, sandbox] = process.argv.slice(1);
const types = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
};

function compress(body) {
    return zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } });
}

const files = new Map();
for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.path, entry.name);
    const url = "/" + path.relative(folder, file).split(path.sep).join("/");
    const type = types[path.extname(file)] ?? "application/octet-stream";
    files.set(url, { type, body: compress(fs.readFileSync(file)) });
}
files.set("/", files.get("/index.html"));

function send(response, status, type, body) {
    response.writeHead(status, {
        "Content-Type": type,
        "Content-Encoding": "br",
        "Content-Length": body.length,
        "Cache-Control": "max-age=31536000, immutable",
    });
    response.end(body);
}

const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = files.get(pathname);
    if (file) {
        send(response, 200, file.type, file.body);
        return;
    }
    http.get(sandbox + request.url, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
            const type = answer.headers["content-type"] ?? "text/plain";
            send(response, answer.statusCode, type, compress(Buffer.concat(parts)));
        });
    }).on("error", () => send(response, 502, "text/plain", compress("")));
});
server.listen(0, "127.0.0.1", () => {
    console.log(`wire: http://127.0.0.1:${server.address().port}`);
});
