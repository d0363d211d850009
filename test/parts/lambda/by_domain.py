"""The same in Python."""


def lambda_handler(event, context):
    print(f"{context.function_name}: {event['triggerSource']}")

    if event["triggerSource"] == "CustomMessage_SignUp":
        event["response"]["emailSubject"] = "Welcome to the service"
        event["response"]["emailMessage"] = (
            f"Thank you for signing up. {event['request']['codeParameter']} is your code.")
        return event

    domain = event["request"]["userAttributes"]["email"].split("@")[1]
    if domain == "blocked.example.com":
        raise Exception(f"Cannot register users with the domain {domain}")
    if domain == "trusted.example.com":
        event["response"]["autoConfirmUser"] = True
        event["response"]["autoVerifyEmail"] = True
    return event
