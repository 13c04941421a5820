// A lost circuit. Blazor's client marks #components-reconnect-modal with a class per state:
//   show ──(server answers)──> hide            the same circuit goes on, nothing typed is lost
//     └──(attempts used up)──> failed          "Try again" asks once more
//     └──(server forgot us)──> rejected        only a new page helps: what was typed is kept in this tab and put back
// In a call (data-in-call, Features/Softphone/portal) nothing is modal and nothing is loaded again before the call is over: the call lives in
// this page.
const id = 'components-reconnect-modal';
const key = 'cc-typed';
const lifetime = 15 * 60 * 1000;

/** Fields that may be kept: never passwords or files, never fields marked data-no-keep. */
function keepable(field) {
  return (field.id || field.name) && !/^(password|file|hidden|submit|button)$/.test(field.type) && !field.closest('[data-no-keep]');
}

function nameOf(field) {
  return field.id || field.name;
}

export function keepTyped() {
  const values = {};
  for (const field of document.querySelectorAll('main input, main textarea, main select, dialog[open] :is(input, textarea, select)')) {
    if (keepable(field) && field.dataset.touched !== undefined) {
      values[nameOf(field)] = field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value;
    }
  }
  if (Object.keys(values).length > 0) {
    sessionStorage.setItem(key, JSON.stringify({ path: location.pathname, at: Date.now(), values }));
  }
}

function restoreTyped() {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (!kept || kept.path !== location.pathname || Date.now() - kept.at > lifetime) {
    sessionStorage.removeItem(key);
    return;
  }
  const putBack = () => {
    for (const [name, value] of Object.entries(kept.values)) {
      const field = document.getElementById(name) ?? document.querySelector(`[name="${CSS.escape(name)}"]`);
      if (field) {
        delete kept.values[name];
        if (typeof value === 'boolean') {
          field.checked = value;
        } else {
          field.value = value;
        }
        field.dataset.touched = '';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
    }
    if (Object.keys(kept.values).length === 0) {
      sessionStorage.removeItem(key);
      watcher.disconnect();
    }
  };
  // A form may appear only after "Edit" is pressed.
  const watcher = new MutationObserver(putBack);
  watcher.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watcher.disconnect(), lifetime);
}

document.addEventListener('input', (event) => {
  if (event.target.dataset) {
    event.target.dataset.touched = '';
  }
});

function inCall() {
  return document.documentElement.hasAttribute('data-in-call');
}

function reload() {
  keepTyped();
  location.reload();
}

function is(notice, state) {
  return notice.classList.contains(`components-reconnect-${state}`);
}

/** Above everything, open dialogs included: as a popover while it only speaks or a call goes on, as a modal dialog once it has buttons. */
function lift(notice) {
  const asks = is(notice, 'failed') || is(notice, 'rejected');
  const modal = asks && !inCall();
  const speaks = is(notice, 'show') || (asks && !modal);
  if (notice.matches(':popover-open') && !speaks) {
    notice.hidePopover();
  }
  if (notice.open && !modal) {
    notice.close();
  }
  if (modal && !notice.open) {
    notice.showModal();
  } else if (speaks && !notice.matches(':popover-open')) {
    notice.showPopover();
  }
}

function watch() {
  const notice = document.getElementById(id);
  if (!notice) {
    return;
  }
  new MutationObserver(() => {
    lift(notice);
    if (is(notice, 'rejected')) {
      keepTyped();
    }
  }).observe(notice, { attributeFilter: ['class'] });

  // The last call is over: what had to wait for it.
  document.addEventListener('phone:idle', () => {
    if (is(notice, 'rejected')) {
      reload();
    } else {
      lift(notice);
    }
  });

  notice.addEventListener('click', async (event) => {
    if (event.target.closest('[data-reload]')) {
      reload();
    } else if (event.target.closest('[data-retry]')) {
      notice.classList.replace('components-reconnect-failed', 'components-reconnect-show');
      try {
        if (!(await window.Blazor.reconnect())) {
          notice.classList.replace('components-reconnect-show', 'components-reconnect-rejected');
        }
      } catch {
        notice.classList.replace('components-reconnect-show', 'components-reconnect-failed');
      }
    }
  });
}

watch();
restoreTyped();
