/** Where the reader dragged the panel: distances from the inline end and the lower edge, so that it stays in its corner. */
export interface Place {
  readonly end: number;
  readonly bottom: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

const margin = 8;

/** The place kept inside the window, whatever became of its size. */
export function inside(place: Place, panel: Box, view: Box): Place {
  const most = (size: number, room: number): number => Math.max(margin, room - size - margin);
  return {
    end: Math.min(Math.max(margin, place.end), most(panel.width, view.width)),
    bottom: Math.min(Math.max(margin, place.bottom), most(panel.height, view.height)),
  };
}

/** Where a drag leads. In right-to-left pages the inline end is on the left. */
export function moved(from: Place, dx: number, dy: number, rightToLeft: boolean): Place {
  return { end: from.end + (rightToLeft ? dx : -dx), bottom: from.bottom - dy };
}

export function readPlace(text: string | null): Place | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null && 'end' in value && 'bottom' in value && typeof value.end === 'number' && typeof value.bottom === 'number'
      ? { end: value.end, bottom: value.bottom } : null;
  } catch {
    return null;
  }
}
