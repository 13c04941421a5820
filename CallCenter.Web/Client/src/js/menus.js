// Menus are <details class="menu">: one open at a time, closed by Escape, by a choice and by a click elsewhere.

function closeAll(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) {
      menu.open = false;
    }
  }
}

document.addEventListener('click', (event) => {
  const target = event.target;
  const menu = target.closest?.('details.menu');
  closeAll(menu);
  if (menu && target.closest('.menu-item')) {
    menu.open = false;
  }
});

document.addEventListener('keydown', (event) => {
  const menu = document.querySelector('details.menu[open]');
  if (!menu) {
    return;
  }
  if (event.key === 'Escape') {
    event.preventDefault();
    menu.open = false;
    menu.querySelector('summary').focus();
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && menu.contains(document.activeElement)) {
    const items = [...menu.querySelectorAll('.menu-item')].filter((item) => item.offsetParent);
    const at = items.indexOf(document.activeElement);
    const next = event.key === 'ArrowDown' ? at + 1 : at < 0 ? items.length - 1 : at - 1;
    event.preventDefault();
    items[(next + items.length) % items.length]?.focus();
  }
});
