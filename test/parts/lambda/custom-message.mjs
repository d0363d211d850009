/** Words every message that carries a code; other sources keep the pool's own words. */
export const handler = async (event) => {
  const ticket = event.request.clientMetadata?.ticket;

  if (event.request.codeParameter) {
    // An invitation has to name the user too.
    const invited = event.request.usernameParameter ? ` (${event.request.usernameParameter})` : '';
    event.response.smsMessage = `Lambda ${ticket}: ${event.request.codeParameter}${invited}`;
    event.response.emailMessage = `Hello from Lambda for ${ticket}: ${event.request.codeParameter}${invited}`;
    event.response.emailSubject = `Lambda answers ${event.triggerSource}`;
  }

  return event;
};
