// Runs before the first paint, so that a dark page never flashes light. A file, because the content security policy forbids inline scripts.
(() => {
  const chosen = (() => {
    try {
      return JSON.parse(localStorage.getItem('meilenstein.preferences') ?? '{}');
    } catch {
      return {};
    }
  })();
  const root = document.documentElement;
  if (chosen.appearance === 'light' || chosen.appearance === 'dark') root.dataset.appearance = chosen.appearance;
  if (chosen.density === 'dense') root.dataset.density = 'dense';
  if (chosen.language === 'en' || chosen.language === 'de') root.lang = chosen.language;
})();
