import type { Quality, QualitySummary } from '../contract';

/** Running totals of getStats at one moment. */
export interface AudioTotals {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly rttMs: number | null;
  readonly concealedSamples: number;
  readonly totalSamples: number;
  readonly bufferDelaySeconds: number;
  readonly bufferEmitted: number;
}

export const noQuality: Quality = { mos: null, lossPct: null, jitterMs: null, rttMs: null };

const finite = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

export function totalsOf(report: ReadonlyMap<string, Readonly<Record<string, unknown>>>): AudioTotals | null {
  let inbound: Readonly<Record<string, unknown>> | null = null;
  let rtt: number | null = null;
  for (const row of report.values()) {
    if (row['type'] === 'inbound-rtp' && row['kind'] === 'audio') inbound = row;
    if (row['type'] === 'remote-inbound-rtp' && typeof row['roundTripTime'] === 'number') rtt = row['roundTripTime'];
    if (rtt === null && row['type'] === 'candidate-pair' && row['nominated'] === true && typeof row['currentRoundTripTime'] === 'number') {
      rtt = row['currentRoundTripTime'];
    }
  }
  if (!inbound) return null;
  return {
    packetsReceived: finite(inbound['packetsReceived']),
    packetsLost: finite(inbound['packetsLost']),
    jitterMs: finite(inbound['jitter']) * 1000,
    rttMs: rtt === null ? null : rtt * 1000,
    concealedSamples: finite(inbound['concealedSamples']),
    totalSamples: finite(inbound['totalSamplesReceived']),
    bufferDelaySeconds: finite(inbound['jitterBufferDelay']),
    bufferEmitted: finite(inbound['jitterBufferEmittedCount']),
  };
}

/**
 * Mean opinion score by the reduced E-model (ITU-T G.107 with the delay and loss terms): R = 93.2 - Id - Ie,eff.
 * `lossPct` is the larger of lost packets and concealed samples; Bpl 10 stands for Opus with its concealment.
 */
export function mosOf(oneWayDelayMs: number, lossPct: number): number {
  const late = Math.max(0, oneWayDelayMs - 177.3);
  const delayImpairment = 0.024 * oneWayDelayMs + 0.11 * late;
  const lossImpairment = (95 * lossPct) / (lossPct + 10);
  const r = Math.max(0, Math.min(100, 93.2 - delayImpairment - lossImpairment));
  const mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return Math.round(Math.max(1, Math.min(4.5, mos)) * 100) / 100;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Figures of the time between two readings; null when nothing came in. */
export function qualityBetween(before: AudioTotals, after: AudioTotals): Quality {
  const received = after.packetsReceived - before.packetsReceived;
  if (received <= 0) return noQuality;
  const lost = Math.max(0, after.packetsLost - before.packetsLost);
  const samples = after.totalSamples - before.totalSamples;
  const concealed = Math.max(0, after.concealedSamples - before.concealedSamples);
  const lossPct = (100 * lost) / (received + lost);
  const concealedPct = samples > 0 ? (100 * concealed) / samples : 0;
  const emitted = after.bufferEmitted - before.bufferEmitted;
  const bufferMs = emitted > 0 ? (1000 * (after.bufferDelaySeconds - before.bufferDelaySeconds)) / emitted : after.jitterMs * 2;
  const delayMs = (after.rttMs ?? 0) / 2 + bufferMs + 20;
  return {
    mos: mosOf(delayMs, Math.max(lossPct, Math.min(concealedPct, 100))),
    lossPct: round(lossPct),
    jitterMs: round(after.jitterMs),
    rttMs: after.rttMs === null ? null : round(after.rttMs),
  };
}

/** Averages of a call, for its record. */
export class QualityLog {
  #samples = 0;
  #mos = 0;
  #mosMin = 4.5;
  #loss = 0;
  #jitter = 0;
  #rtt = 0;
  #rttSamples = 0;

  add(quality: Quality): void {
    if (quality.mos === null) return;
    this.#samples += 1;
    this.#mos += quality.mos;
    this.#mosMin = Math.min(this.#mosMin, quality.mos);
    this.#loss += quality.lossPct ?? 0;
    this.#jitter += quality.jitterMs ?? 0;
    if (quality.rttMs !== null) {
      this.#rtt += quality.rttMs;
      this.#rttSamples += 1;
    }
  }

  summary(): QualitySummary | null {
    if (this.#samples === 0) return null;
    return {
      mosAvg: Math.round((100 * this.#mos) / this.#samples) / 100,
      mosMin: this.#mosMin,
      lossPctAvg: round(this.#loss / this.#samples),
      jitterMsAvg: round(this.#jitter / this.#samples),
      rttMsAvg: this.#rttSamples === 0 ? null : round(this.#rtt / this.#rttSamples),
      samples: this.#samples,
    };
  }
}
