// Theme and width of the navigation: applied at once, kept in cookies so that the server renders the next page right.

const year = 60 * 60 * 24 * 365;

/** @param {string} name @param {string} value */
export function remember(name, value) {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax${secure}`;
}

/** @param {string} theme light, dark or system */
function applyTheme(theme) {
  const root = document.documentElement;
  // Colours that fade, each into what inherits them, keep a long table flickering for seconds.
  root.toggleAttribute('data-turning', true);
  requestAnimationFrame(() => requestAnimationFrame(() => root.removeAttribute('data-turning')));
  root.dataset.theme = theme;
  for (const link of document.querySelectorAll('link[data-theme-part]')) {
    const part = link.dataset.themePart;
    link.media = theme === 'system' ? `(prefers-color-scheme: ${part})` : theme === part ? 'all' : 'not all';
  }
  markTheme();
}

function markTheme() {
  const theme = document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll('[data-set-theme]')) {
    button.setAttribute('aria-pressed', String(button.dataset.setTheme === theme));
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-set-theme]');
  if (button) {
    remember('cc-theme', button.dataset.setTheme);
    applyTheme(button.dataset.setTheme);
  }
});

// The menu is rendered by the circuit, which does not know a choice made since.
document.addEventListener('toggle', markTheme, true);
