using System.Reflection;
using System.Text;

namespace Lifeguard.Contract.Tests;

/// <summary>Reads shapes by name and says what is wrong with them.</summary>
internal static class Wire
{
    private static readonly MethodInfo ReadShape = typeof(WireBody).GetMethod(nameof(WireBody.Read))!;

    public static Type TypeOf(string shape) =>
        typeof(WireBody).Assembly.GetType($"Lifeguard.Contract.{shape}", throwOnError: true)!;

    public static IShape Read(string shape, string json)
    {
        var read = ReadShape.MakeGenericMethod(TypeOf(shape)).CreateDelegate<ReadFrom>();
        return read(Encoding.UTF8.GetBytes(json));
    }

    public static string Write(IShape shape) => Encoding.UTF8.GetString(WireBody.ToBytes(shape));

    public static string Complaint(IShape shape)
    {
        var violations = new Violations();
        shape.Check(violations, MemberPath.Root);
        return violations.Message;
    }

    public static T Request<T>(string json)
        where T : IRequest<T> => WireBody.ReadRequest<T>(Encoding.UTF8.GetBytes(json));

    private delegate IShape ReadFrom(ReadOnlySpan<byte> json);
}
