using Lifeguard.Server.Commands;

return await Root.Command().Parse(args).InvokeAsync(Root.Invocation);
