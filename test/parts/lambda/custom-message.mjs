/** Words every message that carries a code; other sources keep the pool's own words. */
export const handler = async (event) => {
  const ticket = event.request.clientMetadata?.ticket;

  if (event.request.codeParameter) {
    event.response.smsMessage = `Lambda ${ticket}: ${event.request.codeParameter}`;
    event.response.emailMessage = `Hello from Lambda for ${ticket}: ${event.request.codeParameter}`;
    event.response.emailSubject = `Lambda answers ${event.triggerSource}`;
  }

  return event;
};
