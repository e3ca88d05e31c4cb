// A resident's copy of what was sent: as a file, or on paper without the city's page around it.

/** Offers `html` as a file to keep. */
export function download(name, html) {
  const url = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only once the resident has agreed
}

/** Prints `html` alone: a frame of its own, because printing a part of a page prints the page. */
export function print(root, html) {
  const frame = document.createElement("iframe");
  frame.className = "vh";
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  frame.onload = () => {
    const inside = frame.contentWindow;
    const done = () => setTimeout(() => frame.remove());
    inside.addEventListener("afterprint", done);
    inside.focus();
    inside.print();
    setTimeout(done, 60_000); // phones print from a copy and do not say when they are done
  };
  frame.srcdoc = html;
  root.append(frame);
}
