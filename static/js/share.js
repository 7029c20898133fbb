// Adds a button that opens the device's own way of sharing, where there is one.
for (const place of document.querySelectorAll("[data-share-label]")) {
  if (!navigator.share) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = place.dataset.shareLabel;
  button.addEventListener("click", () => {
    // Somebody who closes the dialog again has changed their mind, which is no fault.
    navigator.share({ title: place.dataset.shareTitle, url: place.dataset.shareAddress }).catch(() => {});
  });
  place.append(button);
}
