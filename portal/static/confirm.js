// Asks once more before a step that is hard to take back: data-confirm holds the question, the button's words the answer.
function ask(question, verb) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    const title = document.createElement("h2");
    title.textContent = verb;
    const words = document.createElement("p");
    words.textContent = question;
    const row = document.createElement("div");
    row.className = "btn-row";
    for (const [value, text, kind] of [["", "再看看", ""], ["yes", verb, "btn--primary"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `btn ${kind}`;
      button.textContent = text;
      button.addEventListener("click", () => dialog.close(value));
      row.append(button);
    }
    dialog.append(title, words, row);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  const question = (button && button.dataset.confirm) || form.dataset.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  if (!(await ask(question, (button && button.textContent.trim()) || "确认"))) return;
  form.dataset.confirmed = "yes";
  if (button) form.requestSubmit(button);
  else form.requestSubmit();
  delete form.dataset.confirmed;
});
