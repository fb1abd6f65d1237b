// The search page: looks the words up in the index that lies beside it. Nothing is sent anywhere.
const form = document.getElementById("search-form");
const words = document.getElementById("search-words");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const most = 20;
let engine;

document.getElementById("search-without-script").hidden = true;

const load = async () => {
  if (!engine) {
    engine = await import(new URL("../pagefind/pagefind.js", import.meta.url).href);
    await engine.options({ excerptLength: 36 });
    await engine.init();
  }
  return engine;
};

// An excerpt comes as text with <mark> around what was found; only those marks are let through as elements.
const marked = (excerpt) => {
  const holder = new DOMParser().parseFromString(excerpt, "text/html").body;
  const line = document.createElement("p");
  for (const node of holder.childNodes) {
    const element = document.createElement(node.nodeName === "MARK" ? "mark" : "span");
    element.textContent = node.textContent;
    line.append(element);
  }
  return line;
};

const link = (title, url) => {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.textContent = title;
  return anchor;
};

const show = async (result) => {
  const page = await result.data();
  const item = document.createElement("li");
  const title = document.createElement("h2");
  title.append(link(page.meta.title, page.url));
  item.append(title);
  const parts = page.sub_results.filter((part) => part.url !== page.url).slice(0, 3);
  if (parts.length === 0) item.append(marked(page.excerpt));
  for (const part of parts) {
    const head = document.createElement("h3");
    head.append(link(part.title, part.url));
    item.append(head, marked(part.excerpt));
  }
  return item;
};

const search = async (query) => {
  list.replaceChildren();
  if (!query) {
    status.textContent = "";
    return;
  }
  status.textContent = "Searching.";
  try {
    const found = (await (await load()).search(query)).results;
    list.replaceChildren(...(await Promise.all(found.slice(0, most).map(show))));
    const shown = found.length > most ? ` The first ${most} are shown.` : "";
    const pages = found.length === 1 ? "1 page" : `${found.length} pages`;
    status.textContent = found.length ? `Found on ${pages}.${shown}` : "Nothing found. Try fewer or other words.";
  } catch {
    status.textContent = "Search does not work in this browser. Please use the lists of reviews and of themes.";
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = words.value.trim();
  window.history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : "./");
  search(query);
});

words.value = new URLSearchParams(window.location.search).get("q") ?? "";
search(words.value.trim());
