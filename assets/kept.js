// The curves of every cut-off of a handle, sent once and kept here by the figure's name (cdanalysis/ui/kept.py). The figure
// points at them by their hash and waits until they have come; the two are scripts of their own and meet in the document.

const KEPT = "cd-kept";

function keep(bytes) {
  const end = bytes.indexOf(10), text = new TextDecoder();
  const [name, key] = text.decode(bytes.subarray(0, end)).split(" "), held = (window.cdKept ??= {});
  if (held[name]?.key === key) return;
  held[name] = { key, curves: JSON.parse(text.decode(bytes.subarray(end + 1))) };
  document.dispatchEvent(new CustomEvent(KEPT));
}

export default function ({ parentElement, data }) {
  parentElement.classList.add("cd-unseen");
  keep(data);
}
