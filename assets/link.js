// The address that restores every setting, shown and copied; the old way of copying is for addresses without https.

const LINK_PARTS = `
  <label class="cd-link-label"></label>
  <div class="cd-link-row"><input type="text" readonly class="cd-link-text"><button type="button" class="cd-save">Copy the link</button></div>
  <span class="cd-message" role="status"></span>`;

async function copied(input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    input.select();
    return document.execCommand("copy");
  }
}

export default function ({ parentElement, data }) {
  let root = parentElement.querySelector(".cd-link");
  if (!root) {
    root = document.createElement("div");
    root.className = "cd-link";
    root.innerHTML = LINK_PARTS;
    parentElement.appendChild(root);
  }
  const find = (name) => root.querySelector(name), input = find(".cd-link-text");
  find(".cd-link-label").textContent = data.label;
  input.id = "cd-link-text";
  find(".cd-link-label").htmlFor = input.id;
  input.value = new URL(data.link, new URL("/", document.baseURI)).href;
  find(".cd-save").title = data.help;
  find(".cd-message").textContent = "";
  find(".cd-save").onclick = async () => {
    find(".cd-message").textContent = (await copied(input)) ? "Copied." : "Select the address and copy it by hand.";
  };
  return () => root.remove();
}
