// Entry of the script that every page loads, before Blazor's own. Works on static pages and in circuits alike: it listens on
// the document and never keeps elements, because Blazor replaces them.
import './js/preferences.js';
import './js/navigation.js';
import './js/shortcuts.js';
import './js/menus.js';
import './js/copy.js';
import './js/reconnect.js';
import './js/tables.js';
import './js/combobox.js';
import './js/invalid.js';
import './js/player.js';
import { hide, show } from './js/dialogs.js';
import { readText, saveText } from './js/files.js';

// Called through IJSRuntime.
window.callCenter = { showDialog: show, hideDialog: hide, readText, saveText };

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-print]')) {
    window.print();
  }
});
