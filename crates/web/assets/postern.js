// What makes the pages more pleasant where scripts run. Every page works without: nothing here
// decides anything, and what it adds to a page is hidden until it is there to work.
"use strict";

/** A button that shows what stands in a password field; hidden again before the form is sent. */
function revealPasswords() {
  for (const button of document.querySelectorAll("button[data-reveals]")) {
    const field = document.getElementById(button.dataset.reveals);
    const name = field.labels[0].textContent;
    const show = (isShown) => {
      field.type = isShown ? "text" : "password";
      button.setAttribute("aria-pressed", String(isShown));
      button.textContent = isShown ? button.dataset.hide : button.dataset.show;
      button.setAttribute("aria-label", `${button.textContent}: ${name}`);
    };
    show(false);
    button.hidden = false;
    button.addEventListener("click", () => {
      show(field.type === "password");
      field.focus();
    });
    field.form.addEventListener("submit", () => show(false));
  }
}

/** Says that Caps Lock is on, to eyes and ears, while a password is typed. */
function watchCapsLock() {
  for (const hint of document.querySelectorAll("[data-caps-lock]")) {
    const field = document.getElementById(hint.dataset.of);
    const tell = (isOn) => {
      const text = isOn ? hint.dataset.capsLock : "";
      if (hint.textContent !== text) hint.textContent = text;
    };
    for (const kind of ["keydown", "keyup", "mousedown"]) {
      field.addEventListener(kind, (event) => {
        if (event.getModifierState) tell(event.getModifierState("CapsLock"));
      });
    }
    field.addEventListener("blur", () => tell(false));
  }
}

/** Whether a digest begins with so many zero bits. */
function beginsWithZeros(digest, bits) {
  const bytes = new Uint8Array(digest);
  const whole = bits >> 3;
  for (let at = 0; at < whole; at += 1) {
    if (bytes[at] !== 0) return false;
  }
  return (bits & 7) === 0 || bytes[whole] >> (8 - (bits & 7)) === 0;
}

/** Solves the puzzle of a throttled form while its user types; where it cannot, waiting does too. */
async function solvePuzzle(form) {
  const puzzle = form.elements.puzzle.value;
  const bits = Number(puzzle.split(".")[1]);
  const encoder = new TextEncoder();
  for (let number = 0; ; number += 1) {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(puzzle + number));
    if (beginsWithZeros(digest, bits)) {
      form.elements.solution.value = String(number);
      return;
    }
  }
}

/** After so long a user may wonder, in milliseconds. Who did not have to wait is told nothing. */
const NOTICEABLE = 1500;

function solvePuzzles() {
  if (!globalThis.crypto?.subtle) return;
  for (const status of document.querySelectorAll("[data-working]")) {
    const form = status.closest("form");
    const askForPatience = () => { status.textContent = status.dataset.working; };
    status.textContent = "";
    const patience = setTimeout(askForPatience, NOTICEABLE);
    const solved = solvePuzzle(form).then(() => {
      clearTimeout(patience);
      if (status.textContent !== "") status.textContent = status.dataset.solved;
    });
    form.addEventListener("submit", async (event) => {
      if (form.elements.solution.value !== "") return;
      event.preventDefault();
      askForPatience();
      await solved;
      form.requestSubmit(event.submitter);
    });
  }
}

/** Puts off the end of a person's session in all their tabs. A tab hears of it with the key that
    forms need now: after signing in again it is another one. */
function shareSession(extend, person, hear) {
  const channel = new BroadcastChannel(`${extend.getAttribute("action")} ${person}`);
  channel.addEventListener("message", ({ data }) => {
    for (const field of document.getElementsByName("form_key")) field.value = data.key;
    hear(data.seconds);
  });
  return (seconds) => channel.postMessage({ seconds, key: extend.elements.form_key.value });
}

/** Warns before a session ends, and extends it at the press of a button. */
function watchSession() {
  const dialog = document.querySelector("dialog[data-expires-in]");
  if (!dialog) return;
  const extend = dialog.querySelector("form");
  const clock = dialog.querySelector("[data-clock]");
  const failure = dialog.querySelector("[data-failed]");
  let endsAt;
  let isDismissed = false;
  dialog.addEventListener("cancel", () => { isDismissed = true; });
  dialog.querySelector("[data-close]").addEventListener("click", () => {
    isDismissed = true;
    dialog.close();
  });
  const restart = (seconds) => {
    endsAt = performance.now() + seconds * 1000;
    isDismissed = false;
  };
  const tell = shareSession(extend, dialog.dataset.of, restart);
  restart(Number(dialog.dataset.expiresIn));
  tell(Number(dialog.dataset.expiresIn));
  const warnBefore = Number(dialog.dataset.warnBefore);
  setInterval(() => {
    const left = Math.ceil((endsAt - performance.now()) / 1000);
    if (left > warnBefore) {
      if (dialog.open) dialog.close();
      return;
    }
    const shown = Math.max(left, 0);
    clock.textContent = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
    const isOver = left <= 0;
    if (isOver && !dialog.classList.contains("over")) isDismissed = false;
    dialog.classList.toggle("over", isOver);
    if (!dialog.open && !isDismissed) dialog.showModal();
  }, 1000);
  extend.addEventListener("submit", async (event) => {
    event.preventDefault();
    failure.textContent = "";
    const answer = await fetch(extend.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(extend)),
      headers: { accept: "application/json" },
    }).catch(() => undefined);
    if (answer?.ok) {
      const { expires_in: seconds } = await answer.json();
      restart(seconds);
      tell(seconds);
      dialog.close();
    } else if (answer?.status === 401) {
      restart(0);
    } else {
      failure.textContent = failure.dataset.failed;
    }
  });
}

revealPasswords();
watchCapsLock();
solvePuzzles();
watchSession();
