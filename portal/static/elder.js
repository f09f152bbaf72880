// Switches the letter size at once and remembers it in a cookie; without this the form does it with a reload.
const form = document.querySelector("form[data-elder]");

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const on = document.documentElement.classList.toggle("elder");
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `quanheng_elder=${on ? "1" : "0"}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    form.elements.elder.value = on ? "0" : "1";
    form.querySelector("button").textContent = on ? "标准字号" : "大字版";
  });
}
