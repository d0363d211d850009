using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Sends a code to every contact that an update leaves to be verified.</summary>
public sealed class UpdateContacts(IssueCode codes)
{
    public async Task<IReadOnlyList<IssuedCode>> IssueCodes(
        UserPool pool,
        AppClient? client,
        ContactUpdate update,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        var issued = new List<IssuedCode>();
        foreach (var destination in update.ToVerify)
        {
            var request = new MessageRequest(
                pool, client, update.User, MessageSource.UpdateUserAttribute, destination, clientMetadata);
            issued.Add(await codes.Issue(request, KindOf(destination), call));
        }

        return issued;
    }

    public async Task Write(Transaction transaction, IReadOnlyList<IssuedCode> issued, Call call)
    {
        foreach (var code in issued) await codes.Write(transaction, code, call);
    }

    private static CodeKind KindOf(CodeDestination destination) =>
        destination.Attribute == AttributeNames.Email ? CodeKind.VerifyEmail : CodeKind.VerifyPhoneNumber;
}
