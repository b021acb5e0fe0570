// Runs before the page is painted, so that the theme does not flash in late. A file of its own for the sake of the page's CSP.
(() => {
  const chosen = localStorage.getItem('heartline.theme');
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
