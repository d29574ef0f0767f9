// "The same as last time" without a network: the values go along to the page that is opened.

document.querySelector("[data-like]")?.addEventListener("click", (event) => {
  sessionStorage.setItem("like", event.currentTarget.dataset.like);
});
