import type { CallSnapshot, PhoneSnapshot } from '../contract';
import { possible, type Act } from './acts';
import type { PortalConfig, PortalTexts } from './texts';

export interface BarButton {
  readonly act: Act;
  readonly label: string;
  readonly icon: string;
  readonly pressed: boolean | null;
}

export interface BarCall {
  readonly id: string;
  readonly who: string;
  readonly state: string;
  /** Unix milliseconds that the timer counts from; null without one. */
  readonly since: number | null;
  readonly buttons: readonly BarButton[];
}

function buttonsOf(call: CallSnapshot, texts: PortalTexts): BarButton[] {
  if (call.state === 'ringing') {
    return [
      { act: 'answer', label: texts.answer, icon: 'phone', pressed: null },
      { act: 'reject', label: texts.reject, icon: 'phone-off', pressed: null },
    ];
  }
  const buttons: BarButton[] = [];
  if (possible('mute', call)) buttons.push({ act: 'mute', label: call.muted ? texts.unmute : texts.mute, icon: call.muted ? 'mic-off' : 'mic', pressed: call.muted });
  if (call.state === 'active') buttons.push({ act: 'hold', label: call.localHold ? texts.resume : texts.hold, icon: call.localHold ? 'play' : 'pause', pressed: call.localHold });
  // Last and always there: whatever happens, a call can be ended.
  buttons.push({ act: 'hangUp', label: texts.hangUp, icon: 'phone-off', pressed: null });
  return buttons;
}

/** What the bar shows. */
export function barOf(snapshot: PhoneSnapshot, texts: PortalTexts): BarCall[] {
  return snapshot.calls.map((call) => ({
    id: call.id,
    who: call.name ?? (call.number === '' ? texts.withheld : call.number),
    state: call.localHold ? texts.onHold : texts.states[call.state],
    since: call.answeredAt,
    buttons: buttonsOf(call, texts),
  }));
}

/**
 * Calls drawn by script alone, outside of Blazor's part of the page. Shown while the panel cannot be pressed: the circuit is lost, or a
 * modal dialog makes the rest of the page inert. Then it moves into that dialog, the only place that can be pressed.
 */
export class Bar {
  readonly #element: HTMLElement;
  #drawn = '';
  /** Loaded at once: when the bar is needed, the server that has them may be gone. */
  #icons: XMLDocument | null = null;

  constructor(private readonly page: Document, config: PortalConfig) {
    this.#element = page.createElement('section');
    this.#element.id = 'phone-bar';
    this.#element.className = 'phone-bar';
    this.#element.setAttribute('aria-label', config.texts.bar);
    this.#element.popover = 'manual';
    page.body.append(this.#element);
    void fetch(config.icons).then((answer) => answer.text()).then((text) => {
      this.#icons = new DOMParser().parseFromString(text, 'image/svg+xml');
    }, () => undefined);
  }

  draw(calls: readonly BarCall[], home: Element | null): void {
    const shown = home !== null && calls.length > 0;
    const text = JSON.stringify(calls);
    if (text !== this.#drawn) {
      // The keyboard's place survives a redraw.
      const focused = this.page.activeElement instanceof HTMLElement && this.#element.contains(this.page.activeElement) ? this.page.activeElement.dataset['phoneAct'] : undefined;
      this.#drawn = text;
      this.#element.replaceChildren(...calls.map((call) => this.#row(call)));
      if (focused) this.#element.querySelector<HTMLElement>(`[data-phone-act="${focused}"]`)?.focus();
    }
    // Moved only when it must be: a move is a change of the page, which draws the bar anew.
    const place = shown ? home : this.page.body;
    if (this.#element.parentElement !== place) place.append(this.#element);
    const open = this.#element.matches(':popover-open');
    if (shown && !open) this.#element.showPopover();
    if (!shown && open) this.#element.hidePopover();
  }

  remove(): void {
    this.#element.remove();
  }

  #row(call: BarCall): HTMLElement {
    const row = this.#make('div', 'phone-bar-call');
    const who = this.#make('bdi', 'phone-bar-who');
    who.textContent = call.who;
    const state = this.#make('span', 'phone-bar-state');
    state.textContent = call.state;
    row.append(who, state);
    if (call.since !== null) {
      const time = this.#make('time', 'num');
      time.dataset['phoneSince'] = String(call.since);
      row.append(time);
    }
    const buttons = this.#make('span', 'phone-bar-acts');
    buttons.append(...call.buttons.map((button) => this.#button(call.id, button)));
    row.append(buttons);
    return row;
  }

  #button(callId: string, view: BarButton): HTMLElement {
    const button = this.page.createElement('button');
    button.type = 'button';
    button.className = `btn btn-small ${view.act === 'hangUp' || view.act === 'reject' ? 'btn-danger' : view.act === 'answer' ? 'btn-primary' : ''}`;
    button.dataset['phoneAct'] = view.act;
    button.dataset['phoneCall'] = callId;
    if (view.pressed !== null) button.setAttribute('aria-pressed', String(view.pressed));
    const icon = this.page.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const symbol = this.#icons?.getElementById(view.icon);
    for (const { name, value } of symbol?.attributes ?? []) if (name !== 'id') icon.setAttribute(name, value);
    icon.append(...[...(symbol?.childNodes ?? [])].map((node) => this.page.importNode(node, true)));
    icon.setAttribute('class', 'icon');
    icon.setAttribute('aria-hidden', 'true');
    const label = this.#make('span', '');
    label.textContent = view.label;
    button.append(icon, label);
    return button;
  }

  #make(tag: string, name: string): HTMLElement {
    const element = this.page.createElement(tag);
    if (name) element.className = name;
    return element;
  }
}
