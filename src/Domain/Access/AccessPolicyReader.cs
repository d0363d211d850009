using System.Text;
using System.Text.Json;

namespace Lifeguard.Domain.Access;

/// <summary>
/// Reads policy documents strictly: a member that is unknown, doubled or not supported is an error, because a
/// restriction that is overlooked is a permission.
/// </summary>
internal static class AccessPolicyReader
{
    /// <summary>IAM's own bound for the inline policies of a role, in characters there (doc).</summary>
    private const int MaxBytes = 10_240;

    private const int MaxDepth = 8;

    public static AccessPolicy Read(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) > MaxBytes)
            throw new AccessPolicyException($"The policy is longer than {MaxBytes} bytes.");
        using var document = Load(json);
        var root = document.RootElement;
        Expect(root, JsonValueKind.Object, "The policy", "an object");
        CheckMembers(root, "The policy", "Version", "Id", "Statement");
        CheckVersion(root);
        CheckText(root, "Id", "The policy");
        return new(json, [.. ReadStatements(root)]);
    }

    private static JsonDocument Load(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException broken)
        {
            throw new AccessPolicyException(
                $"The policy is not valid JSON (line {broken.LineNumber + 1}), or names a member twice.");
        }
    }

    private static void CheckVersion(JsonElement root)
    {
        if (!root.TryGetProperty("Version", out var version)) return;
        if (version.ValueKind is JsonValueKind.String
            && version.GetString() is "2012-10-17" or "2008-10-17") return;
        throw new AccessPolicyException("Version must be \"2012-10-17\" (or \"2008-10-17\").");
    }

    private static IEnumerable<AccessStatement> ReadStatements(JsonElement root)
    {
        if (!root.TryGetProperty("Statement", out var given))
            throw new AccessPolicyException("The policy has no Statement.");
        if (given.ValueKind is JsonValueKind.Object) return [ReadStatement(given, 1)];
        Expect(given, JsonValueKind.Array, "Statement", "an object or a list of objects");
        if (given.GetArrayLength() == 0) throw new AccessPolicyException("The policy has no Statement.");
        return given.EnumerateArray().Select((statement, index) => ReadStatement(statement, index + 1));
    }

    private static AccessStatement ReadStatement(JsonElement statement, int number)
    {
        var place = $"Statement {number}";
        Expect(statement, JsonValueKind.Object, place, "an object");
        RefuseUnsupported(statement, place);
        CheckMembers(statement, place, "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource");
        CheckText(statement, "Sid", place);
        var (actions, allActionsBut) = ReadEither(statement, place, "Action", "NotAction");
        var (resources, allResourcesBut) = ReadEither(statement, place, "Resource", "NotResource");
        return new(
            ReadEffect(statement, place),
            [.. actions.Select(action => CheckAction(action, place))],
            allActionsBut,
            [.. resources.Select(resource => ReadResource(resource, place))],
            allResourcesBut);
    }

    private static void RefuseUnsupported(JsonElement statement, string place)
    {
        if (statement.TryGetProperty("Condition", out _))
        {
            throw new AccessPolicyException(
                $"{place} has a Condition. Conditions are not supported; leaving one out would change what "
                + "the policy permits, so the policy is refused.");
        }

        if (statement.TryGetProperty("Principal", out _) || statement.TryGetProperty("NotPrincipal", out _))
        {
            throw new AccessPolicyException(
                $"{place} names a Principal. The policy belongs to an access key, which is the principal.");
        }
    }

    private static bool ReadEffect(JsonElement statement, string place) =>
        statement.TryGetProperty("Effect", out var effect) && effect.ValueKind is JsonValueKind.String
            ? effect.GetString() switch
            {
                "Allow" => true,
                "Deny" => false,
                _ => throw new AccessPolicyException($"{place}: Effect must be \"Allow\" or \"Deny\"."),
            }
            : throw new AccessPolicyException($"{place}: Effect must be \"Allow\" or \"Deny\".");

    private static (IReadOnlyList<string> Values, bool Negated) ReadEither(
        JsonElement statement, string place, string name, string negatedName)
    {
        var plain = statement.TryGetProperty(name, out var values);
        var negated = statement.TryGetProperty(negatedName, out var others);
        return (plain, negated) switch
        {
            (true, false) => (ReadTexts(values, $"{place}: {name}"), false),
            (false, true) => (ReadTexts(others, $"{place}: {negatedName}"), true),
            _ => throw new AccessPolicyException($"{place} must have either {name} or {negatedName}."),
        };
    }

    private static IReadOnlyList<string> ReadTexts(JsonElement value, string place)
    {
        if (value.ValueKind is JsonValueKind.String) return [value.GetString()!];
        Expect(value, JsonValueKind.Array, place, "a text or a list of texts");
        if (value.GetArrayLength() == 0) throw new AccessPolicyException($"{place} is empty.");
        return [.. value.EnumerateArray().Select(item =>
        {
            Expect(item, JsonValueKind.String, place, "a text or a list of texts");
            return item.GetString()!;
        })];
    }

    private static string CheckAction(string action, string place)
    {
        if (action == "*") return action;
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        var isWellFormed = colon > 0 && colon < action.Length - 1
            && action[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
            && action[(colon + 1)..].All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '?');
        return isWellFormed
            ? action
            : throw new AccessPolicyException(
                $"{place}: \"{action}\" is no action; one looks like \"cognito-idp:AdminGetUser\" or "
                + "\"cognito-idp:List*\".");
    }

    private static ResourcePattern ReadResource(string resource, string place)
    {
        if (resource.Contains("${", StringComparison.Ordinal))
            throw new AccessPolicyException($"{place}: policy variables (\"${{…}}\") are not supported.");
        return ResourcePattern.Read(resource) ?? throw new AccessPolicyException(
            $"{place}: \"{resource}\" is no resource; give \"*\" or an ARN such as "
            + "\"arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEfGhI\".");
    }

    private static void CheckMembers(JsonElement element, string place, params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new AccessPolicyException($"{place} has an unknown element \"{member.Name}\".");
        }
    }

    private static void CheckText(JsonElement element, string name, string place)
    {
        if (element.TryGetProperty(name, out var value))
            Expect(value, JsonValueKind.String, $"{place}: {name}", "a text");
    }

    private static void Expect(JsonElement element, JsonValueKind kind, string place, string wanted)
    {
        if (element.ValueKind != kind) throw new AccessPolicyException($"{place} must be {wanted}.");
    }
}
