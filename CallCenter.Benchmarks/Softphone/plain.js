// JsSIP as its own documentation uses it: no leader, no watchdog, no mirror.
import JsSIP from 'jssip';

let ua;
let session;
let answering = false;
const waiting = [];

function settle(one) {
  session = one;
  one.on('peerconnection', (event) => watch(event.peerconnection));
  if (one.connection) watch(one.connection);
  one.on('confirmed', look);
  one.on('ended', look);
  one.on('failed', look);
}

function watch(connection) {
  connection.addEventListener('connectionstatechange', look);
}

function look() {
  for (const wait of [...waiting]) {
    if (wait.condition()) {
      waiting.splice(waiting.indexOf(wait), 1);
      wait.resolve(performance.now());
    }
  }
}

const when = (condition) =>
  new Promise((resolve) => {
    waiting.push({ condition, resolve });
    look();
  });
const media = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } };
const over = () => !session || session.isEnded();

window.bench = {
  async register(user) {
    const from = performance.now();
    const { account, servers } = await (await fetch(`/phone/session?user=${user}`)).json();
    ua = new JsSIP.UA({
      sockets: servers.map((server) => new JsSIP.WebSocketInterface(server.url)),
      uri: account.uri,
      authorization_user: account.authUser,
      realm: account.realm,
      ha1: account.ha1,
      session_timers: false,
    });
    ua.on('newRTCSession', (event) => {
      settle(event.session);
      if (answering && event.originator === 'remote') event.session.answer(media);
    });
    const registered = new Promise((resolve) => ua.on('registered', () => resolve(performance.now())));
    ua.start();
    return (await registered) - from;
  },
  answerAll() {
    answering = true;
  },
  async call(number) {
    const from = performance.now();
    ua.call(number, media);
    return (await when(() => session?.isEstablished() && session.connection?.connectionState === 'connected')) - from;
  },
  async hangUp() {
    session.terminate();
    await when(over);
  },
  idle: () => when(over),
  stop: () => ua.stop(),
};
