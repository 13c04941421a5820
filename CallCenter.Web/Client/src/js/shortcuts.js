// Keys outside of text: / for the search, ? for help, g then a letter to go where a link says data-go="letter",
// and what a page's own button says with data-press="letter".
import { show } from './dialogs.js';

let wentGo = -Infinity;

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
    return;
  }
  if (isTyping(event.target)) {
    if (event.key === 'Escape' && event.target.matches('[data-global-search]')) {
      event.target.blur();
    }
    return;
  }
  if (document.querySelector('dialog[open]')) {
    return;
  }
  if (event.key === '/') {
    const search = document.querySelector('[data-global-search]');
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === '?') {
    const help = document.getElementById('shortcuts');
    if (help) {
      event.preventDefault();
      show(help);
    }
  } else if (event.key === 'g') {
    wentGo = event.timeStamp;
  } else if (event.timeStamp - wentGo < 1500 && /^[a-z]$/.test(event.key)) {
    wentGo = -Infinity;
    document.querySelector(`[data-go="${event.key}"]`)?.click();
  } else if (/^[a-z]$/.test(event.key)) {
    const button = document.querySelector(`[data-press="${event.key}"]:not(:disabled)`);
    if (button) {
      // Else the letter is typed into the field that opens.
      event.preventDefault();
      button.click();
    }
  }
});

// Help that no component owns is opened and closed here.
document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-show-shortcuts]')) {
    const help = document.getElementById('shortcuts');
    if (help) {
      show(help);
    }
  }
});
