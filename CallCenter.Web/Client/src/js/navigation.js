// The navigation: narrow to icons on wide screens, a drawer with focus kept inside on narrow ones.
import { remember } from './preferences.js';

const root = document.documentElement;
let opener = null;

function openDrawer(button) {
  opener = button;
  root.dataset.navOpen = '';
  button.setAttribute('aria-expanded', 'true');
  document.querySelector('.nav a')?.focus();
}

export function closeDrawer() {
  if (!('navOpen' in root.dataset)) {
    return false;
  }
  delete root.dataset.navOpen;
  opener?.setAttribute('aria-expanded', 'false');
  opener?.focus();
  return true;
}

document.addEventListener('click', (event) => {
  const target = event.target;
  const menu = target.closest?.('[data-nav-open-button]');
  if (menu) {
    openDrawer(menu);
  } else if (target.closest?.('[data-nav-scrim], .nav a')) {
    closeDrawer();
  } else if (target.closest?.('[data-nav-toggle]')) {
    const icons = root.dataset.nav === 'icons' ? 'wide' : 'icons';
    root.dataset.nav = icons;
    remember('cc-nav', icons);
  }
});

document.addEventListener('keydown', (event) => {
  if (!('navOpen' in root.dataset)) {
    return;
  }
  if (event.key === 'Escape') {
    closeDrawer();
  } else if (event.key === 'Tab') {
    const stops = [...document.querySelectorAll('.nav a, .nav button')].filter((stop) => stop.offsetParent);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === edge || !edge?.closest('.nav').contains(document.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
    }
  }
});
