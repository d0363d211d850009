using Lifeguard.Sdk.Tests.Parts;

[assembly: AssemblyFixture(typeof(LambdaEndpoint))]
