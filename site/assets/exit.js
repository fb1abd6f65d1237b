// Leaves at once for an unremarkable page: by the button, or by Escape pressed three times within five seconds.
// The page is blanked first, and it is replaced in the history, so that "Back" does not bring it up again.
(() => {
  const exit = document.getElementById("exit");
  if (!exit) return;
  const leave = () => {
    document.title = "";
    document.body.hidden = true;
    window.location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < 5000), now];
    if (presses.length >= 3) leave();
  });
  // On a wide screen the contents of a report stand beside it and can stay open.
  if (window.matchMedia("(min-width: 76em)").matches) {
    for (const contents of document.querySelectorAll("details.contents")) contents.open = true;
  }
})();
