// Lucide icons (ISC) that the portal uses; a name that does not exist fails the build.
export const icons = [
  'activity', 'app-window', 'arrow-down', 'arrow-left', 'arrow-right', 'arrow-right-left', 'arrow-up', 'audio-lines', 'badge-check', 'ban', 'book-user', 'building-2', 'calendar', 'calendar-days', 'chart-column', 'check', 'chevron-down',
  'chevron-left', 'chevron-right', 'chevrons-up-down', 'circle-alert', 'circle-check', 'circle-dashed', 'circle-dot', 'circle-help',
  'circle-minus', 'circle-pause', 'circle-user', 'circle-x', 'clock', 'cloud', 'copy', 'download', 'ellipsis', 'eraser', 'external-link', 'eye',
  'eye-off', 'file-down', 'file-search', 'file-spreadsheet', 'file-text', 'funnel', 'gauge', 'git-compare-arrows', 'globe', 'hash', 'history', 'inbox', 'info', 'key-round', 'keyboard', 'languages', 'link', 'list', 'list-checks', 'list-filter', 'list-plus',
  'loader-circle', 'lock', 'log-out', 'mail', 'mail-check', 'menu', 'merge', 'monitor', 'moon', 'network', 'panel-left-close', 'panel-left-open', 'pause', 'pencil', 'phone', 'phone-forwarded',
  'phone-incoming', 'phone-missed', 'phone-off', 'phone-outgoing', 'play', 'plug', 'plug-zap', 'plus', 'power', 'printer', 'qr-code', 'refresh-cw',
  'rotate-ccw', 'rotate-cw', 'scroll-text', 'search', 'search-x', 'server', 'settings', 'shield-alert', 'shield-check', 'sliders-horizontal', 'square',
  'stethoscope', 'sun', 'table-2', 'trash-2', 'triangle-alert', 'undo-2', 'unplug', 'upload', 'user', 'user-check', 'user-minus', 'user-plus', 'user-x', 'users', 'voicemail', 'wifi',
  'wifi-off', 'x',
  'bell-off', 'bell-ring', 'monitor-smartphone', 'circle-parking', 'delete', 'grid-3x3', 'grip', 'headphones', 'mic', 'mic-off', 'panel-right', 'phone-call', 'picture-in-picture-2', 'users-round', 'volume-2',
];
