using System.Text;
using BenchmarkDotNet.Attributes;
using Lifeguard.Contract;
using Lifeguard.Operations;

namespace Lifeguard.Primitives;

/// <summary>From the bytes of a body to a request whose constraints hold.</summary>
[MemoryDiagnoser]
public class Requests
{
    private static readonly byte[] CreateUser = Encoding.UTF8.GetBytes(
        """
        {"UserPoolId":"us-east-1_AbCdEfGhI","Username":"ana","TemporaryPassword":"Bench-1234!",
         "UserAttributes":[{"Name":"email","Value":"ana@example.com"},{"Name":"email_verified","Value":"true"},
         {"Name":"given_name","Value":"Ana"}],"DesiredDeliveryMediums":["EMAIL"],
         "ClientMetadata":{"origin":"bench"}}
        """);

    private static readonly byte[] Registration = Encoding.UTF8.GetBytes(
        """
        {"ClientId":"1example23456789abcdefghij","Username":"ana","Password":"Bench-1234!",
         "UserAttributes":[{"Name":"email","Value":"ana@example.com"}]}
        """);

    /// <summary>Reads and checks.</summary>
    [Benchmark]
    public bool AdminCreateUser() => Read(nameof(AdminCreateUser), CreateUser);

    /// <summary>Reads and checks.</summary>
    [Benchmark]
    public bool SignUp() => Read(nameof(SignUp), Registration);

    private static bool Read(string operation, byte[] body)
    {
        var request = OperationTable.Find(operation)!.Read(body);
        var violations = new Violations();
        request.Check(violations, MemberPath.Root);
        return violations.IsEmpty ? true : throw new InvalidOperationException(violations.Message);
    }
}
