// Asks the browser for a passkey, puts its answer into the form around the button, and sends the form.
document.addEventListener("click", async e => {
  const button = e.target.closest?.("button[data-passkey]"), form = button?.form;
  if (!form || !form.reportValidity()) return;
  const said = form.querySelector("[data-passkey-said]"), creating = button.dataset.passkey === "create";
  button.disabled = true;
  said.textContent = "Waiting for your passkey…";
  try {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) throw new Error("This browser knows no passkeys here. Take another browser, or the other way.");
    const answer = await fetch(button.dataset.options, {
      method: "POST", redirect: "error", body: new URLSearchParams({ asks: "passkey", __RequestVerificationToken: form.elements.__RequestVerificationToken.value }),
    });
    if (answer.status === 429) throw new Error(`Too many attempts came from your network. Wait ${answer.headers.get("Retry-After") ?? 60} seconds, then try again.`);
    if (!answer.ok) throw new Error("The service did not answer as it should. Load the page again, then try again.");
    const options = await answer.json();
    const credential = creating
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (fault) {
    // What the browser says of a failed passkey is the same for all of them, and in its own words.
    said.textContent = fault instanceof DOMException ? "No passkey was taken: it was cancelled, took too long, or there is none for this service. Nothing was changed." : fault.message;
    button.disabled = false;
  }
});
