// With a save go the texts as the form was opened with them, of the fields typed in: when somebody else saved meanwhile,
// the server can then show all three texts. It believes only those whose digests the form's stamp has.
"use strict";
{
  const NAME = "opened_text";

  document.addEventListener("submit", ({ target: form }) => {
    if (!form.querySelector("#drafts")) return;
    for (const earlier of form.querySelectorAll(`input[name="${NAME}"]`)) earlier.remove();
    const typed = [...form.elements].filter((input) => input.name && input.value !== input.defaultValue &&
      (input.type === "textarea" || input.type === "text"));
    for (const { defaultValue } of typed) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: NAME, value: defaultValue }));
    }
  });
}
