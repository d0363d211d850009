using Lifeguard.ContractGen.Facts;

namespace Lifeguard.ContractGen.Sources;

/// <summary>Writes the file of one operation: its request and, where there is one, its response.</summary>
public sealed class OperationSource(ContractFacts contract, StructureSource structures)
{
    /// <summary>The file.</summary>
    public string File(Operation operation)
    {
        var input = contract.Shapes[operation.Input];
        var output = operation.Output is { } name ? contract.Shapes[name] : null;
        var source = SourceText.File(structures.Usings(input, output));
        structures.Append(source, input, $"Input of {operation.Name}.", Interfaces(operation, input));
        if (output is null)
            return source.ToString();
        source.Line();
        structures.Append(source, output, $"Output of {operation.Name}.", $"IShape<{output.Name}>");
        return source.ToString();
    }

    private static string Interfaces(Operation operation, Shape input)
    {
        var interfaces = new List<string> { $"IRequest<{input.Name}>" };
        if (Requires(input, "UserPoolId"))
            interfaces.Add("IHasUserPoolId");
        if (Requires(input, "ResourceArn"))
            interfaces.Add("IHasResourceArn");
        if (Requires(input, "ClientId"))
            interfaces.Add("IHasClientId");
        if (Requires(input, "Username"))
            interfaces.Add("IHasUsername");
        if (operation.Authority == "SignedInUser")
            interfaces.Add(RequiresToken(operation, input));
        return string.Join(", ", interfaces);
    }

    private static string RequiresToken(Operation operation, Shape input) => Requires(input, "AccessToken")
        ? "IHasAccessToken"
        : throw new InvalidDataException($"{operation.Name} has no required access token");

    private static bool Requires(Shape input, string member) =>
        input.Members.Any(m => m.IsRequired && m.Name == member);
}
