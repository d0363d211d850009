using Lifeguard.Load;

if (args is [EchoServer.Verb, var port]) return await EchoServer.Run(int.Parse(port));
if (args is [Crowd.Verb, var door]) return await Crowd.Run(int.Parse(door));
if (Options.Parse(args) is { } options) return await Session.Run(options);
Console.WriteLine(Options.Usage);
return 2;
