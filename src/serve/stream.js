// A stream of the server's events that is always either alive or made anew. The server says something every few seconds, if only
// that it is there: after a sleep, or in another network, a connection may be dead without anybody having closed it.
const stream = (take) => {
  const silence = 12000; // Longer than two beats of the server.
  let events = null;
  let heard = 0;
  let again = 0;
  const hear = () => {
    heard = Date.now();
  };
  const rest = () => {
    clearTimeout(again);
    events?.close();
    events = null;
  };
  const listen = () => {
    rest();
    hear();
    events = new EventSource("/__offprint/events");
    events.onmessage = (event) => {
      hear();
      take(event.data);
    };
    events.addEventListener("beat", hear);
    events.onerror = () => {
      rest();
      again = setTimeout(listen, 400);
    };
  };
  // Timers stand still while a machine sleeps, so the clock is asked.
  const check = () => {
    if (events && Date.now() - heard > silence) listen();
  };
  let looking = 0;
  return {
    listen: () => {
      clearInterval(looking);
      looking = setInterval(check, 3000);
      listen();
    },
    check,
    stop: () => {
      clearInterval(looking);
      rest();
    },
  };
};
