/**
 * JsSIP knows MD5 and keeps only the last challenge header. With a PBX that offers SHA-256 too (RFC 8760, Asterisk 22) it would
 * depend on the order whether it can register, so the challenges it cannot answer are taken out of 401 and 407 before it sees them.
 */
export function withMd5ChallengeOnly(message: string): string {
  if (!/^SIP\/2\.0 40[17] /.test(message)) return message;
  const [head = '', ...rest] = message.split('\r\n\r\n');
  const lines = head.split('\r\n');
  const isChallenge = (line: string) => /^(www|proxy)-authenticate\s*:/i.test(line);
  const usable = (line: string) => /:\s*digest\b/i.test(line) && /\balgorithm\s*=\s*"?md5"?(?=[\s,]|$)/i.test(line);
  const plain = (line: string) => /:\s*digest\b/i.test(line) && !/\balgorithm\s*=/i.test(line);
  const challenges = lines.filter(isChallenge);
  const chosen = challenges.find(usable) ?? challenges.find(plain);
  if (!chosen || challenges.length === 1) return message;
  const kept = lines.filter((line) => !isChallenge(line) || line === chosen);
  return [kept.join('\r\n'), ...rest].join('\r\n\r\n');
}
