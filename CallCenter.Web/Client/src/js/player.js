// Players of recordings: [data-player] with an <audio> and its controls. The browser fetches only the ranges it plays; the outline
// comes with the page. Works by delegation, as Blazor replaces elements.

const playerOf = (element) => element.closest?.('[data-player]');
const audioOf = (player) => player.querySelector('audio');
const lengthOf = (player) => {
  const audio = audioOf(player);
  return Number.isFinite(audio.duration) && audio.duration > 0 ? audio.duration : Number(player.dataset.seconds);
};

const places = new WeakMap();
const placeOf = (audio) => places.get(audio) ?? audio.currentTime;

function text(player, seconds) {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, '0');
  const plain = h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  const zero = player.dataset.zero.charCodeAt(0);
  return zero === 48 ? plain : plain.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

function show(player) {
  const audio = audioOf(player);
  const length = lengthOf(player);
  const at = Math.min(audio.currentTime, length);
  const slider = player.querySelector('[data-player-seek]');
  slider.style.setProperty('--played', length > 0 ? at / length : 0);
  slider.setAttribute('aria-valuenow', String(Math.round(at)));
  slider.setAttribute('aria-valuetext', text(player, at));
  player.querySelector('[data-player-at]').textContent = text(player, at);
  player.toggleAttribute('data-playing', !audio.paused && !audio.ended);
  const button = player.querySelector('[data-player-play]');
  button.setAttribute('aria-label', audio.paused ? button.dataset.labelPlay : button.dataset.labelPause);
}

// Marked stretches are silent as they come from the server, unless the listener asked for the whole recording.
function skipMarked(player) {
  const audio = audioOf(player);
  if (audio.paused || player.querySelector('[data-player-marked]')?.getAttribute('aria-pressed') === 'true') {
    return;
  }
  const mark = JSON.parse(player.dataset.marked || '[]').find(([from, until]) => audio.currentTime >= from && audio.currentTime < until - 0.05);
  if (mark) {
    audio.currentTime = Math.min(mark[1], lengthOf(player));
  }
}

function hearMarked(player, button) {
  const audio = audioOf(player);
  const hears = button.getAttribute('aria-pressed') !== 'true';
  const [place, paused] = [placeOf(audio), audio.paused];
  button.setAttribute('aria-pressed', String(hears));
  audio.src = hears ? button.dataset.playerMarked : button.dataset.playerUnmarked;
  seek(player, place);
  if (!paused) {
    toggle(player);
  }
}

function seek(player, seconds) {
  const audio = audioOf(player);
  const to = Math.max(0, Math.min(seconds, lengthOf(player) - 0.05));
  if (audio.readyState > 0) {
    places.delete(audio);
    audio.currentTime = to;
    return;
  }
  // Nothing is known of the file before the first play: the place waits until it is. The last one counts: the browser tells of a
  // file after it knows it, and whoever goes elsewhere in between stays there.
  places.set(audio, to);
  audio.preload = 'metadata';
  if (audio.networkState !== HTMLMediaElement.NETWORK_LOADING) {
    // Once is enough: beginning anew would end a playing that waits for the file.
    audio.load();
  }
}

function toggle(player) {
  const audio = audioOf(player);
  if (audio.paused) {
    player.querySelector('[data-player-error]').hidden = true;
    if (audio.error) {
      audio.load();
    }
    audio.playbackRate = Number(player.querySelector('[data-player-speed]').value);
    audio.play().catch(() => show(player));
  } else {
    audio.pause();
  }
}

document.addEventListener('click', (event) => {
  const player = playerOf(event.target);
  if (!player) {
    return;
  }
  const skip = event.target.closest('[data-player-skip]');
  const wave = event.target.closest('[data-player-seek]');
  if (event.target.closest('[data-player-play]')) {
    toggle(player);
  } else if (event.target.closest('[data-player-marked]')) {
    hearMarked(player, event.target.closest('[data-player-marked]'));
  } else if (skip) {
    seek(player, placeOf(audioOf(player)) + Number(skip.dataset.playerSkip));
  } else if (wave) {
    const box = wave.getBoundingClientRect();
    seek(player, ((event.clientX - box.left) / box.width) * lengthOf(player));
  }
});

document.addEventListener('keydown', (event) => {
  const wave = event.target.closest?.('[data-player-seek]');
  if (!wave || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const player = playerOf(wave);
  const at = placeOf(audioOf(player));
  const to = {
    ArrowLeft: at - 5, ArrowDown: at - 5, ArrowRight: at + 5, ArrowUp: at + 5, PageDown: at - 30, PageUp: at + 30, Home: 0, End: lengthOf(player),
  }[event.key];
  if (to !== undefined) {
    seek(player, to);
  } else if (event.key === ' ' || event.key === 'Enter') {
    toggle(player);
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener('change', (event) => {
  if (event.target.matches?.('[data-player-speed]')) {
    audioOf(playerOf(event.target)).playbackRate = Number(event.target.value);
  }
});

// Media events do not bubble; they are caught on their way down.
for (const name of ['play', 'pause', 'ended', 'timeupdate', 'seeked', 'loadedmetadata', 'error']) {
  document.addEventListener(name, (event) => {
    const player = event.target instanceof HTMLAudioElement ? playerOf(event.target) : null;
    if (!player) {
      return;
    }
    if (name === 'play') {
      // One voice at a time.
      for (const other of document.querySelectorAll('[data-player] audio')) {
        if (other !== event.target) {
          other.pause();
        }
      }
    }
    if (name === 'loadedmetadata' && places.has(event.target)) {
      event.target.currentTime = places.get(event.target);
      places.delete(event.target);
    }
    if (name === 'timeupdate' || name === 'play') {
      skipMarked(player);
    }
    if (name === 'error') {
      player.querySelector('[data-player-error]').hidden = false;
    }
    show(player);
  }, true);
}
