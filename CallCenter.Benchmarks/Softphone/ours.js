// The portal's phone, through the module that pages load.
import * as phone from '../../CallCenter.Web/Features/Softphone/softphone';

const when = (condition) =>
  new Promise((resolve) => {
    let end = () => undefined;
    const look = () => {
      if (!condition(phone.snapshot())) return false;
      end();
      resolve(performance.now());
      return true;
    };
    end = phone.subscribe(look);
    look();
  });

window.bench = {
  async register(user) {
    const from = performance.now();
    phone.start({ user, sessionUrl: `/phone/session?user=${user}`, texts: { incomingCall: 'Incoming call' } });
    return (await when((s) => s.line.state === 'registered')) - from;
  },
  answerAll() {
    phone.subscribe((s) => {
      for (const call of s.calls.filter((one) => one.state === 'ringing')) void phone.cmd(`answer-${call.id}`, 'answer', { callId: call.id });
    });
  },
  async call(number) {
    const from = performance.now();
    const dialled = await phone.cmd(crypto.randomUUID(), 'dial', { number });
    if (!dialled.ok) throw new Error(dialled.error);
    return (await when((s) => s.calls.some((one) => one.state === 'active'))) - from;
  },
  async hangUp() {
    await phone.cmd(crypto.randomUUID(), 'hangUp', { callId: phone.snapshot().calls[0].id });
    await when((s) => s.calls.length === 0);
  },
  idle: () => when((s) => s.calls.length === 0),
  stop: () => phone.stop(),
};
