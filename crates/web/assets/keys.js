// Security keys and passkeys. The server says what is asked for and judges the answer; here the
// browser is asked, and the form that asked takes the answer along. What needs a key is hidden until
// it is known that this browser can use one.
"use strict";

/** How long what was asked for may wait for its answer, in milliseconds; it is asked anew before. */
const FRESH = 4 * 60 * 1000;

/** Why a browser shows no key, by its exception, as the forms name their sentences. */
const REASONS = {
  NotAllowedError: "cancelled",
  AbortError: "cancelled",
  InvalidStateError: "known",
  SecurityError: "elsewhere",
  NotSupportedError: "unsupported",
  ConstraintError: "unsupported",
};

const hasKeys = () => globalThis.isSecureContext && Boolean(globalThis.PublicKeyCredential);

function toBytes(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function toText(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What the server asks for, with bytes where it has text. */
function decoded(options) {
  const named = (keys) => keys.map((key) => ({ ...key, id: toBytes(key.id) }));
  const request = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) request.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.allowCredentials) request.allowCredentials = named(options.allowCredentials);
  if (options.excludeCredentials) request.excludeCredentials = named(options.excludeCredentials);
  return request;
}

/** What the key answered, with text where it has bytes. */
function encoded(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answered = parts.filter((part) => response[part]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(answered.map((part) => [part, toText(response[part])])),
      transports: response.getTransports?.(),
    },
  });
}

/** The server's own page says better why it asks for nothing. */
class Refused extends Error {}

/** What the server wants to ask for in the name of a form. */
async function optionsOf(form, signal) {
  const named = ["form_key", "tfat"].filter((name) => form.elements[name]);
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    body: new URLSearchParams(named.map((name) => [name, form.elements[name].value])),
    headers: { accept: "application/json" },
    redirect: "manual",
    signal,
  });
  if (answer.ok) return answer.json();
  throw answer.status < 500 ? new Refused() : new TypeError("the server failed");
}

/** Asks for a key, and gives the form its answer. */
async function ask(form, mediation, signal) {
  const { publicKey, ticket } = await optionsOf(form, signal);
  const request = { publicKey: decoded(publicKey), signal };
  if (mediation) request.mediation = mediation;
  const credential = await navigator.credentials[form.dataset.key](request);
  form.elements.answer.value = encoded(credential);
  if (ticket) form.elements.ticket.value = ticket;
}

/** Sends the form with the answer of a key, which its button asks for; autofill rests meanwhile. */
function watchForm(form, autofill) {
  const status = form.querySelector("[data-waiting]");
  const failure = form.querySelector("[role=alert]");
  let isWaiting = false;
  const send = () => {
    isWaiting = false;
    status.textContent = "";
    form.submit();
  };
  const tell = (error) => {
    isWaiting = false;
    status.textContent = "";
    failure.textContent = failure.dataset[REASONS[error.name]] ?? failure.dataset.failed;
    failure.hidden = false;
    failure.focus();
    autofill?.begin();
  };
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.defaultValue) return; // It was asked, and waits for a better password.
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    autofill?.stop();
    document.getElementById("notice")?.remove();
    failure.hidden = true;
    failure.textContent = "";
    form.elements.answer.value = "";
    status.textContent = status.dataset.waiting;
    try {
      await ask(form);
    } catch (error) {
      if (!(error instanceof Refused)) return tell(error);
    }
    send();
  });
}

/** Lets the browser offer a passkey where a user name is typed, for as long as the page is open. */
class Autofill {
  #asked = new AbortController();
  #form;

  constructor(form) {
    this.#form = form;
  }

  async begin() {
    this.stop();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    setTimeout(() => this.#renew(signal), FRESH);
    try {
      await ask(this.#form, "conditional", signal);
    } catch {
      return; // Nobody asked for anything, so that there is nothing to be told.
    }
    this.#form.submit();
  }

  stop() {
    this.#asked.abort();
  }

  /** Asks anew once somebody looks at the page, unless that is not wanted any more. */
  #renew(signal) {
    if (signal.aborted) return;
    if (!document.hidden) return this.begin();
    document.addEventListener("visibilitychange", () => this.#renew(signal), { once: true });
  }
}

/** The passkey on the sign-in page: by autofill, or with a button. */
function offerPasskey(form) {
  const autofill = new Autofill(form);
  watchForm(form, autofill);
  for (const other of document.forms) {
    if (other !== form) other.addEventListener("submit", () => autofill.stop());
  }
  autofill.begin();
}

/** Tells the browser which keys are worth nothing here, so that it offers them no more. */
function signal() {
  const element = document.querySelector("[data-signal]");
  const { method, ...what } = JSON.parse(element?.dataset.signal ?? "{}");
  PublicKeyCredential[method]?.(what).catch(() => {}); // The browser offers it once more, no worse.
}

function watchKeys() {
  if (!hasKeys()) return;
  for (const element of document.querySelectorAll("[data-without-keys]")) element.hidden = true;
  for (const element of document.querySelectorAll("[data-with-keys]")) element.hidden = false;
  for (const form of document.querySelectorAll("form[data-key]")) {
    if (form.elements.ticket) offerPasskey(form);
    else watchForm(form);
  }
  const button = document.querySelector("[data-first]");
  if (!document.getElementById("notice")) button?.focus();
  signal();
}

watchKeys();
